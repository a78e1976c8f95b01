import Foundation
import Harness
import Testing

/// The dashboard with other engines, which come, go, hang and talk rubbish.
@Suite(.needsRoot, .serialized)
struct EngineDashboardTests {
    private static let kinds = ServedEngine.Kind.allCases.filter(\.isInstalled)

    private func open(_ engine: ServedEngine) throws -> PseudoTerminal {
        let address = engine.kind == .docker ? "DOCKER_HOST" : "CONTAINER_HOST"
        return try PseudoTerminal(
            [Programs.spyhop],
            environment: engine.environment + [
                "TERM=xterm-256color", "COLORTERM=truecolor", "\(address)=unix://\(engine.socket)",
            ], columns: 150, rows: 40)
    }

    @Test(arguments: kinds)
    func containersOfAnotherEngineAreWatchedAndManaged(kind: ServedEngine.Kind) throws {
        try ServedEngine.with(kind) { engine in
            try #require(
                engine.runContainer(
                    "-d", "--name", "theirs", "--stop-timeout", "1", "busybox", "sh", "-c",
                    "while :; do echo tick; sleep 0.2; done"
                ).code == 0)
            let screen = try open(engine)
            screen.wait(forText: "theirs")
            screen.wait(forText: "ENGINE")
            screen.wait(forText: "tick")
            // Somebody else changes something: no key is pressed.
            try #require(engine.native(["pause", "theirs"]).code == 0)
            screen.wait(forText: "paused")
            try #require(engine.native(["unpause", "theirs"]).code == 0)
            screen.wait(forText: "running")
            screen.type("2s")
            screen.wait(forText: "stopped theirs")
            #expect(try Command.eventually { try engine.state("theirs") == "exited" })
            screen.type("I")
            screen.wait(forText: "Engines 2")
            screen.wait(forText: "connected")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test(arguments: kinds)
    func anEngineThatHangsIsToldSoAndComesBack(kind: ServedEngine.Kind) throws {
        try ServedEngine.with(kind) { engine in
            try #require(engine.runContainer("-d", "--name", "theirs", "busybox", "sleep", "1000").code == 0)
            let screen = try open(engine)
            screen.wait(forText: "theirs")
            engine.daemon.signal(SIGSTOP)
            defer { engine.daemon.signal(SIGCONT) }
            screen.wait(forText: "\(kind.rawValue) away")
            screen.wait(forText: "running?")
            // Nothing waits for it.
            screen.type("3")
            screen.wait(forText: "Images")
            screen.type("2")
            screen.wait(forText: "theirs")
            engine.daemon.signal(SIGCONT)
            screen.wait(forText: "engine \(kind.rawValue) is back")
            screen.wait(forNoText: "running?")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test(.enabled(if: PodmanHome.isInstalled, "needs podman"))
    func anEngineThatDiesComesBackWithWhatChanged() throws {
        try ServedEngine.with(.podman) { engine in
            try #require(engine.runContainer("-d", "--name", "theirs", "busybox", "sleep", "1000").code == 0)
            let screen = try open(engine)
            screen.wait(forText: "theirs")
            engine.daemon.signal(SIGKILL)
            engine.daemon.wait()
            screen.wait(forText: "podman away")
            unlink(engine.socket)
            // Meanwhile somebody goes on with what needs no service.
            try #require(
                engine.native(["run", "-d"] + engine.options + ["--name", "later", "busybox", "sleep", "1000"]).code
                    == 0)
            let next = try #require(try engine.revive())
            defer {
                next.signal(SIGTERM)
                next.wait()
            }
            screen.wait(forText: "engine podman is back")
            screen.wait(forText: "later")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test(.enabled(if: DockerDaemon.isInstalled, "needs dockerd"))
    func anEngineWithoutDescriptorsIsToldAndComesBack() throws {
        try ServedEngine.with(.docker) { engine in
            try #require(engine.runContainer("-d", "--name", "theirs", "busybox", "sleep", "1000").code == 0)
            let screen = try open(engine)
            screen.wait(forText: "theirs")
            let limiter = try #require(Programs.installed("prlimit"))
            func limit(_ soft: String) throws {
                let set = try Command.run(
                    [limiter, "--pid", "\(engine.daemon.pid)", "--nofile=\(soft):"], scratch: engine.directory)
                #expect(set.code == 0, "\(set.errors)")
            }
            let limits = Command.text("/proc/\(engine.daemon.pid)/limits").split(separator: "\n")
            let before = try #require(
                limits.first { $0.hasPrefix("Max open files") }?.split(separator: " ").dropFirst(3).first)
            try limit("4")
            let told = try engine.run("ps")
            #expect(told.code == 1 && told.errors.contains("cannot be reached"), "\(told.errors)")
            screen.type("2")
            screen.wait(forText: "theirs")
            try limit(String(before))
            #expect(try Command.eventually { try engine.run("ps", "-q").lines.count == 1 })
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    /// Whatever speaks at the socket: the command line says what is wrong, and the dashboard stays.
    @Test(arguments: [
        "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{{{",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
        "HTTP/1.1 500 Oh\r\nContent-Length: 12\r\n\r\n\u{1b}[31mbroken\r\n", "",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ])
    func rubbishIsToldAndHarmsNothing(answer: String) throws {
        try Workplace.with { (place) throws in
            let socket = place.directory + "/rubbish.sock"
            let server = """
                import os, socket, sys
                s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(64)
                while True:
                    c, _ = s.accept()
                    try:
                        c.recv(65536); c.sendall(sys.argv[2].encode())
                    except OSError: pass
                    c.close()
                """
            let script = place.directory + "/rubbish.py"
            try server.write(toFile: script, atomically: true, encoding: .utf8)
            let python = try #require(Programs.installed("python3"))
            let child = try Command.start([python, script, socket, answer])
            defer {
                child.signal(SIGKILL)
                child.wait()
            }
            #expect(Command.eventually { access(socket, F_OK) == 0 })
            let told = try place.run("--engine", "docker", "-H", "unix://\(socket)", "ps")
            #expect(told.code == 1)
            #expect(told.errors.hasPrefix("spyhop: cannot") || told.errors.contains("no engine"), "\(told.errors)")
            #expect(!told.errors.contains("\u{1b}"))

            try place.run("run", "-d", "--name", "mine", "--stop-timeout", "1", "busybox", "sleep", "1000")
            let screen = try PseudoTerminal(
                [Programs.spyhop],
                environment: place.environment + ["TERM=xterm-256color", "DOCKER_HOST=unix://\(socket)"], columns: 150,
                rows: 40)
            screen.wait(forText: "mine")
            screen.wait(forText: "docker away")
            screen.type("2s")
            screen.wait(forText: "stopped mine")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    /// Memory, processes and limits of fifty containers are those that the engine's own command line tells, within 2 %.
    @Test(arguments: kinds)
    func fiftyContainersHaveTheFiguresThatTheirEngineTells(kind: ServedEngine.Kind) throws {
        try ServedEngine.with(kind) { engine in
            let hold = "dd if=/dev/zero of=/dev/shm/x bs=1M count=6 2>/dev/null; exec sleep 1000"
            for number in 1...50 {
                let made = try engine.native(
                    ["run", "-d"] + engine.options + ["--name", "c\(number)", "-m", "64m", "busybox", "sh", "-c", hold])
                try #require(made.code == 0, "\(made.errors)")
            }
            #expect(
                try Command.eventually { try figures(engine).values.allSatisfy { $0.memory > 6e6 && $0.pids == 1 } }
            )
            let ours = try figures(engine)
            #expect(ours.count == 50)
            for (name, theirs) in try told(engine) {
                let own = try #require(ours[name])
                #expect(abs(own.memory - theirs.memory) <= 0.02 * theirs.memory, "\(name): \(own) \(theirs)")
                #expect(own.pids == theirs.pids)
            }
            let screen = try open(engine)
            screen.wait(forText: "50/50 running")
            screen.type("2")
            screen.wait(forText: "c1 ")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
            _ = try engine.native(["rm", "-f"] + (kind == .podman ? ["-t", "0"] : []) + (1...50).map { "c\($0)" })
        }
    }

    private func figures(_ engine: ServedEngine) throws -> [String: (memory: Double, pids: Int)] {
        Self.parse(try engine.run("stats", "--no-stream", "--format", "{{.Name}}\t{{.MemUsage}}\t{{.PIDs}}"))
    }

    private func told(_ engine: ServedEngine) throws -> [String: (memory: Double, pids: Int)] {
        Self.parse(try engine.native(["stats", "--no-stream", "--format", "{{.Name}}\t{{.MemUsage}}\t{{.PIDs}}"]))
    }

    private static func parse(_ outcome: Outcome) -> [String: (memory: Double, pids: Int)] {
        var figures: [String: (memory: Double, pids: Int)] = [:]
        for line in outcome.lines {
            let parts = line.split(separator: "\t").map(String.init)
            guard parts.count == 3, let used = parts[1].split(separator: "/").first else { continue }
            figures[parts[0]] = (bytes(used.filter { $0 != " " }), Int(parts[2]) ?? 0)
        }
        return figures
    }

    private static func bytes(_ text: String) -> Double {
        let units: [(String, Double)] = [
            ("KiB", 1024), ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("B", 1),
        ]
        for (unit, factor) in units where text.hasSuffix(unit) {
            return (Double(text.dropLast(unit.count)) ?? 0) * factor
        }
        return 0
    }
}
