/// Paths of an image as text and back, without losing a name.
///
/// Names are bytes. What is not UTF-8 among them is written `\xHH`; so that nothing else reads as such a byte, a backslash
/// that begins `\x80` … `\xff` or `\x5c` in a name of its own is written `\x5c`. All other text, `system-\x2d.slice`
/// included, stays as it is.
enum PathText {
    private static let backslash = UInt8(ascii: "\\")

    /// The text for a path or a name.
    static func text(_ bytes: [UInt8]) -> String {
        if bytes.allSatisfy({ $0 < 0x80 && $0 != backslash }) { return String(decoding: bytes, as: UTF8.self) }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + 16)
        var index = 0
        while index < bytes.count {
            let length = characterLength(bytes[index...])
            if length == 0 || escape(bytes[index...]) != nil {
                out += Array("\\x\(String(bytes[index], radix: 16))".utf8)
                index += 1
            } else {
                out += bytes[index..<index + length]
                index += length
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The bytes that `text` was made of.
    static func bytes(_ text: String) -> [UInt8] {
        let source = Array(text.utf8)
        guard source.contains(backslash) else { return source }
        var out: [UInt8] = []
        out.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            if let byte = escape(source[index...]) {
                out.append(byte)
                index += 4
            } else {
                out.append(source[index])
                index += 1
            }
        }
        return out
    }

    /// The byte that an escape at the beginning of `bytes` stands for; `nil` when none is there.
    private static func escape(_ bytes: ArraySlice<UInt8>) -> UInt8? {
        let head = Array(bytes.prefix(4))
        guard head.count == 4, head[0] == backslash, head[1] == UInt8(ascii: "x"),
            let high = digit(head[2]), let low = digit(head[3])
        else { return nil }
        let byte = high << 4 | low
        return byte >= 0x80 || byte == backslash ? byte : nil
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    /// Bytes of the character (RFC 3629) that `bytes` begins with; 0 when it is not one.
    private static func characterLength(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let first = bytes.first else { return 0 }
        let length: Int
        switch first {
        case 0..<0x80: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return 0
        }
        let character = bytes.prefix(length)
        guard character.count == length, String(validating: character, as: UTF8.self) != nil else { return 0 }
        return length
    }
}
