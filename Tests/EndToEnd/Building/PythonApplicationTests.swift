import Foundation
import Harness
import Testing

/// examples/python-app, as its README says: built, run, asked, loaded, and changed.
@Suite(.needsRoot, .serialized, .enabled(if: PythonBase.isPossible, "needs debootstrap and python3"))
struct PythonApplicationTests {
    private static let pip = "[global]\nno-index = true\nfind-links = /wheels\ndisable-pip-version-check = true\n"

    /// The options that stand for a network: a base of Debian's, packages in a context, pip's configuration as a secret.
    private func build(_ place: Workplace, _ wheels: String, _ context: String) throws -> BuildLog {
        try place.built(
            "-t", "app", "--network", "none", "--build-arg", "BASE=python-base", "--build-context", "wheels=\(wheels)",
            "--secret", "id=pip,src=\(place.directory)/pip.conf", context)
    }

    /// What the application answers on the published port; empty while it does not.
    private func ask(_ path: String, _ place: Workplace) throws -> String {
        let words = [
            Programs.installed("busybox") ?? "", "wget", "-q", "-O", "-", "http://127.0.0.1:8000\(path)",
        ]
        return try Command.run(words, scratch: place.directory, seconds: 20).output
    }

    private func copyExample(_ place: Workplace) throws -> String {
        let context = place.directory + "/python-app"
        let copied = try Command.run(["/bin/cp", "-rL", PythonBase.example, context], scratch: place.directory)
        guard copied.code == 0 else { throw HarnessError("no example: \(copied.errors)") }
        return context
    }

    @Test func theApplicationIsBuiltRunAskedAndChanged() throws {
        // On the machine's own network, before there is a namespace of the test's.
        let (base, wheels) = (try PythonBase.archive(), try PythonBase.wheels())
        try Workplace.with(image: false) { (place) throws in
            try place.succeed("import", base, "python-base")
            try Self.pip.write(toFile: place.directory + "/pip.conf", atomically: true, encoding: .utf8)
            let context = try copyExample(place)
            let first = try build(place, wheels, context)
            #expect(first.output(of: "RUN --mount").contains { $0.hasPrefix("Successfully installed") }, "\(first)")

            try place.succeed(
                "run", "-d", "--name", "app", "-p", "127.0.0.1:8000:8000", "-v", "\(context)/app.toml:/etc/app.toml:ro",
                "-e", "GREETER=a test", "app")
            try place.eventually("it answers") { try ask("/", place) == "Ahoy from a test\n" }
            #expect(try place.run("exec", "app", "id", "-u").output == "1000\n")
            try place.eventually("it is healthy") {
                try place.run("inspect", "-f", "{{.State.Health.Status}}", "app").trimmed == "healthy"
            }
            // In place: a file that is mounted is the file itself, and not its name.
            let file = try #require(FileHandle(forWritingAtPath: context + "/app.toml"))
            try file.truncate(atOffset: 0)
            try file.write(contentsOf: Data("greeting = \"Hail\"\n".utf8))
            try file.close()
            #expect(try ask("/", place) == "Hail from a test\n")
            try load(place)
            try place.succeed("rm", "-f", "app")
            try change(place, wheels, context)
        }
    }

    /// From PyPI itself, over the machine's own network, as its pip is told to reach it.
    @Test func itsRequirementsComeFromPyPI() throws {
        let base = try PythonBase.archive()
        try Workplace.with(image: false) { (place) throws in
            try place.succeed("import", base, "python-base")
            let trusted = try place.context([:])
            let configuration = try PythonBase.pipConfiguration(certificatesIn: trusted, seenAt: "/wheels")
            try configuration.write(toFile: place.directory + "/pip.conf", atomically: true, encoding: .utf8)
            let words =
                [
                    "/usr/bin/nsenter", "--net=/proc/\(getpid())/ns/net", "--", Workplace.spyhop, "build", "--progress",
                    "plain",
                ]
                + ["-t", "app", "--network", "host", "--build-arg", "BASE=python-base", "--build-context"]
                + ["wheels=\(trusted)", "--secret", "id=pip,src=\(place.directory)/pip.conf", PythonBase.example]
            let built = try Command.run(
                words, environment: place.environment, scratch: place.directory, seconds: 300)
            try #require(built.code == 0, "\(built.errors)")
            let told = BuildLog(built.errors).output(of: "RUN --mount")
            #expect(told.contains { $0.contains("Downloading flask-") }, "\(told)")
            #expect(told.contains { $0.hasPrefix("Successfully installed") }, "\(told)")
        }
    }

    /// Under load the figures that the graphs are made of move.
    private func load(_ place: Workplace) throws {
        func figures() throws -> (cpu: Double, memory: String) {
            let words = try place.run("stats", "--no-stream", "--format", "{{.CPUPerc}} {{.MemUsage}}", "app").trimmed
                .split(separator: " ")
            return (Double(words.first?.dropLast() ?? "") ?? -1, String(words.dropFirst().first ?? ""))
        }
        try place.eventually("it is idle") { try (0..<5).contains(figures().cpu) }
        let callers = try (0..<3).map { _ in
            try Command.start([
                Programs.installed("busybox") ?? "", "wget", "-q", "-O", "/dev/null",
                "http://127.0.0.1:8000/load?ms=5000&mb=64",
            ])
        }
        try place.eventually("it works") { try figures().cpu > 30 }
        for caller in callers { #expect(caller.wait() == 0) }
    }

    /// New code makes one layer; a new requirement makes pip's layer again.
    private func change(_ place: Workplace, _ wheels: String, _ context: String) throws {
        let code = Command.text(context + "/app.py").replacingOccurrences(of: "\"Hello\"", with: "\"Good day\"")
        try code.write(toFile: context + "/app.py", atomically: true, encoding: .utf8)
        let second = try build(place, wheels, context)
        #expect(second.state(of: "RUN --mount") == .cached, "\(second)")
        #expect(second.state(of: "COPY app.py") == .done, "\(second)")
        try place.succeed("run", "-d", "--name", "app", "-p", "127.0.0.1:8000:8000", "app")
        try place.eventually("the new one answers") { try ask("/", place) == "Good day from Spyhop\n" }
        let requirements = Command.text(context + "/requirements.txt")
        try (requirements + "# one more\n").write(
            toFile: context + "/requirements.txt", atomically: true, encoding: .utf8)
        let third = try build(place, wheels, context)
        #expect(third.state(of: "RUN --mount") == .done, "\(third)")
    }
}
