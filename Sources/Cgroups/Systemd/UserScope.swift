import DBus
import Engine
import Glibc

/// An ordinary user's command has no cgroup of its own to give parts of: his session's belongs to root. His own systemd
/// gives it one, a delegated scope around this process, as podman has it too.
public enum UserScope {
    /// The cgroup in which the command itself stands, so that the scope may give controllers to its other children (version 2's
    /// no-internal-process rule).
    private static let inner = "command"

    /// Moves this process into a delegated scope of its own, which lasts as long as it, or a monitor that it started.
    /// Where the host's controllers are not on version 2 nothing is done, since only that tree can be delegated.
    /// - Returns: whether it was moved: `CgroupHierarchies` must be detected anew then.
    /// - Throws: `EngineError` `.unsupported` when the user's systemd does not answer, `.system` when it refuses.
    public static func enter(on bus: SystemdBus) throws(EngineError) -> Bool {
        guard SystemdBus.isRunning else { return false }
        let hierarchies = try CgroupHierarchies.detect()
        guard hierarchies.mode == .v2, let tree = hierarchies.unified else { return false }
        let manager = try SystemdManager(bus)
        let unit = "spyhop-\(getpid())-\(UInt32.random(in: 0 ... .max)).scope"
        try manager.start(unit, properties(process: UInt32(clamping: getpid())))
        let scope = tree.mountPoint + (try manager.cgroup(of: unit))
        try CgroupDirectory.make(scope + "/" + inner) { _ in }
        do {
            try ControlFile.write("\(getpid())", to: "\(scope)/\(inner)/cgroup.procs")
        } catch {
            throw EngineError(.system, "cannot move into the scope \(unit)", cause: error)
        }
        let offered = (try? ControlFile.read(scope + "/cgroup.controllers")) ?? []
        ControllerGrant.give(Controller.set(named: offered), at: scope)
        return true
    }

    static func properties(process: UInt32) -> [SystemdProperty] {
        [
            SystemdProperty("Description", .string("containers of spyhop")),
            SystemdProperty("Delegate", .boolean(true)),
            SystemdProperty("PIDs", .array(of: "u", [.uint32(process)])),
            SystemdProperty("CollectMode", .string("inactive-or-failed")),
        ]
    }
}
