import Engine

/// What `inspect` tells of one thing, as a tree of values; objects keep the order of their members.
indirect enum Document: Sendable, Hashable {
    case null
    case bool(Bool)
    /// As it was written.
    case number(String)
    case string(String)
    case array([Document])
    case object([Member])

    struct Member: Sendable, Hashable {
        var key: String
        var value: Document
    }

    /// One step down in a document.
    enum Step: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    /// What is directly in it, by the steps that lead there.
    var children: [(step: Step, value: Document)] {
        switch self {
        case .array(let values): values.enumerated().map { (.index($0.offset), $0.element) }
        case .object(let members): members.map { (.key($0.key), $0.value) }
        default: []
        }
    }

    /// How many values are directly in it.
    var count: Int {
        switch self {
        case .array(let values): values.count
        case .object(let members): members.count
        default: 0
        }
    }

    /// It has values in it.
    var isBranch: Bool { count > 0 }

    /// The value itself in words: a string without quotation marks; `nil` for what holds others.
    var scalarText: String? {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let text), .string(let text): text
        case .array(let values): values.isEmpty ? "[]" : nil
        case .object(let members): members.isEmpty ? "{}" : nil
        }
    }

    /// What stands at the end of a path; `nil` when nothing does.
    subscript(path: [Step]) -> Document? {
        var present = self
        for step in path {
            switch (step, present) {
            case (.key(let key), .object(let members)):
                guard let member = members.first(where: { $0.key == key }) else { return nil }
                present = member.value
            case (.index(let index), .array(let values)):
                guard values.indices.contains(index) else { return nil }
                present = values[index]
            default: return nil
            }
        }
        return present
    }

    /// A path as templates and jq spell it: `.State.Status`, `.Mounts[0].Source`, `.Labels["a.b"]`.
    static func text(of path: [Step]) -> String {
        var text = ""
        for step in path {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key):
                let isWord =
                    !key.isEmpty
                    && key.utf8.allSatisfy {
                        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                            || $0 == 0x5F
                    } && !(0x30...0x39).contains(key.utf8.first ?? 0x30)
                text += isWord ? ".\(key)" : "[\(JSONText.quoted(key))]"
            }
        }
        return text.isEmpty ? "." : text.hasPrefix("[") ? "." + text : text
    }
}
