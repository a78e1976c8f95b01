/// Control sequences and strings (ECMA-48 §5.4, §8.3; xterm's ctlseqs for the private ones).
extension StreamGuard {
    private static let escape: UInt8 = 0x1B

    mutating func takeEscape(_ byte: UInt8) -> Order? {
        switch byte {
        case ..<0x20: control(byte)
        case UInt8(ascii: "["): state = .sequence
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            state = .string
            gathered.append(byte)
        case 0x20...0x2F: state = .intermediate(byte)
        case UInt8(ascii: "c"):
            state = .ground
            send([Self.escape, byte])
            setPasteMarks(false)
            return .reset
        case UInt8(ascii: "8"):
            state = .ground
            // The cursor may come back to where the screen has ended meanwhile; any sequence brings it inside.
            send([Self.escape, byte])
            send("\u{1B}[99h".utf8)
        case UInt8(ascii: "7"), UInt8(ascii: "D"), UInt8(ascii: "E"), UInt8(ascii: "H"), UInt8(ascii: "M"),
            UInt8(ascii: "="), UInt8(ascii: ">"):
            state = .ground
            send([Self.escape, byte])
        default: state = .ground
        }
        return nil
    }

    /// Character sets: ASCII, British and line drawing; and the screen full of E.
    mutating func takeFinal(_ byte: UInt8, after first: UInt8) {
        guard byte >= 0x20 else { return control(byte) }
        guard byte >= 0x30 else { return }
        state = .ground
        switch (first, byte) {
        case (0x28...0x2B, UInt8(ascii: "0")), (0x28...0x2B, UInt8(ascii: "A")), (0x28...0x2B, UInt8(ascii: "B")),
            (UInt8(ascii: "#"), UInt8(ascii: "8")):
            send([Self.escape, first, byte])
        default: break
        }
    }

    mutating func takeSequence(_ byte: UInt8) -> Order? {
        switch byte {
        case ..<0x20: control(byte)
        case 0x20..<0x40:
            if gathered.count < Self.longestSequence { gathered.append(byte) } else { isTooLong = true }
        case 0x40..<0x7F:
            state = .ground
            defer { gathered.removeAll(keepingCapacity: true) }
            return isTooLong ? nil : finish(byte)
        case 0x7F: break
        default: state = .ground
        }
        return nil
    }

    private mutating func finish(_ final: UInt8) -> Order? {
        let hasLeader = gathered.first.map { (0x3C...0x3F).contains($0) } ?? false
        let leader: UInt8 = hasLeader ? gathered[0] : 0
        let parameters = gathered.dropFirst(hasLeader ? 1 : 0).prefix { $0 >= 0x30 && $0 < 0x3C }
        let intermediates = gathered[parameters.endIndex...]
        guard intermediates.count < 2, intermediates.allSatisfy({ $0 < 0x30 }) else { return nil }
        switch (leader, intermediates.first, final) {
        case (0, nil, UInt8(ascii: "b")):
            repeatLast(Self.numbers(parameters).first ?? 1)
        case (0, nil, UInt8(ascii: "J")) where Self.numbers(parameters) == [3]: return .clearHistory
        case (0, nil, UInt8(ascii: "h")), (0, nil, UInt8(ascii: "l")):
            passModes(parameters, final, leader: 0, of: Self.modes)
        case (UInt8(ascii: "?"), nil, UInt8(ascii: "h")), (UInt8(ascii: "?"), nil, UInt8(ascii: "l")):
            passModes(parameters, final, leader: leader, of: Self.privateModes)
        case (0, nil, _) where Self.finals.contains(final), (UInt8(ascii: "?"), nil, UInt8(ascii: "J")),
            (UInt8(ascii: "?"), nil, UInt8(ascii: "K")), (UInt8(ascii: "?"), nil, UInt8(ascii: "n")),
            (UInt8(ascii: ">"), nil, UInt8(ascii: "c")), (UInt8(ascii: "?"), UInt8(ascii: "$"), UInt8(ascii: "p")),
            (0, UInt8(ascii: " "), UInt8(ascii: "q")), (0, UInt8(ascii: "!"), UInt8(ascii: "p")):
            pass(leader, parameters, intermediates, final)
        default: break
        }
        return nil
    }

    private static let finals = Set("@ABCDEFGHIJKLMPSTXZ`acdefgmnrsu".utf8)
    private static let modes: Set<Int> = [4, 20]
    private static let privateModes: Set<Int> = [
        1, 5, 6, 7, 12, 25, 47, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1047, 1048, 1049, 2004,
    ]

    private mutating func passModes(
        _ parameters: ArraySlice<UInt8>, _ final: UInt8, leader: UInt8, of allowed: Set<Int>
    ) {
        for mode in Self.numbers(parameters) where allowed.contains(mode) {
            if leader != 0, mode == 2004 { setPasteMarks(final == UInt8(ascii: "h")) }
            send([Self.escape, UInt8(ascii: "[")])
            if leader != 0 { send([leader]) }
            send(String(mode).utf8)
            send([final])
        }
    }

    /// The sequence, its numbers no larger than libvterm can count, and no more of them than it has places.
    private mutating func pass(
        _ leader: UInt8, _ parameters: ArraySlice<UInt8>, _ intermediates: ArraySlice<UInt8>, _ final: UInt8
    ) {
        send([Self.escape, UInt8(ascii: "[")])
        if leader != 0 { send([leader]) }
        var number = 0
        var digits = 0
        var places = 1
        for byte in parameters {
            if byte >= 0x3A {
                if digits > 0 { send(String(number).utf8) }
                (number, digits) = (0, 0)
                places += 1
                if places > 15 { break }
                send([byte])
            } else {
                number = min(Self.largestNumber, number * 10 + Int(byte - 0x30))
                digits += 1
            }
        }
        if digits > 0 { send(String(number).utf8) }
        send(intermediates)
        send([final])
    }

    private static func numbers(_ parameters: ArraySlice<UInt8>) -> [Int] {
        parameters.split(separator: UInt8(ascii: ";")).prefix(16).map { digits in
            digits.reduce(0) { min(largestNumber, $0 * 10 + max(0, min(9, Int($1) - 0x30))) }
        }
    }

    /// Only the beginning of a title is kept of a string; BEL, ST and whatever breaks off a sequence end it.
    mutating func takeString(_ byte: UInt8) -> Order? {
        switch byte {
        case 0x07: return endString()
        case 0x1B: state = .stringEscape
        case 0x18, 0x1A:
            state = .ground
            gathered.removeAll(keepingCapacity: true)
        default: if gathered.count < Self.longestTitle { gathered.append(byte) }
        }
        return nil
    }

    mutating func endString() -> Order? {
        state = .ground
        defer { gathered.removeAll(keepingCapacity: true) }
        guard gathered.count > 2, gathered[0] == UInt8(ascii: "]"), gathered[2] == UInt8(ascii: ";"),
            gathered[1] == UInt8(ascii: "0") || gathered[1] == UInt8(ascii: "2")
        else { return nil }
        return .title(String(decoding: gathered.dropFirst(3), as: UTF8.self))
    }
}
