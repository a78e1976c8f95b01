/// The lines that have scrolled away, the oldest first: a value whose copies share what they hold, so that a picture of
/// the screen can carry them at no cost. Bounded in lines and in cells.
public struct Scrollback: Sendable {
    /// How much is kept.
    public struct Limit: Sendable, Hashable {
        /// Lines and cells at most, of sixteen bytes each.
        public var lines: Int, cells: Int

        /// Ten thousand lines, eight megabytes.
        public static let standard = Limit(lines: 10_000, cells: 1 << 19)

        /// A limit.
        public init(lines: Int, cells: Int) {
            self.lines = max(0, lines)
            self.cells = max(0, cells)
        }
    }

    /// Blocks are shared between copies; the last one is copied when a line comes in after a copy was made.
    private static let blockSize = 128

    private var blocks: [[ScreenLine]] = []
    /// Lines that the first block has lost.
    private var gone = 0
    private var cells = 0
    private let limit: Limit
    /// Lines that are kept.
    public private(set) var count = 0
    /// Lines that were kept once: the number of the first line that is still there, counted from the session's beginning.
    public private(set) var dropped = 0

    /// Holds nothing yet.
    public init(limit: Limit = .standard) { self.limit = limit }

    /// The line at a place from 0; an empty one outside.
    public subscript(_ index: Int) -> ScreenLine {
        guard index >= 0, index < count else { return .empty }
        let place = index + gone
        return blocks[place / Self.blockSize][place % Self.blockSize]
    }

    mutating func append(_ line: ScreenLine) {
        if blocks.last.map({ $0.count < Self.blockSize }) ?? false {
            blocks[blocks.count - 1].append(line)
        } else {
            var block: [ScreenLine] = []
            block.reserveCapacity(Self.blockSize)
            block.append(line)
            blocks.append(block)
        }
        count += 1
        cells += line.cells.count
        while count > limit.lines || cells > limit.cells, count > 0 { dropFirst() }
    }

    /// Takes the newest line back, for a screen that has become higher.
    mutating func popLast() -> ScreenLine? {
        guard count > 0, let block = blocks.indices.last, let line = blocks[block].popLast() else { return nil }
        if blocks[block].isEmpty { blocks.removeLast() }
        count -= 1
        cells -= line.cells.count
        if count == 0 { (blocks, gone) = ([], 0) }
        return line
    }

    mutating func removeAll() {
        dropped += count
        (blocks, gone, count, cells) = ([], 0, 0, 0)
    }

    private mutating func dropFirst() {
        cells -= self[0].cells.count
        gone += 1
        count -= 1
        dropped += 1
        if gone == Self.blockSize {
            blocks.removeFirst()
            gone = 0
        } else if count == 0 {
            (blocks, gone) = ([], 0)
        }
    }
}
