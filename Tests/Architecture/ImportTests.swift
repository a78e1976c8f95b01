import Foundation
import Testing

/// SwiftPM lets a target import what is only reachable through another one, so the table is held here.
struct ImportTests {
    /// What each room may import of this package's rooms: the table in docs/ARCHITECTURE.md.
    static let allowed: [String: Set<String>] = [
        "Engine": [],
        "LinuxSystem": ["CLinux"],
        "OCI": ["Engine"],
        "Monitor": ["CLinux", "CMonitorWire"],
        "Cgroups": ["CLinux", "LinuxSystem", "Engine"],
        "Collector": ["Cgroups", "LinuxSystem", "Engine"],
        "Runtime": ["OCI", "Cgroups", "LinuxSystem", "CMonitorWire", "CSeccomp", "Engine"],
        "Images": ["OCI", "LinuxSystem", "CArchive", "Engine"],
        "LocalEngine": ["Runtime", "Images", "Cgroups", "LinuxSystem", "OCI", "Engine"],
        "Terminal": ["CNcurses"],
        "Dashboard": ["Engine", "Terminal"],
        "spyhop": [
            "Engine", "LocalEngine", "Collector", "Dashboard", "Terminal", "Images", "Runtime", "Cgroups", "LinuxSystem",
            "OCI",
            // The program is one file above the commands, which are a library so that tests can link them.
            "SpyhopCommands",
        ],
    ]

    /// Modules from outside that a room may use; every room may use the ones under "*".
    static let allowedOutside: [String: Set<String>] = [
        "*": ["Glibc", "Synchronization"],
        "OCI": ["FoundationEssentials"],
        "Cgroups": [],
        "Collector": [],
        "Runtime": ["FoundationEssentials"],
        "Images": ["FoundationEssentials", "Crypto"],
        "LocalEngine": ["FoundationEssentials", "GRDB", "Logging", "Dispatch"],
        "Terminal": ["Yams"],
        "Dashboard": [],
        "spyhop": ["FoundationEssentials", "ArgumentParser", "Yams", "Logging", "Dispatch"],
    ]

    static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    static let rooms = allowed.keys.sorted()

    @Test(arguments: rooms)
    func roomImportsOnlyWhatTheTableAllows(room: String) throws {
        let files = try swiftFiles(in: room)
        #expect(!files.isEmpty)
        let ours = Self.allowed[room, default: []]
        let outside = Self.allowedOutside["*", default: []].union(Self.allowedOutside[room, default: []])
        for file in files {
            for module in try imports(of: file) {
                let isAllowed = ours.contains(module) || (room != "Monitor" && outside.contains(module))
                #expect(isAllowed, "\(room)/\(file.lastPathComponent) imports \(module)")
            }
        }
    }

    @Test func everyRoomStandsInTheTable() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path).filter { name in
            try !swiftFiles(in: name).isEmpty
        }
        #expect(Set(folders) == Set(Self.rooms))
    }

    @Test(arguments: rooms)
    func filesStayUnderFiveHundredLines(room: String) throws {
        for file in try swiftFiles(in: room) {
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 500, "\(room)/\(file.lastPathComponent) has \(lines.count) lines")
        }
    }

    @Test(arguments: rooms.filter { $0 != "spyhop" })
    func librariesNeitherReadTheEnvironmentNorPrint(room: String) throws {
        let forbidden = ["getenv(", "ProcessInfo", "CommandLine.arguments", " print("]
        for file in try swiftFiles(in: room) where room != "Monitor" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for word in forbidden {
                #expect(!text.contains(word), "\(room)/\(file.lastPathComponent) has \(word)")
            }
        }
    }

    @Test(arguments: rooms)
    func nothingCanCrashOnPurpose(room: String) throws {
        let forbidden = ["try!", "fatalError(", "as! ", "preconditionFailure("]
        for file in try swiftFiles(in: room) {
            let text = try String(contentsOf: file, encoding: .utf8)
            for word in forbidden {
                #expect(!text.contains(word), "\(room)/\(file.lastPathComponent) has \(word)")
            }
        }
    }

    private func swiftFiles(in room: String) throws -> [URL] {
        let folder = Self.sources.appending(path: room)
        guard let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        return walker.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }

    private func imports(of file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            var words = line.split(separator: " ").map(String.init)[...]
            while let first = words.first, first.hasPrefix("@") || ["public", "internal", "private"].contains(first) {
                words = words.dropFirst()
            }
            guard words.first == "import" else { return nil }
            words = words.dropFirst()
            if let kind = words.first, ["struct", "class", "enum", "func", "protocol", "typealias"].contains(kind) {
                words = words.dropFirst()
            }
            return words.first.map { String($0.prefix { $0 != "." }) }
        }
    }
}
