/// What a graph is made of.
public enum GraphKind: String, CaseIterable, Hashable, Sendable {
    /// Two by four dots a cell.
    case braille
    /// Eighths of a block.
    case block
    /// Only ASCII.
    case ascii

    /// Values that stand side by side in one cell.
    public var valuesPerCell: Int { self == .braille ? 2 : 1 }
    /// Steps of height in one cell.
    var levelsPerCell: Int {
        switch self {
        case .braille: 4
        case .block: 8
        case .ascii: 3
        }
    }
}
