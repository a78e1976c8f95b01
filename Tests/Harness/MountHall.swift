import Foundation

/// A mount namespace that plays the host: what is mounted in it vanishes with it, and the real host's mounts are left alone.
package final class MountHall {
    private let holder: Child
    private let end: Int32

    package init() throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0, let program = Programs.installed("unshare") else { throw HarnessError("no unshare") }
        for one in ends { _ = fcntl(one, F_SETFD, FD_CLOEXEC) }
        end = ends[1]
        let reading = ends[0]
        holder = try Child([program, "-m", "/bin/sh", "-c", "read -r nothing"], environment: [Command.searchPath]) {
            actions in posix_spawn_file_actions_adddup2(&actions, reading, 0)
        }
        Glibc.close(reading)
        let own = Self.namespace(of: getpid())
        guard Command.eventually({ Self.namespace(of: holder.pid) != own }) else {
            throw HarnessError("no mount namespace")
        }
    }

    /// The words that run a command inside.
    package var entering: [String] { ["/usr/bin/nsenter", "--mount=/proc/\(holder.pid)/ns/mnt", "--"] }

    /// Runs a shell script inside; a failure is an error.
    package func run(_ script: String) throws {
        let outcome = try Command.run(entering + ["/bin/sh", "-c", script], scratch: "/tmp", seconds: 20)
        guard outcome.code == 0 else { throw HarnessError("\(script): \(outcome.errors)") }
    }

    /// Its mount table.
    package var mounts: String { Command.text("/proc/\(holder.pid)/mountinfo") }

    package func close() {
        Glibc.close(end)
        holder.signal(SIGKILL)
        holder.wait()
    }

    private static func namespace(of pid: pid_t) -> String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/ns/mnt")) ?? ""
    }
}
