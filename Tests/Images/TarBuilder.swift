import Glibc
import LinuxSystem

/// Writes tar archives by hand: what no honest program would write.
struct TarBuilder {
    private var bytes: [UInt8] = []

    mutating func add(
        _ name: String, type: Character = "0", content: String = "", link: String = "", mode: Int = 0o644,
        device: (Int, Int) = (0, 0), attributes: [(String, String)] = []
    ) {
        if !attributes.isEmpty {
            var records = ""
            for (key, value) in attributes {
                let body = " SCHILY.xattr.\(key)=\(value)\n"
                var length = body.utf8.count + 1
                while String(length).utf8.count + body.utf8.count != length { length += 1 }
                records += "\(length)\(body)"
            }
            add("pax", type: "x", content: records)
        }
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, _ offset: Int) {
            for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
        }
        func octal(_ value: Int, _ width: Int) -> String {
            let digits = String(value, radix: 8)
            return String(repeating: "0", count: width - digits.count) + digits
        }
        put(name, 0)
        put(octal(mode, 7), 100)
        put(octal(0, 7), 108)
        put(octal(0, 7), 116)
        put(octal(content.utf8.count, 11), 124)
        put(octal(1_600_000_000, 11), 136)
        put(String(type), 156)
        put(link, 157)
        put("ustar", 257)
        put("00", 263)
        put(octal(device.0, 7), 329)
        put(octal(device.1, 7), 337)
        put("        ", 148)
        put(octal(header.reduce(0) { $0 + Int($1) }, 6), 148)
        header[154] = 0
        bytes += header + Array(content.utf8)
        bytes += [UInt8](repeating: 0, count: (512 - content.utf8.count % 512) % 512)
    }

    func write(to path: String) throws {
        try Files.writeAtomically(bytes + [UInt8](repeating: 0, count: 1024), to: path)
    }
}
