import Cgroups
import Foundation
import LinuxSystem

@testable import DBus

/// A dbus-daemon of the test's own, and on it a systemd that answers as the test says.
final class ManagerOnABus {
    static let program = "/usr/bin/dbus-daemon"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    enum Answer {
        case nothing
        case values([DBusValue])
        /// A job, which ends like this before the reply comes.
        case job(String)
        case error(String)
    }

    let bus: SystemdBus
    private let process: pid_t
    private let directory: String
    private let ended = DispatchSemaphore(value: 0)
    private let lock = NSLock()
    private nonisolated(unsafe) var seen: [DBusMessage] = []

    /// The calls until now.
    var calls: [DBusMessage] { lock.withLock { seen } }

    init(_ answer: @escaping @Sendable (DBusMessage) -> Answer) throws {
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
        _ = try line.withUnsafeMutableBytes { try output.read(into: $0) }
        bus = .user(addresses: "unix:path=\(directory)/bus", runtimeDirectory: nil)
        nonisolated(unsafe) let connection: DBusConnection
        do {
            connection = try DBusConnection(.path(directory + "/bus"))
            _ = try connection.call(
                .call(
                    "RequestName", of: "org.freedesktop.DBus", at: "/org/freedesktop/DBus",
                    destination: "org.freedesktop.DBus", body: [.string("org.freedesktop.systemd1"), .uint32(0)]))
        } catch {
            endDaemon()
            throw error
        }
        nonisolated(unsafe) let played = self
        Thread.detachNewThread {
            while played.serve(connection, answer) {}
            played.ended.signal()
        }
    }

    /// Answers one message; `false` when the bus is gone.
    private func serve(_ connection: DBusConnection, _ answer: (DBusMessage) -> Answer) -> Bool {
        guard let call = try? connection.next(milliseconds: 60_000) else { return false }
        guard call.kind == .call else { return true }
        lock.withLock { seen.append(call) }
        var reply = DBusMessage(.reply)
        reply.replySerial = call.serial
        reply.destination = call.sender
        switch answer(call) {
        case .nothing: break
        case .values(let values): reply.body = values
        case .job(let result):
            var signal = DBusMessage(.signal)
            signal.path = "/org/freedesktop/systemd1"
            signal.interface = "org.freedesktop.systemd1.Manager"
            signal.member = "JobRemoved"
            signal.body = [.uint32(1), .objectPath("/job/1"), call.body.first ?? .string(""), .string(result)]
            _ = try? connection.post(signal)
            reply.body = [.objectPath("/job/1")]
        case .error(let name):
            reply.kind = .error
            reply.errorName = name
            reply.body = [.string("as the test has it")]
        }
        return (try? connection.post(reply)) != nil
    }

    func stop() {
        endDaemon()
        ended.wait()
    }

    private func endDaemon() {
        kill(process, SIGTERM)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        try? FileManager.default.removeItem(atPath: directory)
    }
}
