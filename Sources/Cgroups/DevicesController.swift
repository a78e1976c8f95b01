import Engine
import Glibc
import LinuxSystem

extension ContainerCgroup {
    /// Lets the container use only these devices: by version 1's devices controller, else by a BPF program.
    /// - Returns: a sentence for the person when this host cannot.
    func allow(_ rules: [DeviceRule]) throws(EngineError) -> [String] {
        guard let directory = paths[Controller.devices.rawValue] else { return [] }
        return try DevicesController.apply(rules, v1Directory: directory)
    }
}

/// Version 1's devices controller: `devices.deny` and `devices.allow`.
enum DevicesController {
    static func apply(_ rules: [DeviceRule], v1Directory: String) throws(EngineError) -> [String] {
        if rules.contains(where: { $0.kind == .all }) { return [] }
        do {
            try ControlFile.write("a", to: v1Directory + "/devices.deny")
            for rule in rules { try ControlFile.write(rule.text, to: v1Directory + "/devices.allow") }
            return []
        } catch where error.number == EPERM {
            // A parent that allows less cannot be widened, and then is strict enough itself.
            return ["devices: the cgroup above allows fewer devices than usual, the container gets no more"]
        } catch {
            throw EngineError(.system, "cannot limit the container's devices", cause: error)
        }
    }
}
