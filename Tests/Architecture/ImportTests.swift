import Foundation
import Testing

/// SwiftPM lets a target import what is only reachable through another one, so the table is held here.
struct ImportTests {
    /// What each room may import of this package's rooms, as docs/ARCHITECTURE.md has it; "all" is every room.
    static let allowed: [String: Set<String>] = {
        let document = (try? String(contentsOf: top.appending(path: "docs/ARCHITECTURE.md"), encoding: .utf8)) ?? ""
        var table: [String: Set<String>] = [:]
        for line in document.split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3, cells[0] != "room" else { continue }
            let imports = Set(cells[2].split(separator: ", ").map(String.init)).subtracting(["–"])
            for room in cells[0].split(separator: ", ") where !room.hasPrefix("C") || swiftRooms.contains(String(room))
            {
                table[String(room)] = imports
            }
        }
        for (room, imports) in table where imports == ["all"] {
            table[room] = Set(table.keys).union(["SpyhopCommands"])
        }
        return table
    }()

    /// Rooms whose names begin with C without being C.
    private static let swiftRooms: Set<String> = ["Cgroups", "Collector"]

    /// Modules from outside that a room may use; every room may use the ones under "*".
    static let allowedOutside: [String: Set<String>] = [
        "*": ["Glibc", "Synchronization"],
        "OCI": ["FoundationEssentials", "Crypto"],
        "HTTP": ["AsyncHTTPClient", "NIOCore", "NIOPosix", "NIOHTTP1", "NIOTLS", "NIOSSL"],
        "Registry": ["FoundationEssentials", "Crypto"],
        "Cgroups": [],
        "Collector": [],
        "Runtime": ["FoundationEssentials"],
        "Images": ["FoundationEssentials", "Crypto"],
        "Build": ["FoundationEssentials", "Crypto"],
        "LocalEngine": ["FoundationEssentials", "GRDB", "Logging", "Dispatch"],
        "DockerEngine": ["FoundationEssentials", "Dispatch"],
        "HostEngine": ["FoundationEssentials"],
        "Terminal": ["Yams"],
        "Dashboard": ["Dispatch"],
        "spyhop": ["FoundationEssentials", "ArgumentParser", "Yams", "Logging", "Dispatch"],
    ]

    static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let sources = top.appending(path: "Sources")

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
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
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
        guard let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
            return []
        }
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
