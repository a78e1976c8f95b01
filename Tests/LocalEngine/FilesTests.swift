import Engine
import Glibc
import LinuxSystem
import Testing

@testable import LocalEngine

@Suite(.enabled(if: RealEngine.isPossible), .serialized)
struct FilesTests {
    @Test func changesAreToldAsDockerTellsThem() async throws {
        try await RealEngine.run { bench async throws in
            let changes = "echo new > /tmp/new; echo x >> /data/file; rm /data/other"
            let id = try await bench.start(bench.spec(changes + "; mkdir -p /opt/deep; touch /opt/deep/f"))
            #expect(try await bench.engine.wait(id.rawValue) == 0)
            let found = try await bench.engine.changes(in: id.rawValue).map { "\($0.kind.rawValue) \($0.path)" }
            #expect(
                found == [
                    "C /data", "C /data/file", "D /data/other", "A /opt", "A /opt/deep", "A /opt/deep/f", "C /tmp",
                    "A /tmp/new",
                ])
        }
    }

    @Test(arguments: [false, true])
    func filesGoInAndOut(whileRunning: Bool) async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            let id = try await engine.create(bench.spec("sleep", "1000", name: "cp"))
            if whileRunning { try await engine.start("cp") }
            let archive = try OwnedDescriptor.memory("archive")
            try await engine.copyOut("/data", from: "cp", followLink: false, toDescriptor: archive.rawValue)
            #expect(lseek(archive.rawValue, 0, SEEK_SET) == 0)
            try await engine.copyIn(fromDescriptor: archive.rawValue, to: "/tmp", in: "cp", keepOwners: false)
            let facts = try #require(try await engine.stat("/tmp/data/file", in: "cp", followLink: false))
            #expect(facts.size == 4)
            #expect(try Files.readText(engine.paths(id).upper + "/tmp/data/file") == "text")
            #expect(try await engine.stat("/absent", in: "cp", followLink: true) == nil)
            let error = await #expect(throws: EngineError.self) {
                try await engine.copyOut("/absent", from: "cp", followLink: true, toDescriptor: archive.rawValue)
            }
            #expect(error?.code == .notFound)
            try await engine.remove("cp", force: true)
        }
    }

    @Test(arguments: [false, true])
    func noLinkOfAContainerLeadsOut(whileRunning: Bool) async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            let outside = bench.scratch.path + "/outside"
            try Files.makeDirectories(outside)
            try bench.scratch.write("secret", to: "outside/secret")
            let up = String(repeating: "../", count: 20)
            let tail = whileRunning ? "sleep 1000" : "true"
            let script = "ln -s \(outside) /abs; ln -s \(up)\(outside.dropFirst()) /rel; touch /ready; \(tail)"
            try await bench.start(bench.spec(script, name: "evil"))
            let isReady = try await RealEngine.eventually {
                try await engine.stat("/ready", in: "evil", followLink: false) != nil
            }
            #expect(isReady)
            if !whileRunning { _ = try await engine.wait("evil") }
            for link in ["/abs", "/rel"] {
                #expect(try await engine.stat(link, in: "evil", followLink: false)?.isSymbolicLink == true)
                #expect(try await engine.stat(link + "/secret", in: "evil", followLink: true) == nil)
                let archive = try OwnedDescriptor.memory("archive")
                try await engine.copyOut("/data/file", from: "evil", followLink: false, toDescriptor: archive.rawValue)
                #expect(lseek(archive.rawValue, 0, SEEK_SET) == 0)
                await #expect(throws: EngineError.self) {
                    try await engine.copyIn(fromDescriptor: archive.rawValue, to: link, in: "evil", keepOwners: false)
                }
                await #expect(throws: EngineError.self) {
                    try await engine.copyOut(
                        link + "/secret", from: "evil", followLink: true, toDescriptor: archive.rawValue)
                }
            }
            #expect(try Files.list(outside).map(\.name) == ["secret"])
        }
    }

    @Test func commandsRunInARunningContainer() async throws {
        try await RealEngine.run { bench async throws in
            try await bench.start(bench.spec("sleep", "1000", name: "ex"))
            var spec = ExecSpec(command: ["sh", "-c", "id -u; echo $OWN $FROM_IMAGE; exit 6"])
            spec.user = "web"
            spec.environment = ["OWN=1"]
            let (text, code) = try await RealEngine.drain(try await bench.engine.exec(in: "ex", spec))
            #expect(text == "100\n1 yes\n")
            #expect(code == 6)
            let table = try await bench.engine.processes(of: "ex")
            #expect(table.titles == ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"])
            #expect(table.rows.map { $0.last } == ["sleep 1000"])
            let error = await #expect(throws: EngineError.self) {
                try await bench.engine.execDetached(in: "ex", ExecSpec(command: ["/bin/nothing"]))
            }
            #expect(error?.code == .commandNotFound)
        }
    }

    @Test func logsAndEventsTellTheStory() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            let before = Timestamp(nanoseconds: Clock.realtime())
            let id = try await bench.start(bench.spec("echo one; echo two >&2; exit 1", name: "story"))
            let reader = try await engine.logs(of: "story", options: LogOptions(follow: true))
            var lines: [String] = []
            while let more = try await reader.next() {
                lines += more.map { "\($0.stream.rawValue) \(String(decoding: $0.bytes, as: UTF8.self))" }
            }
            #expect(lines.sorted() == ["stderr two", "stdout one"])
            _ = try await engine.wait("story")
            try await engine.rename("story", to: "tale")
            try await engine.remove("tale", force: false)
            let events = try await engine.events(since: before, until: Timestamp(nanoseconds: Clock.realtime()))
            var actions: [String] = []
            while let more = try await events.next() {
                actions += more.filter { $0.actorID == id.rawValue }.map(\.action)
            }
            #expect(actions == ["create", "start", "die", "rename", "destroy"])
        }
    }

    @Test func imagesInUseAreProtected() async throws {
        try await RealEngine.run { bench async throws in
            _ = try await bench.engine.create(bench.spec("true", name: "user"))
            await #expect(throws: EngineError.self) { try await bench.engine.removeImage("box", force: false) }
            try await bench.engine.remove("user", force: false)
            #expect(try await bench.engine.removeImage("box", force: false).isEmpty == false)
            #expect(try await bench.engine.images().isEmpty)
        }
    }
}
