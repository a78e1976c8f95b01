/// Reads keys out of the bytes that a terminal sends, for screens that have no ncurses to do it. Bytes may come cut
/// anywhere; what is begun waits for its end until `flush`.
struct KeyReader: Sendable {
    private var pending: [UInt8] = []

    /// A sequence longer than this is none that means a key.
    private static let limit = 32

    /// Adds bytes; answers the keys that are whole now.
    mutating func read(_ bytes: some Sequence<UInt8>) -> [Key] {
        pending += bytes
        var keys: [Key] = []
        while !pending.isEmpty, let (count, key) = Self.next(pending[...]) {
            pending.removeFirst(count)
            if let key { keys.append(key) }
        }
        return keys
    }

    /// Nothing more has come: an Esc that was held back is one.
    mutating func flush() -> [Key] {
        guard let first = pending.first else { return [] }
        pending.removeAll()
        return first == 0x1B ? [.escape] : []
    }

    /// Whether something is held back.
    var isWaiting: Bool { !pending.isEmpty }

    /// The first key and the bytes it takes; no key for bytes that mean none, `nil` when more must come.
    private static func next(_ bytes: ArraySlice<UInt8>) -> (count: Int, key: Key?)? {
        guard let first = bytes.first else { return nil }
        guard first == 0x1B else { return character(bytes) }
        let rest = bytes.dropFirst()
        switch rest.first {
        case nil: return nil
        case UInt8(ascii: "["): return control(rest.dropFirst())
        case UInt8(ascii: "O"):
            guard let final = rest.dropFirst().first else { return nil }
            return (3, function(final: final, numbers: []))
        case 0x1B: return (1, .escape)
        default:
            guard let (count, key) = character(rest) else { return nil }
            guard case .character(let character) = key else { return (1, .escape) }
            return (count + 1, .alt(character))
        }
    }

    /// A control sequence (ECMA-48 5.4): parameters, then a final byte.
    private static func control(_ bytes: ArraySlice<UInt8>) -> (count: Int, key: Key?)? {
        guard let end = bytes.firstIndex(where: { (0x40...0x7E).contains($0) }) else {
            return bytes.count > limit ? (bytes.count + 2, nil) : nil
        }
        let numbers = bytes[..<end].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { min(max(0, Int(String(decoding: $0, as: UTF8.self)) ?? 0), 9999) }
        return (bytes.distance(from: bytes.startIndex, to: end) + 3, function(final: bytes[end], numbers: numbers))
    }

    private static func function(final: UInt8, numbers: [Int]) -> Key? {
        // The second parameter is one more than the sum of shift 1, alt 2, ctrl 4.
        let modifiers = numbers.count > 1 ? max(0, numbers[1] - 1) : 0
        func arrow(_ plain: Key, _ shift: Key, _ alt: Key) -> Key {
            modifiers & 2 != 0 ? alt : modifiers & 1 != 0 ? shift : plain
        }
        switch final {
        case UInt8(ascii: "A"): return arrow(.up, .shiftUp, .altUp)
        case UInt8(ascii: "B"): return arrow(.down, .shiftDown, .altDown)
        case UInt8(ascii: "C"): return arrow(.right, .shiftRight, .altRight)
        case UInt8(ascii: "D"): return arrow(.left, .shiftLeft, .altLeft)
        case UInt8(ascii: "H"): return .home
        case UInt8(ascii: "F"): return .end
        case UInt8(ascii: "Z"): return .backTab
        case UInt8(ascii: "M"): return .enter
        case UInt8(ascii: "P")...UInt8(ascii: "S"): return .function(Int(final - UInt8(ascii: "P")) + 1)
        case UInt8(ascii: "~"): return numbers.first.flatMap { numbered[$0] }
        default: return nil
        }
    }

    private static let numbered: [Int: Key] = [
        1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end, 11: .function(1),
        12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6), 18: .function(7),
        19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
    ]

    private static func character(_ bytes: ArraySlice<UInt8>) -> (count: Int, key: Key?)? {
        guard let first = bytes.first else { return nil }
        if first < 0x80 { return (1, KeyDecoder.key(character: UInt32(first))) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        let part = bytes.prefix(length)
        // A byte that cannot follow ends the character early; so does one that cannot begin one.
        if first < 0xC2 || first > 0xF4 { return (1, nil) }
        if let wrong = part.dropFirst().firstIndex(where: { $0 & 0xC0 != 0x80 }) {
            return (part.distance(from: part.startIndex, to: wrong), nil)
        }
        guard part.count == length else { return nil }
        let text = String(decoding: part, as: UTF8.self)
        guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1, scalar != "\u{FFFD}" else {
            return (length, nil)
        }
        return (length, KeyDecoder.key(character: scalar.value))
    }
}
