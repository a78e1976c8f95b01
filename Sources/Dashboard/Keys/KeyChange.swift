/// The keys that a person wants for an action, in the place of its own.
public struct KeyChange: Sendable, Hashable {
    /// A key and where it was written.
    public struct Key: Sendable, Hashable {
        /// As it was written.
        public var name: String
        /// `config.yaml:12:9`.
        public var place: String?

        /// A key.
        public init(_ name: String, place: String? = nil) {
            self.name = name
            self.place = place
        }
    }

    /// The action's name.
    public var action: String
    /// Its keys; none takes all of them away.
    public var keys: [Key]
    /// Where the action was written.
    public var place: String?

    /// A change.
    public init(_ action: String, _ keys: [Key], place: String? = nil) {
        self.action = action
        self.keys = keys
        self.place = place
    }

    /// Changes without places.
    static func all(_ changes: [String: [String]]) -> [KeyChange] {
        changes.sorted { $0.key < $1.key }.map { KeyChange($0.key, $0.value.map { Key($0) }) }
    }
}
