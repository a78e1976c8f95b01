/// What a dashboard remembers from one time to the next: short texts by key, such as the columns of a table.
///
/// A pane reads and writes `state.memory["containers.columns"]`, and nothing more: whatever an update has written goes to
/// the executable at its end, which keeps it. A key begins with its pane's name.
public struct DashboardMemory: Sendable, Equatable {
    /// Bytes that a key may have; all is bounded, because it is read at every start.
    public static let keyLimit = 128
    /// Bytes that a text may have.
    public static let textLimit = 8192
    /// How many there may be.
    public static let countLimit = 512

    /// One text that is to be kept from now on; `nil` forgets it.
    public struct Change: Sendable, Hashable {
        /// Whose.
        public var key: String
        /// What is to be kept.
        public var text: String?

        /// A change.
        public init(_ key: String, _ text: String?) {
            self.key = key
            self.text = text
        }
    }

    /// All that is remembered.
    public private(set) var texts: [String: String]
    private var pending: [Change] = []

    /// Begins with what was remembered before; what is too much of it is left out.
    public init(_ texts: [String: String] = [:]) {
        self.texts = texts.filter { Self.isKeepable($0.key, $0.value) }
        guard self.texts.count > Self.countLimit else { return }
        for key in self.texts.keys.sorted().dropFirst(Self.countLimit) { self.texts[key] = nil }
    }

    /// The text of a key; `nil` forgets it.
    public subscript(key: String) -> String? {
        get { texts[key] }
        set { remember(key, newValue) }
    }

    /// Keeps a text, or forgets it; answers whether there was room for it.
    @discardableResult
    public mutating func remember(_ key: String, _ text: String?) -> Bool {
        guard texts[key] != text else { return true }
        if let text {
            guard Self.isKeepable(key, text), texts[key] != nil || texts.count < Self.countLimit else { return false }
        }
        texts[key] = text
        pending.removeAll { $0.key == key }
        pending.append(Change(key, text))
        return true
    }

    /// The keys that begin with `prefix`, in the order of the alphabet: `layouts.` → all saved layouts.
    public func keys(under prefix: String) -> [String] { texts.keys.filter { $0.hasPrefix(prefix) }.sorted() }

    /// What has been written since the last time, to be kept.
    mutating func takeChanges() -> [Change] {
        defer { pending = [] }
        return pending
    }

    private static func isKeepable(_ key: String, _ text: String) -> Bool {
        !key.isEmpty && key.utf8.count <= keyLimit && text.utf8.count <= textLimit
    }
}
