import CSearch

/// Looks for any of a few texts in bytes, many bytes at once.
public final class TextFinder: Sendable {
    /// Bytes of a text that are looked at.
    static let longest = Int(CSEARCH_LENGTH)
    /// Filled once and only read from then on.
    nonisolated(unsafe) private let finder: UnsafeMutablePointer<csearch_finder>

    /// Makes a finder for one to eight texts; `nil` when there are more or fewer, or one is empty. Of long texts only the
    /// beginning is looked at. Where case is ignored, ASCII letters match whatever theirs is.
    public init?(_ texts: [[UInt8]], ignoringCase: Bool) {
        guard !texts.isEmpty else { return nil }
        finder = .allocate(capacity: 1)
        finder.initialize(to: csearch_finder())
        for text in texts {
            let text = Array(text.prefix(Self.longest))
            let (first, second) = Self.rarest(text)
            guard csearch_add(finder, text, text.count, ignoringCase, first, second) else { return nil }
        }
    }

    deinit { finder.deallocate() }

    /// Where one of the texts begins at or behind `start`.
    @inline(__always)
    public func first(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard start >= 0, start < bytes.count, let base = bytes.baseAddress else { return nil }
        let place = csearch_find(finder, base.assumingMemoryBound(to: UInt8.self), bytes.count, start)
        // `SIZE_MAX` is -1 here.
        return place >= 0 && place < bytes.count ? place : nil
    }

    /// Places of the two bytes that are seldom in logs.
    private static func rarest(_ text: [UInt8]) -> (Int, Int) {
        let places = text.indices.sorted { (frequency(text[$0]), $0) < (frequency(text[$1]), $1) }
        return (places.first ?? 0, places.dropFirst().first ?? places.first ?? 0)
    }

    private static let letters = Array("eationsrldcupmhgfbwvykxqjz".utf8)

    private static func frequency(_ byte: UInt8) -> Int {
        if let place = letters.firstIndex(of: byte | 0x20), byte >= 0x41 { return (byte < 0x60 ? 40 : 80) - place }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "."): return 90
        case UInt8(ascii: " "): return 100
        default: return 10
        }
    }
}

/// What kinds of bytes are in some.
public struct ByteSurvey: OptionSet, Sendable {
    /// The kinds as bits.
    public let rawValue: UInt32

    /// Wraps kinds.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Looks through bytes.
    public init(_ bytes: UnsafeRawBufferPointer) {
        rawValue =
            bytes.baseAddress.map {
                csearch_survey($0.assumingMemoryBound(to: UInt8.self), bytes.count)
            } ?? 0
    }

    /// Bytes that are no ASCII.
    public static let beyondASCII = ByteSurvey(rawValue: UInt32(CSEARCH_BEYOND_ASCII))
    /// Carriage returns.
    public static let returns = ByteSurvey(rawValue: UInt32(CSEARCH_RETURN))
}

/// Where the line begins that a place is in, not before `start`, which is a line's beginning.
@inline(__always)
public func startOfLine(in bytes: UnsafeRawBufferPointer, before place: Int, from start: Int) -> Int {
    guard let base = bytes.baseAddress, start >= 0, place <= bytes.count else { return start }
    return csearch_line_start(base.assumingMemoryBound(to: UInt8.self), start, place)
}
