import Engine
import Glibc
import LinuxSystem

/// Runs a command line by the Spyhop of another host, with nothing but the system's ssh between.
struct RemoteSpyhop {
    let address: SecureShellAddress
    let environment: ProcessEnvironment

    /// The words of the whole command line, without those that led here.
    static func words(_ arguments: [String]) -> [String] {
        var words: [String] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if word == "--" {
                words.append(word)
                break
            }
            if word == "--host" || word == "-H" {
                _ = rest.popFirst()
            } else if !word.hasPrefix("--host=") {
                words.append(word)
            }
            // What stands behind the command's first own word belongs to it.
            if let command = words.first(where: { !$0.hasPrefix("-") }), command == "run" || command == "exec" { break }
        }
        return words + rest
    }

    /// Runs it; answers the remote command's exit code, ssh's own 255 as 125 with a reason.
    func run(_ words: [String]) async throws -> Int32 {
        let program = environment.value("SPYHOP_REMOTE_PROGRAM") ?? "spyhop"
        guard let ssh = InstalledProgram.find("ssh", searchPath: environment.value("PATH")) else {
            throw EngineError(.notFound, "ssh is not installed here", hint: "apt-get install openssh-client")
        }
        // A command in a container may end with 127 as well: who is missing is asked for before.
        let line = ([program] + words).map(Self.quoted).joined(separator: " ")
        let remote = "command -v \(Self.quoted(program)) >/dev/null || exit \(Self.missing); exec \(line)"
        // A terminal there is wanted where both ends of one are here; a pipe's bytes would suffer from it.
        let terminal = isatty(0) == 1 && isatty(1) == 1 ? ["-t"] : ["-T"]
        let code = try await ChildProcess.run(
            [ssh] + address.options + terminal + ["-o", "LogLevel=ERROR", "--", address.destination, remote])
        if code == 255 {
            throw EngineError(
                .unreachable, "ssh did not reach \(address.destination)",
                hint: "ssh \(address.destination) true shows why")
        }
        if code == Self.missing {
            throw EngineError(
                .notFound, "there is no program \(program) at \(address.destination)",
                hint: "install Spyhop there, or say where it is: SPYHOP_REMOTE_PROGRAM=/path/to/spyhop")
        }
        return code
    }

    /// What the remote shell says when the program is not there.
    private static let missing: Int32 = 254

    /// A word as the remote shell reads it (POSIX, "Single-Quotes").
    static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_./:=,@%+".utf8.contains(byte)
            }
        }
        if plain, !word.isEmpty { return word }
        return "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
