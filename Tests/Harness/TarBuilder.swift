/// Writes tar archives by hand: what no honest program would write.
package struct TarBuilder: Sendable {
    private var entries: [UInt8] = []

    package init() {}

    /// The archive.
    package var bytes: [UInt8] { entries + [UInt8](repeating: 0, count: 1024) }

    /// Adds an entry: `type` is ustar's, "0" a file, "1" a hard link, "2" a symbolic one, "3" and "4" devices, "5" a directory.
    package mutating func add(
        _ name: String, type: Character = "0", content: String = "", link: String = "", mode: Int = 0o644,
        device: (Int, Int) = (0, 0), attributes: [(String, String)] = []
    ) {
        let bytes = Array(content.utf8)
        add(name, type: type, bytes: bytes, link: link, mode: mode, device: device, attributes: attributes)
    }

    /// The same with any content.
    package mutating func add(
        _ name: String, type: Character = "0", bytes content: [UInt8], link: String = "", mode: Int = 0o644,
        device: (Int, Int) = (0, 0), attributes: [(String, String)] = []
    ) {
        if !attributes.isEmpty {
            add("pax", type: "x", content: attributes.map(Self.record).joined())
        }
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, _ offset: Int) {
            for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
        }
        put(name, 0)
        put(Self.octal(mode, 7), 100)
        put(Self.octal(0, 7), 108)
        put(Self.octal(0, 7), 116)
        put(Self.octal(content.count, 11), 124)
        put(Self.octal(1_600_000_000, 11), 136)
        put(String(type), 156)
        put(link, 157)
        put("ustar", 257)
        put("00", 263)
        put(Self.octal(device.0, 7), 329)
        put(Self.octal(device.1, 7), 337)
        put("        ", 148)
        put(Self.octal(header.reduce(0) { $0 + Int($1) }, 6), 148)
        header[154] = 0
        entries += header + content
        entries += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    /// pax(1): a record's length counts its own digits.
    private static func record(_ key: String, _ value: String) -> String {
        let body = " SCHILY.xattr.\(key)=\(value)\n"
        var length = body.utf8.count + 1
        while String(length).utf8.count + body.utf8.count != length { length += 1 }
        return "\(length)\(body)"
    }

    private static func octal(_ value: Int, _ width: Int) -> String {
        let digits = String(value, radix: 8)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
