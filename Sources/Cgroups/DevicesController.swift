import CLinux
import Engine
import Glibc
import LinuxSystem

extension ContainerCgroup {
    /// Lets the container use only these devices: by version 1's devices controller, else by a BPF program.
    /// - Returns: a sentence for the person when this host cannot.
    func allow(_ rules: [DeviceRule]) throws(EngineError) -> [String] {
        if rules.contains(where: { $0.kind == .all }) { return [] }
        if let directory = paths[Controller.devices.rawValue] {
            return try DevicesController.applyV1(rules, to: directory)
        }
        return v2Directory.map { DevicesController.applyV2(rules, to: $0) } ?? []
    }
}

/// Which devices a cgroup may use.
enum DevicesController {
    /// By `devices.deny` and `devices.allow` (Documentation/admin-guide/cgroup-v1/devices.rst).
    static func applyV1(_ rules: [DeviceRule], to directory: String) throws(EngineError) -> [String] {
        do {
            try ControlFile.write("a", to: directory + "/devices.deny")
            // One line a write; the file is opened once, as a dozen opens would cost more than the writes.
            let file = try OwnedDescriptor.open(directory + "/devices.allow", O_WRONLY)
            for rule in rules { try file.writeAll(Array(rule.text.utf8)) }
            return []
        } catch  where error.number == EPERM {
            // A parent that allows less cannot be widened, and then is strict enough itself.
            return ["devices: the cgroup above allows fewer devices than usual, the container gets no more"]
        } catch {
            throw EngineError(.system, "cannot limit the container's devices", cause: error)
        }
    }

    /// By a BPF program (Documentation/admin-guide/cgroup-v2.rst, "Device controller").
    static func applyV2(_ rules: [DeviceRule], to directory: String) -> [String] {
        do {
            let cgroup = try OwnedDescriptor.open(directory, O_RDONLY | O_DIRECTORY)
            let compiled = rules.map(compile)
            let failure = sph_cgroup_allow_devices(cgroup.rawValue, compiled, Int32(clamping: compiled.count))
            guard failure == 0 else { throw SystemError(failure, "bpf", directory) }
            return []
        } catch {
            return ["devices: the kernel does not let this container's devices be limited: \(error)"]
        }
    }

    private static func compile(_ rule: DeviceRule) -> sph_device_rule {
        let kind: sph_device_kind =
            switch rule.kind {
            case .character: SPH_DEVICE_CHARACTER
            case .block: SPH_DEVICE_BLOCK
            case .all: SPH_DEVICE_ANY
            }
        let bits: [Character: sph_device_access] = [
            "m": SPH_DEVICE_MKNOD, "r": SPH_DEVICE_READ, "w": SPH_DEVICE_WRITE,
        ]
        let access = rule.access.reduce(UInt32(0)) { $0 | (bits[$1]?.rawValue ?? 0) }
        return sph_device_rule(
            kind: UInt32(kind.rawValue), access: access, major: rule.major.map(Int64.init) ?? -1,
            minor: rule.minor.map(Int64.init) ?? -1)
    }
}
