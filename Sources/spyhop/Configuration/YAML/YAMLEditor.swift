import Engine
import Yams

/// Changes single settings in the text of a YAML file and leaves every other character as it was: comments, order, quotes.
///
/// Before a text is handed out it is read again, and must say what the old one said but for the one setting. A file that is
/// written so that this cannot be had is refused with words, and nothing is written.
enum YAMLEditor {
    /// What a setting can be set to.
    enum Value: Sendable, Hashable {
        case text(String)
        case flag(Bool)
        case number(Int)
        case list([String])

        /// As it stands in the file.
        var yaml: String {
            switch self {
            case .text(let text): YAMLText.scalar(text)
            case .flag(let isSet): isSet ? "true" : "false"
            case .number(let number): String(number)
            case .list(let texts): "[" + texts.map(YAMLText.scalar).joined(separator: ", ") + "]"
            }
        }

        fileprivate var tree: YAMLTree {
            switch self {
            case .text(let text): .scalar(text)
            case .flag, .number: .scalar(yaml)
            case .list(let texts): .sequence(texts.map { .scalar($0) })
            }
        }
    }

    /// The text with the setting at `path` (`["keys", "remove"]`) set to `value`; `nil` takes it out.
    /// - Throws: `EngineError` `.unsupported` with the reason, when the text cannot be changed without touching anything else.
    static func set(_ path: [String], to value: Value?, in text: String, file: String) throws(EngineError) -> String {
        let name = path.joined(separator: ".")
        guard let old = try? tree(text) else {
            throw refusal(name, file, "it is not understood", hint: "mend the file first; it says above what is wrong")
        }
        guard let expected = old.setting(path[...], to: value?.tree) else {
            throw refusal(name, file, "something on the way to it is no map of settings")
        }
        if expected == old { return text }
        var edit = YAMLEdit(text)
        guard edit.apply(path, value?.yaml), let new = try? tree(edit.text), new == expected else {
            throw refusal(
                name, file, "the place is written in a way that cannot be changed without touching its surroundings",
                hint: "write \(name): \(value?.yaml ?? "(nothing)") there by hand")
        }
        return edit.text
    }

    private static func tree(_ text: String) throws -> YAMLTree { YAMLTree(try Yams.compose(yaml: text)) }

    private static func refusal(_ name: String, _ file: String, _ why: String, hint: String? = nil) -> EngineError {
        EngineError(.unsupported, "cannot change \(name) in \(file): \(why)", hint: hint)
    }
}

/// What a YAML text says, without how it is written.
indirect enum YAMLTree: Equatable {
    case scalar(String)
    case sequence([YAMLTree])
    case mapping([Pair])

    struct Pair: Equatable {
        var key: YAMLTree
        var value: YAMLTree
    }

    init(_ node: Node?) {
        switch node {
        case nil: self = .scalar("")
        case .scalar(let scalar): self = .scalar(YAMLTree.isNothing(scalar) ? "" : scalar.string)
        case .sequence(let sequence): self = .sequence(sequence.map { YAMLTree($0) })
        // Braces with nothing in them say as much as nothing at all.
        case .mapping(let mapping) where mapping.isEmpty: self = .scalar("")
        case .mapping(let mapping):
            self = .mapping(mapping.map { Pair(key: YAMLTree($0.key), value: YAMLTree($0.value)) })
        case .alias(let alias): self = .scalar("*\(alias.anchor)")
        }
    }

    private static func isNothing(_ scalar: Node.Scalar) -> Bool {
        scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// With a setting set or taken out; `nil` when the way to it leads through something that is no map.
    func setting(_ path: ArraySlice<String>, to value: YAMLTree?) -> YAMLTree? {
        guard let first = path.first else { return value ?? .scalar("") }
        var pairs: [Pair]
        switch self {
        case .mapping(let own): pairs = own
        // Nothing at all may become a map.
        case .scalar(""): pairs = []
        default: return nil
        }
        let key = YAMLTree.scalar(first)
        let place = pairs.firstIndex { $0.key == key }
        let isLast = path.count == 1
        if isLast, value == nil {
            guard let place else { return self }
            pairs.remove(at: place)
            return pairs.isEmpty ? .scalar("") : .mapping(pairs)
        }
        if place == nil, value == nil { return self }
        let below = place.map { pairs[$0].value } ?? .scalar("")
        guard let new = isLast ? value : below.setting(path.dropFirst(), to: value) else { return nil }
        if let place { pairs[place].value = new } else { pairs.append(Pair(key: key, value: new)) }
        return .mapping(pairs)
    }
}
