import Engine

/// Some of the things that a layer does with names.
struct ChangeSet: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let added = ChangeSet(rawValue: 1)
    static let modified = ChangeSet(rawValue: 2)
    static let removed = ChangeSet(rawValue: 4)
    static let unchanged = ChangeSet(rawValue: 8)
    static let all: ChangeSet = [.added, .modified, .removed, .unchanged]
    /// All that makes a difference.
    static let changes: ChangeSet = [.added, .modified, .removed]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ change: LayerFile.Change) {
        switch change {
        case .added: self = .added
        case .modified: self = .modified
        case .removed: self = .removed
        case .unchanged: self = .unchanged
        }
    }

    /// The kinds by name, for the title of a pane.
    static let names: [(set: ChangeSet, name: String)] = [
        (.added, phrase("added")), (.modified, phrase("modified")), (.removed, phrase("removed")),
        (.unchanged, phrase("unchanged")),
    ]
}
