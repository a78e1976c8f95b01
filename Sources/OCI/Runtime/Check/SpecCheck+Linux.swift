extension SpecCheck {
    mutating func look(at linux: Linux, _ namespaces: NamespaceSet) {
        lookAtNamespaces(linux, namespaces)
        for (name, value) in (linux.sysctl ?? [:]).sorted(by: { $0.key < $1.key }) {
            lookAtSysctl(name, value, namespaces)
        }
        lookAtTimeOffsets(linux.timeOffsets ?? [:], namespaces)
        for (index, device) in (linux.devices ?? []).enumerated() { look(at: device, "linux.devices[\(index)]") }
        if let resources = linux.resources { look(at: resources, "linux.resources.") }
        if let path = linux.cgroupsPath, !path.isEmpty { lookAtCgroupsPath(path) }
        if let seccomp = linux.seccomp { look(at: seccomp) }
        if let propagation = linux.rootfsPropagation, !propagation.isEmpty {
            expect(propagation, among: SpecWords.propagations, "linux.rootfsPropagation")
        }
        lookAtHiddenPaths(linux, namespaces)
        if let personality = linux.personality {
            expect(personality.domain, among: SpecWords.personalities, "linux.personality.domain")
            if personality.flags?.isEmpty == false { problem("linux.personality.flags", "no flag is defined") }
        }
        if linux.intelRdt != nil, !host.hasIntelRdt {
            problem("linux.intelRdt", "this host does not have resctrl mounted on /sys/fs/resctrl")
        }
        if let label = linux.mountLabel, !label.isEmpty, !host.hasSELinux {
            problem("linux.mountLabel", "this host does not have SELinux in force")
        }
    }

    private mutating func lookAtNamespaces(_ linux: Linux, _ namespaces: NamespaceSet) {
        var seen: Set<LinuxNamespace.Kind> = []
        for (index, namespace) in (linux.namespaces ?? []).enumerated() {
            let place = "linux.namespaces[\(index)]"
            if !seen.insert(namespace.type).inserted { problem(place, "\(namespace.type.rawValue) is there twice") }
            if let path = namespace.path, !path.isEmpty { expectAbsolute(path, place + ".path") }
        }
        let mappings = [("uidMappings", linux.uidMappings ?? []), ("gidMappings", linux.gidMappings ?? [])]
        for (name, list) in mappings {
            if !list.isEmpty, !namespaces.has(.user) {
                problem("linux.\(name)", "needs a user namespace in linux.namespaces")
            }
            if list.isEmpty, namespaces.makes(.user) {
                problem("linux.\(name)", "required for a new user namespace, but missing")
            }
            lookAtMappings(list, "linux.\(name)")
        }
    }

    mutating func lookAtMappings(_ mappings: [LinuxIDMapping], _ at: String) {
        for (index, mapping) in mappings.enumerated() {
            let place = "\(at)[\(index)]"
            if mapping.size == 0 { problem(place + ".size", "must be more than zero") }
            let last = UInt64(max(mapping.containerID, mapping.hostID)) + UInt64(mapping.size)
            // 4294967295 stands for "no user".
            if last > UInt64(UInt32.max) { problem(place, "reaches beyond the last number") }
            for other in mappings[..<index] {
                if Self.overlap(mapping.containerID, other.containerID, mapping.size, other.size) {
                    problem(place + ".containerID", "overlaps another range")
                } else if Self.overlap(mapping.hostID, other.hostID, mapping.size, other.size) {
                    problem(place + ".hostID", "overlaps another range")
                }
            }
        }
    }

    private static func overlap(_ first: UInt32, _ second: UInt32, _ size: UInt32, _ otherSize: UInt32) -> Bool {
        UInt64(first) < UInt64(second) + UInt64(otherSize) && UInt64(second) < UInt64(first) + UInt64(size)
    }

    private mutating func lookAtSysctl(_ name: String, _ value: String, _ namespaces: NamespaceSet) {
        let place = "linux.sysctl[\"\(name)\"]"
        expectText(value, place)
        guard !name.isEmpty, !name.utf8.contains(0), !name.split(separator: "/").contains("..") else {
            problem(place, "not a kernel parameter's name")
            return
        }
        let dotted = SysctlName.dotted(name)
        if dotted == "kernel.hostname" {
            problem(place, "the host name is set by the member hostname")
        } else if let kind = SysctlName.namespace(of: dotted) {
            if !namespaces.has(kind) { problem(place, "needs a \(kind.rawValue) namespace in linux.namespaces") }
        } else {
            problem(place, "not kept apart by any namespace: it would change the host's")
        }
    }

    private mutating func lookAtTimeOffsets(_ offsets: [String: LinuxTimeOffset], _ namespaces: NamespaceSet) {
        guard !offsets.isEmpty else { return }
        if !namespaces.makes(.time) {
            problem("linux.timeOffsets", "needs a new time namespace in linux.namespaces")
        }
        for (clock, offset) in offsets.sorted(by: { $0.key < $1.key }) {
            expect(clock, among: SpecWords.clocks, "linux.timeOffsets.\(clock)")
            if let nanoseconds = offset.nanosecs, nanoseconds >= 1_000_000_000 {
                problem("linux.timeOffsets.\(clock).nanosecs", "a second or more")
            }
        }
    }

    private mutating func look(at device: LinuxDevice, _ place: String) {
        expect(device.type, among: SpecWords.deviceTypes, place + ".type")
        expectAbsolute(device.path, place + ".path")
        guard device.type != "p" else { return }
        for (name, number) in [("major", device.major), ("minor", device.minor)] {
            guard let number else {
                problem("\(place).\(name)", "required, but missing")
                continue
            }
            if number < 0 || number > Int64(UInt32.max) { problem("\(place).\(name)", "\(number) is no device number") }
        }
    }

    private mutating func lookAtCgroupsPath(_ path: String) {
        let place = "linux.cgroupsPath"
        expectText(path, place)
        if host.usesSystemd {
            let parts = path.split(separator: ":", omittingEmptySubsequences: false)
            if parts.count != 3 || parts[2].isEmpty || path.contains("/") {
                problem(place, "'\(path)' is not slice:prefix:name, which the systemd driver wants")
            }
        } else if path.split(separator: "/").contains(where: { $0 == ".." || $0 == "." }) {
            problem(place, "'\(path)' holds . or ..")
        } else if !path.contains(where: { $0 != "/" }) {
            problem(place, "'\(path)' is the root cgroup")
        }
    }

    private mutating func lookAtHiddenPaths(_ linux: Linux, _ namespaces: NamespaceSet) {
        let lists = [("maskedPaths", linux.maskedPaths ?? []), ("readonlyPaths", linux.readonlyPaths ?? [])]
        for (name, paths) in lists {
            if !paths.isEmpty, !namespaces.has(.mount) {
                problem("linux.\(name)", "needs a mount namespace in linux.namespaces")
            }
            for (index, path) in paths.enumerated() { expectAbsolute(path, "linux.\(name)[\(index)]") }
        }
    }
}

/// Kernel parameters and the namespaces that keep them apart (namespaces(7), ipc_namespaces(7), network_namespaces(7)).
enum SysctlName {
    private static let ipc: Set<String> = [
        "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax",
        "kernel.shmmni", "kernel.shm_rmid_forced", "kernel.auto_msgmni", "kernel.msg_next_id", "kernel.sem_next_id",
        "kernel.shm_next_id",
    ]

    /// The spelling with dots, where slashes within a part stand for its dots (sysctl(8)).
    static func dotted(_ name: String) -> String {
        guard let separator = name.first(where: { $0 == "." || $0 == "/" }), separator == "/" else { return name }
        return String(name.map { $0 == "/" ? "." : $0 == "." ? "/" : $0 })
    }

    /// The kind of namespace that has the parameter; `nil` for those of the whole host.
    static func namespace(of name: String) -> LinuxNamespace.Kind? {
        if ipc.contains(name) || name.hasPrefix("fs.mqueue.") { return .ipc }
        if name.hasPrefix("net.") { return .network }
        if name == "kernel.domainname" { return .uts }
        if name.hasPrefix("user.") { return .user }
        return nil
    }
}
