/// A text to be found in others: letters of either case unless it has a capital letter itself.
struct TextNeedle: Sendable, Hashable {
    let text: String
    let ignoresCase: Bool
    /// In lower case where case does not matter.
    private let bytes: [UInt8]
    private let characters: [Character]
    private let isASCII: Bool

    init(_ text: String) {
        self.text = text
        ignoresCase = !text.contains(where: \.isUppercase)
        let sought = ignoresCase ? text.lowercased() : text
        bytes = Array(sought.utf8)
        characters = Array(sought)
        isASCII = bytes.allSatisfy { $0 < 0x80 }
    }

    func isFound(in text: String) -> Bool {
        // Bytes suffice for ASCII: no byte of another character is one of it.
        if isASCII || !ignoresCase {
            let found = text.utf8.withContiguousStorageIfAvailable { isFound(in: $0) }
            if let found { return found }
        }
        return !places(in: text).isEmpty
    }

    private func isFound(in hay: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        guard hay.count >= bytes.count else { return false }
        func folded(_ byte: UInt8) -> UInt8 { ignoresCase ? ByteSearch.lower(byte) : byte }
        for start in 0...(hay.count - bytes.count) where folded(hay[start]) == first {
            var length = 1
            while length < bytes.count, folded(hay[start + length]) == bytes[length] { length += 1 }
            if length == bytes.count { return true }
        }
        return false
    }

    /// Whether it is the whole text, case aside.
    func isWhole(_ other: String) -> Bool { other == text || other.lowercased() == text.lowercased() }

    /// Where it stands, in characters.
    func places(in text: String) -> [Range<Int>] {
        let hay = text.map { ignoresCase ? Character.folded($0) : $0 }
        guard !characters.isEmpty, hay.count >= characters.count else { return [] }
        var found: [Range<Int>] = []
        var start = 0
        while start <= hay.count - characters.count {
            if hay[start..<(start + characters.count)].elementsEqual(characters) {
                found.append(start..<(start + characters.count))
                start += characters.count
            } else {
                start += 1
            }
        }
        return found
    }
}

extension Character {
    /// In lower case, where that is one character.
    static func folded(_ character: Character) -> Character {
        if let value = character.asciiValue { return Character(Unicode.Scalar(ByteSearch.lower(value))) }
        let lower = character.lowercased()
        return lower.count == 1 ? lower.first ?? character : character
    }
}
