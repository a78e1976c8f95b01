/// Collects the words of a text while it is read.
struct WordSplitter {
    private var word: [UInt8] = []
    private var words: [String] = []

    /// A byte that separates when it is blank.
    mutating func add(_ byte: UInt8) {
        if byte.isBlank { end() } else { word.append(byte) }
    }

    /// A variable's value, whose blanks separate.
    mutating func add(_ bytes: [UInt8]) {
        for byte in bytes { add(byte) }
    }

    /// What stood in quotes or was escaped.
    mutating func addRaw(_ bytes: some Collection<UInt8>) {
        word += bytes
    }

    /// The words; empty ones are none.
    mutating func finish() -> [String] {
        end()
        return words
    }

    private mutating func end() {
        guard !word.isEmpty else { return }
        words.append(word.text)
        word = []
    }
}
