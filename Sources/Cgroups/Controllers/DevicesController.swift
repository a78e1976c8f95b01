import CLinux
import Engine
import Glibc
import LinuxSystem

extension ContainerCgroup {
    /// Lets the container use only these devices: by version 1's devices controller, else by a BPF program.
    func allow(_ rules: [DeviceRule], _ report: inout LimitReport) throws(EngineError) {
        if let directory = paths[Controller.devices.rawValue] {
            try DevicesController.applyV1(try DeviceAccess(rules), to: directory, &report)
        } else if let v2Directory {
            try DevicesController.applyV2(rules, to: v2Directory, &report)
        }
    }
}

/// Which devices a cgroup may use.
enum DevicesController {
    /// By `devices.deny` and `devices.allow` (Documentation/admin-guide/cgroup-v1/devices.rst).
    static func applyV1(
        _ access: DeviceAccess, to directory: String, _ report: inout LimitReport
    ) throws(EngineError) {
        let (base, exceptions) =
            access.allowsByDefault ? ("/devices.allow", "/devices.deny") : ("/devices.deny", "/devices.allow")
        do {
            // What is allowed already needs no word: a parent that allows less would refuse it.
            let isOpen = ControlFile.text(directory + "/devices.list") == "a *:* rwm"
            if !(access.allowsByDefault && isOpen) { try ControlFile.write("a", to: directory + base) }
            guard !access.exceptions.isEmpty else { return }
            // One line a write; the file is opened once, as a dozen opens would cost more than the writes.
            let file = try OwnedDescriptor.open(directory + exceptions, O_WRONLY)
            for rule in access.exceptions { try file.writeAll(Array(rule.text.utf8)) }
        } catch  where error.number == EPERM {
            // A parent that allows less cannot be widened, and then is strict enough itself.
            report.note("devices: the cgroup above allows fewer devices than usual, the container gets no more")
        } catch {
            throw EngineError(.system, "cannot limit the container's devices", cause: error)
        }
    }

    /// By a BPF program (Documentation/admin-guide/cgroup-v2.rst, "Device controller"). One of ours that is there already is
    /// replaced, never absent for a moment.
    static func applyV2(
        _ rules: [DeviceRule], to directory: String, _ report: inout LimitReport
    ) throws(EngineError) {
        // What counts from the last rule for everything on needs no look at those before.
        let decisive = rules.lastIndex { $0.kind == .all }.map { Array(rules[$0...]) } ?? rules
        let isOpen = decisive.count == 1 && decisive.first?.kind == .all && decisive.first?.allow == true
        do {
            let cgroup = try OwnedDescriptor.open(directory, O_RDONLY | O_DIRECTORY)
            // A program that allows everything would only cost: ours goes, if there is one.
            let compiled = isOpen ? [] : decisive.map(compile)
            let failure = sph_cgroup_set_devices(
                cgroup.rawValue, compiled, Int32(clamping: compiled.count), isOpen ? 1 : 0)
            guard failure == 0 else { throw SystemError(failure, "bpf", directory) }
        } catch {
            try report.cannot("devices", because: "the kernel takes no program for this container's devices: \(error)")
        }
    }

    private static func compile(_ rule: DeviceRule) -> sph_device_rule {
        if rule.kind == .all {
            let every = SPH_DEVICE_MKNOD.rawValue | SPH_DEVICE_READ.rawValue | SPH_DEVICE_WRITE.rawValue
            return sph_device_rule(
                kind: UInt32(SPH_DEVICE_ANY.rawValue), access: every, major: -1, minor: -1, allow: rule.allow ? 1 : 0,
                unused: 0)
        }
        let kind = rule.kind == .character ? SPH_DEVICE_CHARACTER : SPH_DEVICE_BLOCK
        let bits: [Character: sph_device_access] = [
            "m": SPH_DEVICE_MKNOD, "r": SPH_DEVICE_READ, "w": SPH_DEVICE_WRITE,
        ]
        let access = rule.access.reduce(UInt32(0)) { $0 | (bits[$1]?.rawValue ?? 0) }
        return sph_device_rule(
            kind: UInt32(kind.rawValue), access: access, major: rule.major.map(Int64.init) ?? -1,
            minor: rule.minor.map(Int64.init) ?? -1, allow: rule.allow ? 1 : 0, unused: 0)
    }
}
