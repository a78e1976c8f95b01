import Dashboard
import Engine
import LinuxSystem
import Testing

@testable import SpyhopCommands

struct DashboardMemoryFileTests {
    /// A directory of its own, gone afterwards.
    private static func inDirectory(_ body: (String) throws -> Void) throws {
        let path = "/tmp/spyhop-memory-\(UInt32.random(in: 0 ... .max))"
        try Files.makeDirectories(path)
        defer { try? Files.removeTree(path) }
        try body(path)
    }

    @Test func whatIsRememberedIsThereTheNextTime() throws {
        try Self.inDirectory { directory in
            let path = directory + "/state/spyhop/dashboard.yaml"
            let file = DashboardMemoryFile(path: path, delay: .seconds(60))
            #expect(file.load().memory == DashboardMemory())
            let hostile = "a: \"b\" #\\ \n\t'\u{1b}[31m\u{85}\u{2028}鯨 - [x] true"
            file.remember(DashboardMemory.Change("containers.filter", hostile))
            file.remember(DashboardMemory.Change("gone", "x"))
            file.remember(DashboardMemory.Change("gone", nil))
            #expect(file.write() == nil)
            let (memory, problem) = DashboardMemoryFile(path: path).load()
            #expect(memory.texts == ["containers.filter": hostile] && problem == nil)
            let status = try Files.status(path)
            #expect(status.map { $0.mode & 0o777 } == 0o600)
        }
    }

    @Test func twoDashboardsLoseNothingOfEachOther() throws {
        try Self.inDirectory { directory in
            let path = directory + "/dashboard.yaml"
            let one = DashboardMemoryFile(path: path, delay: .seconds(60))
            let two = DashboardMemoryFile(path: path, delay: .seconds(60))
            one.remember(DashboardMemory.Change("one", "1"))
            two.remember(DashboardMemory.Change("two", "2"))
            one.write()
            two.write()
            one.remember(DashboardMemory.Change("three", "3"))
            one.write()
            #expect(DashboardMemoryFile(path: path).load().memory.texts == ["one": "1", "two": "2", "three": "3"])
        }
    }

    @Test(arguments: ["a: [unclosed\n", "- a list\n", "a: {b: c}\n", "a: \"\\xzz\"\n"])
    func aDamagedFileIsToldAndSetAside(text: String) throws {
        try Self.inDirectory { directory in
            let path = directory + "/dashboard.yaml"
            try Files.writeAtomically(Array(text.utf8), to: path)
            let (memory, problem) = DashboardMemoryFile(path: path).load()
            #expect(memory.texts.isEmpty)
            #expect(
                problem?.contains("is damaged") == true && problem?.contains("set aside") == true, "\(problem ?? "")")
            #expect(!Files.exists(path))
            let kept = try Files.list(directory).map(\.name).filter { $0.hasPrefix("dashboard.yaml.damaged-") }
            #expect(kept.count == 1)
            #expect(try Files.readText(directory + "/" + (kept.first ?? "")) == text)
        }
    }

    @Test func whatCannotBeWrittenIsToldOnce() throws {
        try Self.inDirectory { directory in
            try Files.writeAtomically([], to: directory + "/file")
            let file = DashboardMemoryFile(path: directory + "/file/dashboard.yaml", delay: .seconds(60))
            file.remember(DashboardMemory.Change("a", "b"))
            #expect(file.write()?.contains("cannot keep") == true)
            #expect(file.write() == nil)
        }
    }

    @Test func itIsKeptWhereTheUsersStateIs() {
        func path(_ variables: [String: String], isRoot: Bool = false) -> String? {
            DashboardMemoryFile(
                ProcessEnvironment(lookup: { variables[$0] }, workingDirectory: "/w", isRoot: isRoot)
            ).path
        }
        #expect(path(["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/spyhop/dashboard.yaml")
        #expect(path(["HOME": "/h"]) == "/h/.local/state/spyhop/dashboard.yaml")
        #expect(path([:], isRoot: true) == "/root/.local/state/spyhop/dashboard.yaml")
        #expect(path([:]) == nil)
    }
}
