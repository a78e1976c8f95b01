import Glibc
import LinuxSystem

/// Reading and writing of the small files by which the kernel is told and asked about cgroups.
enum ControlFile {
    /// A file's whole content.
    static func read(_ path: String, atMost limit: Int = 1 << 20) throws(SystemError) -> [UInt8] {
        try Files.read(path, limit: limit)
    }

    /// A file's text without the line's end; `nil` when it cannot be read.
    static func text(_ path: String) -> String? {
        guard var bytes = try? read(path) else { return nil }
        while bytes.last == 0x0a || bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A file's single number; `nil` for `max`, other text, and files that cannot be read.
    static func number(_ path: String) -> Int64? { text(path).flatMap { Int64($0) } }

    /// Writes a value at once, as control files require.
    static func write(_ value: String, to path: String) throws(SystemError) {
        try Files.write(value, to: path)
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

    /// The names of the directories in a directory; none when it cannot be read.
    static func subdirectories(of path: String) -> [String] {
        let entries = try? Files.list(path)
        return entries?.filter { $0.kind == .directory }.map(\.name) ?? []
    }
}
