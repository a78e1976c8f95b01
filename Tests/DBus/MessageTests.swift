import Testing

@testable import DBus

struct MessageTests {
    @Test func aMessageComesBackAsItWas() throws {
        let message = Samples.message()
        let bytes = try message.bytes()
        #expect(try DBusMessage.length(Array(bytes.prefix(16))) == bytes.count)
        #expect(try DBusMessage(bytes) == message)
    }

    @Test func theHeaderIsLaidOutAsTheSpecificationHasIt() throws {
        var message = DBusMessage(.reply)
        message.serial = 2
        message.replySerial = 1
        message.body = [.byte(9)]
        #expect(
            try message.bytes() == [
                0x6c, 2, 0, 1, 1, 0, 0, 0, 2, 0, 0, 0, 15, 0, 0, 0,
                5, 1, 0x75, 0, 1, 0, 0, 0, 8, 1, 0x67, 0, 1, 0x79, 0, 0, 9,
            ])
    }

    @Test func fieldsAndKindsThatAreNotKnownAreIgnored() throws {
        var bytes = try Samples.message().bytes()
        bytes[1] = 9
        #expect(try DBusMessage(bytes) == nil)
        let unknown: [UInt8] = [
            0x6c, 2, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 13, 0, 0, 0, 5, 1, 0x75, 0, 1, 0, 0, 0, 99, 1, 0x79, 0, 3, 0, 0, 0,
        ]
        #expect(try DBusMessage(unknown)?.replySerial == 1)
    }

    @Test(
        arguments: [
            // No byte order, another version, kind 0, serial 0, a reply to nothing, a field of the wrong type.
            [0x78, 2, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 5, 1, 0x75, 0, 1, 0, 0, 0],
            [0x6c, 2, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 5, 1, 0x75, 0, 1, 0, 0, 0],
            [0x6c, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 5, 1, 0x75, 0, 1, 0, 0, 0],
            [0x6c, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 5, 1, 0x75, 0, 1, 0, 0, 0],
            [0x6c, 2, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 5, 1, 0x75, 0, 0, 0, 0, 0],
            [0x6c, 2, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 1, 1, 0x75, 0, 1, 0, 0, 0],
            [0x6c, 1, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0],
        ] as [[UInt8]])
    func messagesThatAreNoneAreRefused(_ bytes: [UInt8]) {
        #expect(throws: DBusError.self) { try DBusMessage(bytes) }
    }

    @Test func aMessageThatSaysItIsHugeIsRefusedBeforeItIsRead() {
        #expect(throws: DBusError.self) {
            try DBusMessage.length([0x6c, 2, 0, 1, 0xff, 0xff, 0xff, 0x7f, 1, 0, 0, 0, 0, 0, 0, 0])
        }
    }

    @Test func everyMessageThatIsCutShortIsRefused() throws {
        let bytes = try Samples.message().bytes()
        for length in 0..<bytes.count {
            #expect(throws: DBusError.self) { try DBusMessage(Array(bytes[..<length])) }
        }
    }

    /// Whatever is read of them, it is read or refused: a crash would end the whole run.
    @Test func damagedMessagesAreReadOrRefused() throws {
        let bytes = try Samples.message().bytes()
        var numbers = Samples.Numbers(state: 20_26)
        var refused = 0
        for _ in 0..<20_000 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                damaged[Int.random(in: 0..<damaged.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
            }
            do { _ = try DBusMessage(damaged) } catch { refused += 1 }
        }
        #expect((1..<20_000).contains(refused))
    }

    @Test func noiseIsRefused() {
        var numbers = Samples.Numbers(state: 1)
        for _ in 0..<5000 {
            var noise = (0..<Int.random(in: 16...200, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
            // A start that is right lets it come further.
            noise.replaceSubrange(
                0..<16, with: [0x6c, 4, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, UInt8(noise.count - 16), 0, 0, 0])
            #expect(throws: DBusError.self) { try DBusMessage(noise) }
        }
    }

    @Test(arguments: [
        ("unix:path=/run/user/7/bus", DBusAddress.path("/run/user/7/bus")),
        ("unix:path=/a%20b%2fc,guid=0123", .path("/a b/c")), ("unix:abstract=/tmp/x,guid=1", .abstract("/tmp/x")),
        ("tcp:host=localhost,port=1;unix:guid=1,path=/b", .path("/b")),
    ])
    func addressesAreRead(_ text: String, _ address: DBusAddress) throws {
        #expect(try DBusAddress.all(in: text) == [address])
    }

    @Test(arguments: [
        "", "unix:", "unix:path=", "unix:path=/a%2", "unix:path=/%zz", "tcp:host=a", "unix:path=/a%00b", ";;",
    ])
    func addressesOfOtherKindsAreRefused(_ text: String) {
        #expect(throws: DBusError.address(text)) { try DBusAddress.all(in: text) }
    }
}
