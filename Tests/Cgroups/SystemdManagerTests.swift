import Engine
import Foundation
import Testing

@testable import Cgroups
@testable import DBus

/// The conversation with systemd, on Debian's dbus-daemon with a manager that the test plays.
@Suite(.enabled(if: ManagerOnABus.isInstalled, "needs dbus-daemon"), .serialized)
struct SystemdManagerTests {
    private let unit = "try-box.scope"

    @Test func aScopeIsStartedAndItsEndOfTheJobAwaited() throws {
        let played = try ManagerOnABus { call in
            switch call.member {
            case "StartTransientUnit": .job("done")
            default: .error("org.freedesktop.DBus.Error.UnknownMethod")
            }
        }
        defer { played.stop() }
        try SystemdManager(played.bus).start(unit, [SystemdProperty("Delegate", .boolean(true))])
        let call = try #require(played.calls.first)
        #expect(
            call.body == [
                .string(unit), .string("fail"),
                .array(of: "(sv)", [.structure([.string("Delegate"), .variant(.boolean(true))])]),
                .array(of: "(sa(sv))", []),
            ])
    }

    @Test func aJobThatFailsIsAnError() throws {
        let played = try ManagerOnABus { _ in .job("failed") }
        defer { played.stop() }
        do throws(EngineError) {
            try SystemdManager(played.bus).start(unit, [])
            Issue.record("it failed")
        } catch {
            #expect(error.description.contains("try-box.scope") && error.description.contains("'failed'"))
        }
    }

    @Test func aUnitThatFailedBeforeIsForgottenAndOneThatRunsIsAConflict() throws {
        let played = try ManagerOnABus { call in
            call.member == "ResetFailedUnit" ? .nothing : .error("org.freedesktop.systemd1.UnitExists")
        }
        defer { played.stop() }
        do throws(EngineError) {
            try SystemdManager(played.bus).start(unit, [])
            Issue.record("the unit is there")
        } catch { #expect(error.code == .conflict) }
        #expect(played.calls.compactMap(\.member) == ["StartTransientUnit", "ResetFailedUnit", "StartTransientUnit"])
    }

    @Test func aUnitThatIsGoneIsStoppedAlready() throws {
        let played = try ManagerOnABus { _ in .error("org.freedesktop.systemd1.NoSuchUnit") }
        defer { played.stop() }
        try SystemdManager(played.bus).stop(unit)
        #expect(played.calls.first?.body == [.string(unit), .string("replace")])
    }

    @Test func limitsAreChangedUntilTheUnitEnds() throws {
        let played = try ManagerOnABus { _ in .nothing }
        defer { played.stop() }
        var resources = CgroupResources()
        resources.pids = 9
        try SystemdManager(played.bus).set(SystemdProperty.limits(resources, isV2: true), of: unit)
        #expect(
            played.calls.first?.body == [
                .string(unit), .boolean(true),
                .array(of: "(sv)", [.structure([.string("TasksMax"), .variant(.uint64(9))])]),
            ])
    }

    @Test func theCgroupIsAskedOfTheUnit() throws {
        let played = try ManagerOnABus { call in
            call.member == "GetUnit"
                ? .values([.objectPath("/unit")]) : .values([.variant(.string("/a.slice/x.scope"))])
        }
        defer { played.stop() }
        #expect(try SystemdManager(played.bus).cgroup(of: unit) == "/a.slice/x.scope")
        #expect(played.calls.map(\.path) == ["/org/freedesktop/systemd1", "/unit"])
    }

    @Test func whereNobodyListensTheErrorTellsWhatToDo() {
        let bus = SystemdBus.user(addresses: "unix:path=/nowhere/bus", runtimeDirectory: nil)
        do throws(EngineError) {
            try SystemdManager(bus).stop(unit)
            Issue.record("nobody listens")
        } catch {
            #expect(error.code == .unsupported && error.description.contains("/nowhere/bus") && error.hint != nil)
        }
    }
}
