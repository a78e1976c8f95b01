import Dashboard
import Glibc
import LinuxSystem

/// Runs the commands that alerts ask for: by a shell, apart from the terminal, and not for ever.
struct AlertRunner: Sendable {
    /// A command that takes longer is ended, with all that it started in its session.
    var patience: Duration = .seconds(30)

    /// Runs one to its end; answers what went wrong.
    func run(_ command: AlertCommand) async -> String? {
        let pid: pid_t
        do {
            let nothing = try OwnedDescriptor.open("/dev/null", O_RDWR)
            let number = nothing.rawValue
            pid = try Spawn(
                path: "/bin/sh", arguments: ["sh", "-c", command.line], environment: Self.environment(command),
                descriptors: [0: number, 1: number, 2: number]
            ).start()
        } catch { return "\(error)" }
        let end = ContinuousClock.now + patience
        var pause = Duration.milliseconds(10)
        while ContinuousClock.now < end {
            if let code = Self.ended(pid) {
                return code == 0 ? nil : "'\(command.line)' ended with exit code \(code)"
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(500))
        }
        // Whoever waits may come late; what has ended meanwhile took no longer.
        if let code = Self.ended(pid) {
            return code == 0 ? nil : "'\(command.line)' ended with exit code \(code)"
        }
        kill(-pid, SIGKILL)
        kill(pid, SIGKILL)
        while Self.ended(pid) == nil { try? await Task.sleep(for: .milliseconds(20)) }
        return "'\(command.line)' took longer than \(patience.components.seconds) s and was ended"
    }

    /// This process's variables, and those that tell of the alert.
    private static func environment(_ command: AlertCommand) -> [String] {
        ProcessEnvironment.inherited().filter { !$0.hasPrefix("SPYHOP_ALERT=") }
            + command.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }

    /// Its exit code once it has ended.
    private static func ended(_ pid: pid_t) -> Int32? {
        var status: Int32 = 0
        let answer = waitpid(pid, &status, WNOHANG)
        if answer == 0 { return nil }
        guard answer == pid else { return 0 }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}
