import Dashboard
import Glibc
import LinuxSystem

/// Runs the commands that alerts ask for: by a shell, apart from the terminal, and not for ever.
struct AlertRunner: Sendable {
    /// A command that takes longer is ended, with all that it started in its session.
    var patience: Duration = .seconds(30)

    /// Runs one to its end; answers what went wrong.
    func run(_ command: AlertCommand) async -> String? {
        // What it says is for nobody.
        let program = ProgramRun(
            path: "/bin/sh", arguments: ["sh", "-c", "exec >/dev/null 2>&1\n\(command.line)"],
            environment: Self.environment(command), deadline: patience)
        do {
            // Whoever quits meanwhile does not cut it off.
            let code = try await Task.detached { try await program.finish().code }.value
            return code == 0 ? nil : "'\(command.line)' ended with exit code \(code)"
        } catch let error as SystemError where error.number == ETIMEDOUT {
            return "'\(command.line)' took longer than \(patience.components.seconds) s and was ended"
        } catch { return "\(error)" }
    }

    /// This process's variables, and those that tell of the alert.
    private static func environment(_ command: AlertCommand) -> [String] {
        ProcessEnvironment.inherited().filter { !$0.hasPrefix("SPYHOP_ALERT=") }
            + command.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }
}
