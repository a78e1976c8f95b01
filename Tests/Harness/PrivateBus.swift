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
    private let daemon = Process()

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
        daemon.executableURL = URL(fileURLWithPath: Self.program)
        daemon.arguments = ["--nofork", "--print-address", "--config-file", directory + "/configuration"]
        let output = Pipe()
        daemon.standardInput = FileHandle.nullDevice
        daemon.standardOutput = output
        daemon.standardError = FileHandle.nullDevice
        try daemon.run()
        // It writes its address when it listens.
        guard !output.fileHandleForReading.availableData.isEmpty else {
            stop()
            throw HarnessError("dbus-daemon ended before it listened")
        }
    }

    /// Ends the daemon; its directory goes with it.
    package func stop() {
        daemon.terminate()
        daemon.waitUntilExit()
        try? FileManager.default.removeItem(atPath: directory)
    }
}
