/// What is wrong with a key that a person has chosen.
public struct KeyProblem: Sendable, Hashable {
    /// What kind of thing is wrong.
    public enum Kind: Sendable, Hashable {
        /// There is no such action.
        case unknownAction
        /// No key has that name.
        case unknownKey
        /// Another change wants it in the same place, and came first.
        case clash(with: Action, in: KeyContext)
        /// Somewhere it means something more particular, and does not reach this action there.
        case hidden(by: Action, in: KeyContext)
    }

    /// What kind of thing is wrong.
    public var kind: Kind
    /// The action's name, as it was written.
    public var action: String
    /// The key, as it was written.
    public var key: String
    /// Where it was written: `config.yaml:12:9`.
    public var place: String?

    /// What is wrong, without its place.
    public var sentence: String {
        switch kind {
        case .unknownAction: words("keys: there is no action named '\(action)'")
        case .unknownKey: words("keys: \(action): '\(key)' is not the name of a key")
        case .clash(let other, let context):
            words("keys: \(action): '\(key)' is taken by \(other.rawValue) (\(context.title))")
        case .hidden(let other, let context):
            words("keys: \(action): '\(key)' does not reach it in \(context.title), where it is \(other.rawValue)")
        }
    }

    /// Place and all.
    public var description: String { place.map { "\($0): \(sentence)" } ?? sentence }
}
