import Glibc

/// Which of the host's interfaces and disks count: each byte once.
///
/// A packet to a container crosses the physical interface, a bridge and a veth; a block passes a partition, a mapper device
/// and the disk. What has a device behind it in sysfs is the real one. Where nothing has (inside a container
/// or a small virtual machine), names known to be duplicates are left out instead.
struct DeviceFilter {
    private let directory: String
    private let duplicatePrefixes: [String]
    private var known: [String: Bool] = [:]
    private let hasReal: Bool

    /// `/sys/class/net`.
    static func interfaces(_ directory: String = "/sys/class/net") -> DeviceFilter {
        DeviceFilter(
            directory,
            [
                "lo", "veth", "docker", "br-", "virbr", "vnet", "cni", "flannel", "cali", "cilium", "lxc", "lxd",
                "podman",
                "vxlan", "tap", "ifb", "dummy", "kube-", "nodelocaldns",
            ])
    }

    /// `/sys/block`, where partitions have no entry of their own.
    static func disks(_ directory: String = "/sys/block") -> DeviceFilter {
        DeviceFilter(directory, ["loop", "ram", "zram", "dm-", "md", "sr", "fd", "nbd"])
    }

    private init(_ directory: String, _ duplicatePrefixes: [String]) {
        self.directory = directory
        self.duplicatePrefixes = duplicatePrefixes
        var real = false
        if let stream = opendir(directory) {
            while let entry = readdir(stream), !real {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                real = !name.hasPrefix(".") && access("\(directory)/\(name)/device", F_OK) == 0
            }
            closedir(stream)
        }
        hasReal = real
    }

    /// Whether what is called `name` counts; looked up once a name.
    mutating func counts(_ name: String) -> Bool {
        if let answer = known[name] { return answer }
        // Names come and go with containers; the table must not grow for ever.
        if known.count > 4096 { known.removeAll() }
        let answer = decide(name)
        known[name] = answer
        return answer
    }

    private func decide(_ name: String) -> Bool {
        if name.isEmpty || name.contains("/") || name == ".." { return false }
        let path = "\(directory)/\(name)"
        if hasReal { return access(path + "/device", F_OK) == 0 }
        guard access(path, F_OK) == 0, access(path + "/bridge", F_OK) != 0 else { return false }
        return !duplicatePrefixes.contains { prefix in
            guard name.hasPrefix(prefix) else { return false }
            // "lo" is one name, not the beginning of others.
            return prefix != "lo" || name == "lo"
        }
    }
}
