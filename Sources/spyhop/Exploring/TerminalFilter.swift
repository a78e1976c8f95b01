/// Makes a stream of bytes harmless for a terminal, piece by piece: what could be obeyed becomes a question mark.
///
/// Line ends and tabs stay. C1 controls are two bytes in UTF-8 (0xC2 and 0x80 … 0x9F), which pieces may part.
struct TerminalFilter {
    private static let lead: UInt8 = 0xC2
    private static let mark = UInt8(ascii: "?")

    /// The last piece ended in what may be half of a control.
    private var isHalf = false

    /// What may be shown of the next piece.
    mutating func harmless(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        for byte in bytes {
            let wasHalf = isHalf
            isHalf = false
            switch byte {
            case 0x80...0x9F where wasHalf: out.append(Self.mark)
            case Self.lead:
                if wasHalf { out.append(Self.lead) }
                isHalf = true
            default:
                if wasHalf { out.append(Self.lead) }
                let isControl = byte < 0x20 && byte != 0x0A && byte != 0x09 || byte == 0x7F
                out.append(isControl ? Self.mark : byte)
            }
        }
        return out
    }

    /// What was kept back of the last piece.
    mutating func end() -> [UInt8] {
        defer { isHalf = false }
        return isHalf ? [Self.lead] : []
    }
}
