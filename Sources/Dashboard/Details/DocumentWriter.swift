import Engine

/// Writes a document as lines of YAML or JSON that know what they are about.
struct DocumentWriter {
    enum Format: Sendable, Hashable {
        case yaml, json
    }

    /// A stretch of a line, for its colour.
    struct Part: Sendable, Hashable {
        enum Kind: Sendable, Hashable {
            case mark, key, text, figure
        }

        var kind: Kind
        var text: String
    }

    struct Line: Sendable, Hashable {
        var path: [Document.Step]
        var parts: [Part]

        var text: String { parts.map(\.text).joined() }
    }

    private(set) var lines: [Line] = []
    private let step = "  "

    /// The lines of a document.
    static func lines(_ document: Document, as format: Format) -> [Line] {
        var writer = DocumentWriter()
        switch format {
        case .yaml: writer.yaml(document, path: [], depth: 0, lead: [])
        case .json: writer.json(document, path: [], depth: 0, lead: [], tail: "")
        }
        return writer.lines
    }

    /// The whole text, with a line end behind each line.
    static func text(_ document: Document, as format: Format) -> String {
        lines(document, as: format).map { $0.text + "\n" }.joined()
    }

    private func indent(_ depth: Int) -> [Part] {
        depth > 0 ? [Part(kind: .mark, text: String(repeating: step, count: depth))] : []
    }

    private mutating func add(_ path: [Document.Step], _ parts: [Part]) {
        lines.append(Line(path: path, parts: parts))
    }

    // MARK: YAML

    /// - Parameter lead: what stands before it on its first line, `- ` or a key.
    private mutating func yaml(_ value: Document, path: [Document.Step], depth: Int, lead: [Part]) {
        guard value.isBranch else {
            add(path, (lead.isEmpty ? indent(depth) : lead) + [Self.yamlScalar(value)])
            return
        }
        var lead = lead
        for (child, inner) in value.children {
            // The first member of an object in a list stands on the list's own line.
            let start = lead.isEmpty ? indent(depth) : lead
            lead = []
            let own: [Part]
            switch child {
            case .index: own = [Part(kind: .mark, text: "- ")]
            case .key(let key): own = [Part(kind: .key, text: Self.yamlWord(key)), Part(kind: .mark, text: ":")]
            }
            let below = path + [child]
            if case .index = child {
                yaml(inner, path: below, depth: depth + 1, lead: start + own)
            } else if inner.isBranch {
                add(below, start + own)
                // As people write it: a list in an object is not indented further.
                if case .array = inner {
                    yaml(inner, path: below, depth: depth, lead: [])
                } else {
                    yaml(inner, path: below, depth: depth + 1, lead: [])
                }
            } else {
                add(below, start + own + [Part(kind: .mark, text: " "), Self.yamlScalar(inner)])
            }
        }
    }

    private static func yamlScalar(_ value: Document) -> Part {
        if case .string(let text) = value { return Part(kind: .text, text: yamlWord(text)) }
        return Part(kind: .figure, text: value.scalarText ?? "")
    }

    /// A string as it stands where YAML reads it back as the same string, else in quotation marks, as JSON has it.
    static func yamlWord(_ text: String) -> String {
        isPlain(text) ? text : JSONText.quoted(text, asciiOnly: false)
    }

    private static let otherThanStrings: Set<String> = [
        "null", "~", "true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf", "-.inf", "+.inf",
    ]

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, first != 0x20, last != 0x20, last != 0x3A,
            !otherThanStrings.contains(text.lowercased())
        else { return false }
        // What begins as a number or a date may be one.
        if (0x30...0x39).contains(first) || "+-.?:,[]{}#&*!|>'\"%@`=<".utf8.contains(first) { return false }
        var before: UInt8 = 0x20
        for byte in text.utf8 {
            if byte < 0x20 || byte >= 0x7F { return false }
            if byte == 0x23, before == 0x20 { return false }
            if byte == 0x20, before == 0x3A { return false }
            before = byte
        }
        return true
    }

    // MARK: JSON

    private mutating func json(
        _ value: Document, path: [Document.Step], depth: Int, lead: [Part], tail: String
    ) {
        let start = indent(depth) + lead
        guard value.isBranch else {
            let part: Part
            if case .string(let text) = value {
                part = Part(kind: .text, text: JSONText.quoted(text))
            } else {
                part = Part(kind: .figure, text: value.scalarText ?? "")
            }
            add(path, start + [part] + (tail.isEmpty ? [] : [Part(kind: .mark, text: tail)]))
            return
        }
        var isArray = false
        if case .array = value { isArray = true }
        add(path, start + [Part(kind: .mark, text: isArray ? "[" : "{")])
        let children = value.children
        for (index, (child, inner)) in children.enumerated() {
            var own: [Part] = []
            if case .key(let key) = child {
                own = [Part(kind: .key, text: JSONText.quoted(key)), Part(kind: .mark, text: ": ")]
            }
            json(
                inner, path: path + [child], depth: depth + 1, lead: own,
                tail: index + 1 < children.count ? "," : "")
        }
        add(path, indent(depth) + [Part(kind: .mark, text: (isArray ? "]" : "}") + tail)])
    }
}

extension JSONText {
    /// In quotation marks as YAML reads them too: it wants control characters behind 7F escaped as well.
    fileprivate static func quoted(_ text: String, asciiOnly: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isControl =
                (0x7F...0x9F).contains(scalar.value) || scalar.value == 0xFEFF || scalar.value == 0xFFFE
                || scalar.value == 0xFFFF || scalar.value == 0x2028 || scalar.value == 0x2029
            if isControl {
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            } else {
                result += escaped(String(scalar))
            }
        }
        return "\"\(result)\""
    }
}
