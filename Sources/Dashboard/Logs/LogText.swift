/// A line's bytes as text without its colours.
enum LogText {
    /// Leaves out escape sequences (ECMA-48: CSI, OSC and the two-byte ones) and what overwrites the line's beginning.
    static func plain(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 0x1b else {
                result.append(bytes[index])
                index += 1
                continue
            }
            index = end(of: bytes, escape: index)
        }
        return result
    }

    /// Where the text goes on after the sequence that begins at `start`.
    static func end(of bytes: [UInt8], escape start: Int) -> Int {
        var index = start + 1
        guard index < bytes.count else { return index }
        switch bytes[index] {
        case 0x5b:
            index += 1
            while index < bytes.count, (0x20...0x3f).contains(bytes[index]) { index += 1 }
            return index < bytes.count && (0x40...0x7e).contains(bytes[index]) ? index + 1 : index
        case 0x5d, 0x50, 0x58, 0x5e, 0x5f:
            while index < bytes.count {
                if bytes[index] == 0x07 { return index + 1 }
                if bytes[index] == 0x1b, index + 1 < bytes.count, bytes[index + 1] == 0x5c { return index + 2 }
                index += 1
            }
            return index
        default:
            return index + 1
        }
    }
}
