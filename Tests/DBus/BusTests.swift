import Foundation
import Harness
import Testing

@testable import DBus

/// Against Debian's dbus-daemon, a bus of the test's own.
@Suite(.enabled(if: PrivateBus.isInstalled, "needs dbus-daemon"), .serialized)
struct BusTests {
    private static func call(_ member: String, _ body: [DBusValue]) -> DBusMessage {
        .call(
            member, of: "org.freedesktop.DBus", at: "/org/freedesktop/DBus", destination: "org.freedesktop.DBus",
            body: body)
    }

    @Test func theBusGivesAName() throws {
        let bus = try PrivateBus()
        defer { bus.stop() }
        let connection = try DBusConnection(.path(bus.path))
        #expect(connection.name?.hasPrefix(":1.") == true)
        let names = try connection.call(Self.call("ListNames", []))
        #expect(names.body.first == .strings(["org.freedesktop.DBus", connection.name ?? ""]))
    }

    @Test func anErrorComesWithItsNameAndItsWords() throws {
        let bus = try PrivateBus()
        defer { bus.stop() }
        let connection = try DBusConnection(.path(bus.path))
        do throws(DBusError) {
            _ = try connection.call(Self.call("GetNameOwner", [.string("no.such.name")]))
            Issue.record("there is no such name")
        } catch {
            #expect(error.remoteName == "org.freedesktop.DBus.Error.NameHasNoOwner")
            #expect(error.description.contains("no.such.name"))
        }
    }

    @Test func aSignalIsWaitedForAndOneThatCameMeanwhileIsFound() throws {
        let bus = try PrivateBus()
        defer { bus.stop() }
        let first = try DBusConnection(.path(bus.path))
        try first.addMatch("type='signal',member='NameOwnerChanged',arg0='spyhop.test'")
        let second = try DBusConnection(.path(bus.path))
        _ = try second.call(Self.call("RequestName", [.string("spyhop.test"), .uint32(0)]))
        // The signal is in before this answer is.
        _ = try first.call(Self.call("ListNames", []))
        let signal = try first.signal(milliseconds: 10_000) { $0.member == "NameOwnerChanged" }
        #expect(signal.body == [.string("spyhop.test"), .string(""), .string(second.name ?? "")])
    }

    @Test func whatDoesNotComeIsNotWaitedForLongerThanAsked() throws {
        let bus = try PrivateBus()
        defer { bus.stop() }
        let connection = try DBusConnection(.path(bus.path))
        #expect(throws: DBusError.timedOut("such signal")) {
            _ = try connection.signal(milliseconds: 20, what: "such signal") { $0.member == "Never" }
        }
    }

    @Test func aCallToUsIsTurnedDown() throws {
        let bus = try PrivateBus()
        defer { bus.stop() }
        nonisolated(unsafe) let asked = try DBusConnection(.path(bus.path))
        let name = asked.name
        let thread = Thread { _ = try? asked.signal(milliseconds: 10_000) { $0.member == "Enough" } }
        let asking = try DBusConnection(.path(bus.path))
        thread.start()
        #expect(throws: DBusError.self) {
            _ = try asking.call(.call("Ping", of: "org.freedesktop.DBus.Peer", at: "/", destination: name))
        }
    }

    @Test func aBusThatEndsIsTold() throws {
        let bus = try PrivateBus()
        let connection = try DBusConnection(.path(bus.path))
        bus.stop()
        #expect(throws: DBusError.closed) { _ = try connection.call(Self.call("ListNames", [])) }
    }
}
