import Glibc
import Testing

/// A recorded frame in `Golden/PANE/`.
struct GoldenFile {
    let directory: String
    let name: String

    init(_ pane: String, _ name: String) {
        directory = Self.root + pane
        self.name = name
    }

    /// `Tests/Dashboard/`.
    static let tests = String(#filePath.dropLast("Scenes/GoldenFile.swift".count))
    static let root = tests + "Golden/"
    static var isRecording: Bool { getenv("SPYHOP_RECORD_GOLDEN") != nil }

    /// Holds `text` against the file; with `SPYHOP_RECORD_GOLDEN` set it is written instead.
    func compare(_ text: String) throws {
        if Self.isRecording { try write(text) }
        let recorded = try #require(
            Self.read("\(directory)/\(name)"),
            "there is no golden frame \(name) in \(directory); record it with SPYHOP_RECORD_GOLDEN=1")
        #expect(text == recorded, "\(name): \(Self.firstDifference(text, recorded))")
    }

    private func write(_ text: String) throws {
        mkdir(directory, 0o755)
        try Self.write(text, to: "\(directory)/\(name)")
    }

    static func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "w"))
        defer { fclose(file) }
        #expect(fputs(text, file) >= 0)
    }

    static func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The names in a directory, sorted.
    static func names(in path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func firstDifference(_ new: String, _ old: String) -> String {
        let (new, old) = (
            new.split(separator: "\n", omittingEmptySubsequences: false),
            old.split(separator: "\n", omittingEmptySubsequences: false)
        )
        for (number, pair) in zip(new, old).enumerated() where pair.0 != pair.1 {
            return "line \(number + 1) is\n\(pair.0)\nand was\n\(pair.1)"
        }
        return new.count == old.count ? "no line differs" : "\(new.count) lines, recorded \(old.count)"
    }
}
