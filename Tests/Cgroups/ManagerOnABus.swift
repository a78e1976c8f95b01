import Cgroups
import Foundation
import Harness
import LinuxSystem

@testable import DBus

/// A dbus-daemon of the test's own, and on it a systemd that answers as the test says.
final class ManagerOnABus {
    static var isInstalled: Bool { PrivateBus.isInstalled }

    enum Answer {
        case nothing
        case values([DBusValue])
        /// A job, which ends like this before the reply comes.
        case job(String)
        case error(String)
    }

    let bus: SystemdBus
    private let daemon: PrivateBus
    private let ended = DispatchSemaphore(value: 0)
    private let lock = NSLock()
    private nonisolated(unsafe) var seen: [DBusMessage] = []

    /// The calls until now.
    var calls: [DBusMessage] { lock.withLock { seen } }

    init(_ answer: @escaping @Sendable (DBusMessage) -> Answer) throws {
        daemon = try PrivateBus()
        bus = .user(addresses: "unix:path=\(daemon.path)", runtimeDirectory: nil)
        nonisolated(unsafe) let connection: DBusConnection
        do {
            connection = try DBusConnection(.path(daemon.path))
            _ = try connection.call(
                .call(
                    "RequestName", of: "org.freedesktop.DBus", at: "/org/freedesktop/DBus",
                    destination: "org.freedesktop.DBus", body: [.string("org.freedesktop.systemd1"), .uint32(0)]))
        } catch {
            daemon.stop()
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
        daemon.stop()
        ended.wait()
    }
}
