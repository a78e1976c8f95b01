import Testing

@testable import Images

struct PathTextTests {
    @Test func everyNameComesBack() {
        let names: [[UInt8]] = [
            Array("plain".utf8), Array("schön/ünïcödé".utf8), [0x63, 0xe9], [0xff, 0xfe, 0x80], [0xe2, 0x82],
            Array(#"a\b"#.utf8), Array(#"\x5c"#.utf8), Array(#"\xff"#.utf8), Array(#"\x5cxff"#.utf8),
            Array(#"system-a\x2db.slice"#.utf8), [0x5c, 0xff], [0xed, 0xa0, 0x80], Array("😀".utf8), [],
            Array(#"\x"#.utf8), Array(#"\\xe9"#.utf8), [0xc0, 0xaf],
        ]
        for name in names { #expect(PathText.bytes(PathText.text(name)) == name) }
        #expect(Set(names.map(PathText.text)).count == names.count)
    }

    @Test func randomNamesComeBack() {
        let alphabet: [UInt8] = [0x5c, 0x78, 0x35, 0x63, 0x66, 0x65, 0x39, 0xff, 0xe9, 0xc3, 0xa9, 0x61]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            let name = (0..<Int.random(in: 0...12)).compactMap { _ in alphabet.randomElement(using: &generator) }
            #expect(PathText.bytes(PathText.text(name)) == name, "\(name)")
        }
    }

    @Test func onlyWhatIsNotTextIsEscaped() {
        #expect(PathText.text([0x63, 0x61, 0x66, 0xe9]) == #"caf\xe9"#)
        #expect(PathText.text(Array("café".utf8)) == "café")
        #expect(PathText.text(Array(#"system-a\x2db.slice"#.utf8)) == #"system-a\x2db.slice"#)
        #expect(PathText.text(Array(#"caf\xe9"#.utf8)) == #"caf\x5cxe9"#)
    }
}
