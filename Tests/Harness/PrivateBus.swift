import Foundation

/// A dbus-daemon of the test's own, with a directory of its own.
package final class PrivateBus {
    /// The program; Debian's package dbus-daemon.
    package static let program = "/usr/bin/dbus-daemon"
    /// The program is there.
    package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    /// The socket that it listens on.
    package let path: String
    private let directory: String
    private let daemon: Child

    /// Starts the daemon and waits until it listens.
    package init() throws {
        directory = try TemporaryDirectory.make("spyhop-bus")
        path = directory + "/bus"
        let configuration = """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
             "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig><listen>unix:path=\(path)</listen><auth>EXTERNAL</auth><policy context="default">
            <allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
            """
        try configuration.write(toFile: directory + "/configuration", atomically: true, encoding: .utf8)
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw HarnessError("pipe failed") }
        defer { close(ends[0]) }
        daemon = try Child(
            [Self.program, "--nofork", "--print-address=1", "--config-file", directory + "/configuration"],
            environment: []
        ) { actions in
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
            posix_spawn_file_actions_addclose(&actions, ends[0])
            posix_spawn_file_actions_addclose(&actions, ends[1])
        }
        close(ends[1])
        // It writes its address when it listens.
        var byte: UInt8 = 0
        guard read(ends[0], &byte, 1) == 1 else {
            stop()
            throw HarnessError("dbus-daemon ended before it listened")
        }
    }

    /// Ends the daemon; its directory goes with it.
    package func stop() {
        kill(daemon.pid, SIGTERM)
        daemon.wait()
        try? FileManager.default.removeItem(atPath: directory)
    }
}
