import DBus
import Foundation
import LinuxSystem

/// A dbus-daemon of the test's own.
struct PrivateBus {
    static let program = "/usr/bin/dbus-daemon"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    let address: DBusAddress
    private let process: pid_t
    private let directory: String

    init() throws {
        directory = "/tmp/spyhop-bus-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let configuration = """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
             "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig><listen>unix:path=\(directory)/bus</listen><auth>EXTERNAL</auth><policy context="default">
            <allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
            """
        try configuration.write(toFile: directory + "/configuration", atomically: true, encoding: .utf8)
        let null = try OwnedDescriptor.open("/dev/null", O_RDWR)
        let ends = try LinuxSystem.Pipe().take()
        let output = OwnedDescriptor(owning: ends.read)
        let given = OwnedDescriptor(owning: ends.write)
        process = try Spawn(
            path: Self.program,
            arguments: [Self.program, "--nofork", "--print-address", "--config-file", directory + "/configuration"],
            descriptors: [0: null.rawValue, 1: given.rawValue, 2: null.rawValue]
        ).start()
        try given.close()
        // It writes its address when it listens.
        var line = [UInt8](repeating: 0, count: 1024)
        let count = try line.withUnsafeMutableBytes { try output.read(into: $0) }
        address = .path(directory + "/bus")
        guard count > 0 else {
            stop()
            throw DBusError.closed
        }
    }

    func stop() {
        kill(process, SIGTERM)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        try? FileManager.default.removeItem(atPath: directory)
    }
}
