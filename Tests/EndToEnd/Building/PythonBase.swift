import Foundation
import Harness

/// What the example in examples/python-app stands on where Docker Hub is out of reach: made once, and kept in the build directory.
enum PythonBase {
    private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    /// The example's directory.
    static let example = package + "/examples/python-app"

    /// Whether this machine has what it takes.
    static var isPossible: Bool {
        ["debootstrap", "python3"].allSatisfy { Programs.installed($0) != nil }
    }

    /// An archive of Debian's least and Python. The first caller waits for a minute or two.
    static func archive() throws -> String {
        let path = package + "/.build/python-base.tar"
        try once(path) { part in
            [example + "/debian-base", part]
        }
        return path
    }

    /// A directory with the packages that requirements.txt names, brought by this machine's pip in its own way.
    static func wheels() throws -> String {
        let path = package + "/.build/python-wheels"
        try once(path) { part in
            [
                "/usr/bin/python3", "-m", "pip", "download", "--quiet", "--python-version", "3.11",
                "--only-binary=:all:",
                "--no-deps", "--require-hashes", "--requirement", example + "/requirements.txt", "--dest", part,
            ]
        }
        return path
    }

    /// What the machine's pip is told, for a pip in a container: its certificates are copied into a directory that is seen
    /// there at `place`.
    static func pipConfiguration(certificatesIn directory: String, seenAt place: String) throws -> String {
        let told = try Command.run(
            ["/usr/bin/python3", "-m", "pip", "config", "list"], environment: environment, scratch: "/tmp", seconds: 60)
        var text = "[global]\ntimeout = 60\n"
        for line in told.lines {
            // `global.index-url='…'`, `:env:.cert='…'`.
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let key = parts[0].split(separator: ".").last else { continue }
            let value = parts[1].trimmingCharacters(in: ["'", "\""])
            switch key {
            case "cert":
                if access(directory + "/certificates", F_OK) != 0 {
                    try FileManager.default.copyItem(atPath: value, toPath: directory + "/certificates")
                    text += "cert = \(place)/certificates\n"
                }
            case "index-url", "extra-index-url", "proxy", "trusted-host": text += "\(key) = \(value)\n"
            default: break
            }
        }
        return text
    }

    /// pip is configured by files and variables of whoever runs the tests.
    private static var environment: [String] {
        ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    }

    private static func once(_ path: String, _ words: (_ part: String) -> [String]) throws {
        if access(path, F_OK) == 0 { return }
        let part = "\(path).\(getpid())"
        let outcome = try Command.run(words(part), environment: environment, scratch: "/tmp", seconds: 900)
        guard outcome.code == 0, rename(part, path) == 0 || access(path, F_OK) == 0 else {
            throw HarnessError("no \(path): \(outcome.output.suffix(1000))\(outcome.errors.suffix(2000))")
        }
    }
}
