/// Escape sequences in bytes (ECMA-48: CSI, OSC and their like, and the two-byte ones): a search sees the text without them.
public enum EscapeSequences {
    /// Where the text goes on after the sequence that begins at `start`.
    public static func end(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start + 1
        guard index < bytes.count else { return bytes.count }
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

    /// Copies the text without its sequences to `target`, which has room for all of it; answers how much that was.
    public static func strip(_ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer) -> Int {
        var count = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x1b {
                index = end(in: bytes, from: index)
            } else {
                target.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
                count += 1
                index += 1
            }
        }
        return count
    }

    /// The text without its sequences.
    public static func plain(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(0x1b) else { return bytes }
        return [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
            guard let target = buffer.baseAddress else { return }
            count = bytes.withUnsafeBytes { strip($0, to: UnsafeMutableRawPointer(target)) }
        }
    }
}
