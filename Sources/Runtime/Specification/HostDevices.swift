import LinuxSystem
import OCI

/// The host's device files, which a privileged container sees all of (docker's `--privileged`).
enum HostDevices {
    /// Directories in /dev that the container has of its own, or that are no devices.
    private static let skipped: Set<String> = ["pts", "shm", "mqueue", "fd", ".lxc", ".lxd-mounts", ".udev", "console"]

    static func all() -> [LinuxDevice] {
        var found: [LinuxDevice] = []
        collect("/dev", depth: 0, into: &found)
        return found
    }

    private static func collect(_ directory: String, depth: Int, into found: inout [LinuxDevice]) {
        guard depth < 8, found.count < 4096, let entries = try? Files.list(directory) else { return }
        for entry in entries where !(depth == 0 && skipped.contains(entry.name)) {
            let path = "\(directory)/\(entry.name)"
            guard let facts = try? Files.status(path) else { continue }
            switch facts.kind {
            case .directory: collect(path, depth: depth + 1, into: &found)
            case .characterDevice: found.append(device("c", path, facts))
            case .blockDevice: found.append(device("b", path, facts))
            default: continue
            }
        }
    }

    private static func device(_ type: String, _ path: String, _ facts: FileStatus) -> LinuxDevice {
        LinuxDevice(
            type: type, path: path, major: Int64(DeviceNumber.major(facts.deviceNumber)),
            minor: Int64(DeviceNumber.minor(facts.deviceNumber)), fileMode: facts.mode & 0o7777, uid: facts.uid,
            gid: facts.gid)
    }
}

/// Device numbers as glibc packs them (makedev(3)).
enum DeviceNumber {
    static func major(_ number: UInt64) -> UInt64 { (number >> 8) & 0xfff | (number >> 32) & ~0xfff }
    static func minor(_ number: UInt64) -> UInt64 { number & 0xff | (number >> 12) & 0xffffff00 }
    static func make(_ major: UInt64, _ minor: UInt64) -> UInt64 {
        (major & 0xfff) << 8 | (major & ~0xfff) << 32 | minor & 0xff | (minor & ~0xff) << 12
    }
}
