/// Bytes as text (RFC 4648, section 4).
enum Base64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text, padded to whole groups of four.
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var out: [UInt8] = []
        var group: UInt32 = 0
        var count = 0
        func put(_ shift: UInt32) { out.append(letters[Int((group >> shift) & 63)]) }
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            for shift: UInt32 in [18, 12, 6, 0] { put(shift) }
            (group, count) = (0, 0)
        }
        if count > 0 {
            group <<= UInt32(8 * (3 - count))
            for shift: UInt32 in count == 1 ? [18, 12] : [18, 12, 6] { put(shift) }
            out += Array(repeating: UInt8(ascii: "="), count: 3 - count)
        }
        return String(decoding: out, as: UTF8.self)
    }
}
