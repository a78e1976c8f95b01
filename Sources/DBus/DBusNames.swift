/// Which texts may stand where (D-Bus Specification, "Valid Names", "Valid Object Paths").
enum DBusNames {
    static func isObjectPath(_ text: String) -> Bool {
        guard text.utf8.first == UInt8(ascii: "/") else { return false }
        if text == "/" { return true }
        return text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && $0.allSatisfy(isWordByte)
        }
    }

    /// Interfaces and errors: two words or more with dots between.
    static func isInterface(_ text: String) -> Bool {
        let words = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return text.utf8.count <= 255 && words.count >= 2 && words.allSatisfy { isWord($0) }
    }

    /// Methods and signals: one word.
    static func isMember(_ text: String) -> Bool { text.utf8.count <= 255 && isWord(text.utf8[...]) }

    /// Buses' names for their clients.
    static func isBusName(_ text: String) -> Bool {
        let isUnique = text.utf8.first == UInt8(ascii: ":")
        let words = text.utf8.dropFirst(isUnique ? 1 : 0).split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return text.utf8.count <= 255 && words.count >= 2
            && words.allSatisfy { word in
                guard let first = word.first, isUnique || !isDigit(first) else { return false }
                return word.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isWord(_ bytes: Substring.UTF8View) -> Bool {
        guard let first = bytes.first, !isDigit(first) else { return false }
        return bytes.allSatisfy(isWordByte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x5f
    }
}
