/// `<<NAME` in an instruction: where a here-document is to be put in.
struct HereDocumentMark {
    /// What ends it.
    let name: String
    /// `<<-`: tabs at the start of its lines are dropped.
    let dropsTabs: Bool
    /// No part of its name is quoted.
    let expands: Bool
    let fileDescriptor: Int

    /// Reads a word; `nil` when it is no mark.
    init?(_ word: String) throws(ParseFailure) {
        let bytes = Array(word.utf8)
        let digits = bytes.prefix { $0.isDigit }
        var rest = bytes[digits.endIndex...]
        guard rest.starts(with: [.less, .less]) else { return nil }
        rest = rest.dropFirst(2)
        dropsTabs = rest.first == .dash
        if dropsTabs { rest = rest.dropFirst() }
        rest = rest.drop { $0.isBlank }
        guard !rest.isEmpty, !rest.contains(.less) else { return nil }
        do {
            var plain = WordScanner(rest, escape: .backslash, keeping: .unset)
            var raw = WordScanner(rest, escape: .backslash, keeping: [.unset, .quotes])
            let words = try plain.scan { _ in nil }.words
            let rawWords = try raw.scan { _ in nil }.words
            guard words.count == 1, rawWords.count == 1 else { return nil }
            name = words[0]
            expands = Self.quotes(words[0]) == Self.quotes(rawWords[0])
        } catch {
            throw ParseFailure("the name of the here-document \(quoted(word)) cannot be read: \(error.message)")
        }
        fileDescriptor = Int(digits.text) ?? 0
    }

    /// The marks of an instruction's line. A line whose quotes do not close has none: it is the shell's to complain.
    static func marks(in line: some Sequence<UInt8>) throws(ParseFailure) -> [HereDocumentMark] {
        var scanner = WordScanner(line, escape: .backslash, keeping: [.quotes, .escapes, .unset, .marks])
        guard let words = try? scanner.scan({ _ in nil }).words else { return [] }
        var marks: [HereDocumentMark] = []
        for word in words {
            if let mark = try HereDocumentMark(word) { marks.append(mark) }
        }
        return marks
    }

    /// The document, of the lines that the file has.
    func document(_ body: [UInt8]) -> HereDocument {
        HereDocument(
            name: name, content: dropsTabs ? Self.withoutTabs(body).text : body.text, expands: expands,
            fileDescriptor: fileDescriptor, original: body.text)
    }

    private static func withoutTabs(_ body: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(body.count)
        var isAtStart = true
        for byte in body {
            if isAtStart, byte == .tab { continue }
            result.append(byte)
            isAtStart = byte == .newline
        }
        return result
    }

    private static func quotes(_ text: String) -> Int {
        text.utf8.count { $0 == .singleQuote || $0 == .doubleQuote }
    }
}
