/// How panes stand on the screen: one, or several side by side or one below the other, each with its share. A value;
/// the layouts that a person saves are nothing else.
public indirect enum Arrangement: Sendable, Hashable {
    /// Which way the parts of a split follow each other.
    public enum Axis: String, Sendable, Hashable {
        /// One below the other.
        case rows
        /// Side by side.
        case columns
    }

    /// A part of a split.
    public struct Part: Sendable, Hashable {
        /// Its weight among the others.
        public var share: Int
        /// What stands there.
        public var content: Arrangement

        init(_ content: Arrangement, share: Int = 100) {
            self.content = content
            self.share = min(max(1, share), 10_000)
        }
    }

    /// One pane.
    case pane(PaneSlot)
    /// Two parts or more.
    case split(Axis, [Part])

    /// More would be no picture.
    static let paneLimit = 12
    /// A border drag or a hostile file cannot nest deeper.
    static let depthLimit = 8
    /// A pane smaller than this shows nothing of use.
    static let smallestPane = (width: 24, height: 5)

    /// The panes, from left to right and top to bottom: the order that Tab goes.
    var slots: [PaneSlot] {
        switch self {
        case .pane(let slot): [slot]
        case .split(_, let parts): parts.flatMap(\.content.slots)
        }
    }

    var depth: Int {
        switch self {
        case .pane: 0
        case .split(_, let parts): 1 + (parts.map(\.content.depth).max() ?? 0)
        }
    }

    func contains(_ slot: PaneSlot) -> Bool {
        switch self {
        case .pane(let other): other == slot
        case .split(_, let parts): parts.contains { $0.content.contains(slot) }
        }
    }
}
