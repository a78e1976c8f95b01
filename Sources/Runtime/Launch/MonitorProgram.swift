import CMonitorWire
import Glibc
import LinuxSystem

/// The program spyhop-monitor, to be started.
struct MonitorProgram {
    let path: String

    /// Starts the program from a read-only mount of its own file, so that no container can write it through
    /// /proc/PID/exe. Where that may not be done the file itself is started, and the monitor tries.
    /// - Parameter descriptors: its numbers → ours.
    /// - Returns: the process, and the mount's descriptor to be closed when the monitor runs; -1 without one.
    func start(_ descriptors: [Int32: Int32]) throws(SystemError) -> (pid: pid_t, mount: Int32) {
        var program = Spawn(path: path, arguments: ["spyhop-monitor"], descriptors: descriptors)
        guard let mount = try? OwnedDescriptor.readOnlyClone(path) else { return (try program.start(), -1) }
        // The monitor closes whatever lies above its own numbers.
        let number = max(descriptors.keys.max() ?? 0, Int32(SPH_FD_CLIENT.rawValue)) + 1
        program.descriptors[number] = mount.rawValue
        program.path = "/proc/self/fd/\(number)"
        return (try program.start(), mount.take())
    }
}
