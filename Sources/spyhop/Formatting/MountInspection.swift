import Engine

/// A container's mounts as `inspect` shows them: what there is (`Mounts`), and how it was asked for (`HostConfig`, `Config`),
/// by docker's names and order.
enum MountInspection {
    /// The list `Mounts`. What `--tmpfs` asks for is not in it, as docker has it.
    static func mounts(_ details: ContainerDetails) -> JSONValue {
        .array(
            details.container.mounts.compactMap { mount in
                if case .tmpfsOption? = mount.origin { return nil }
                return point(mount, details)
            })
    }

    private static func point(_ mount: MountSpec, _ details: ContainerDetails) -> JSONValue {
        var members: [JSONValue.Member] = []
        func add(_ key: String, _ value: JSONValue) { members.append(.init(key: key, value: value)) }
        var propagation = ""
        switch mount.source {
        case .bind(let path, _):
            add("Type", "bind")
            add("Source", .string(path))
            propagation = mount.propagation.rawValue
        case .tmpfs:
            add("Type", "tmpfs")
            add("Source", "")
        case .volume(let volume):
            let name = volume.name ?? ""
            add("Type", "volume")
            add("Name", .string(name))
            add("Source", .string(details.volumeMountpoints[name] ?? ""))
        }
        add("Destination", .string(mount.target))
        if mount.volumeName != nil { add("Driver", "local") }
        add("Mode", .string(mode(mount)))
        add("RW", .bool(!mount.readOnly))
        add("Propagation", .string(propagation))
        return .table(members)
    }

    /// What stood behind `-v`'s last colon. Docker says `z` where a volume was named and nothing stood there.
    private static func mode(_ mount: MountSpec) -> String {
        let isNamed = mount.volumeName.map { !isMadeUp($0) } ?? false
        switch mount.origin {
        case .volumeOption(let mode): return mode.isEmpty && isNamed ? "z" : mode
        case .mountOption? where isNamed: return "z"
        case nil: return mount.readOnly ? "ro" : ""
        default: return ""
        }
    }

    /// An anonymous volume's name.
    private static func isMadeUp(_ name: String) -> Bool {
        name.utf8.count == 64 && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// `HostConfig.Binds`: `-v` with a source.
    static func binds(_ details: ContainerDetails) -> JSONValue {
        let binds = details.container.mounts.compactMap { mount -> String? in
            let mode: String
            switch mount.origin {
            case .volumeOption(let written): mode = written
            case nil: mode = mount.readOnly ? "ro" : ""
            default: return nil
            }
            let suffix = mode.isEmpty ? "" : ":\(mode)"
            switch mount.source {
            case .bind(let path, _): return "\(path):\(mount.target)\(suffix)"
            case .volume(let volume):
                guard let name = volume.name, !isMadeUp(name) else { return nil }
                return "\(name):\(mount.target)\(suffix)"
            case .tmpfs: return nil
            }
        }
        return binds.isEmpty ? nil : .strings(binds)
    }

    /// What `HostConfig` has only when it was asked for: `Mounts` and `Tmpfs`.
    static func members(_ details: ContainerDetails) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        let mounts = details.container.mounts.filter { $0.origin == .mountOption }
        if !mounts.isEmpty { members.append(.init(key: "Mounts", value: .array(mounts.map(request)))) }
        let memory = details.container.mounts.compactMap { mount -> JSONValue.Member? in
            guard case .tmpfsOption(let options) = mount.origin else { return nil }
            return .init(key: mount.target, value: .string(options))
        }
        if !memory.isEmpty { members.append(.init(key: "Tmpfs", value: .table(memory.sorted { $0.key < $1.key }))) }
        return members
    }

    private static func request(_ mount: MountSpec) -> JSONValue {
        var members: [JSONValue.Member] = []
        func add(_ key: String, _ value: JSONValue) { members.append(.init(key: key, value: value)) }
        func table(_ fields: [JSONValue.Member]) -> JSONValue? { fields.isEmpty ? nil : .table(fields) }
        let options: (key: String, value: JSONValue?)
        switch mount.source {
        case .bind(let path, let createMissing):
            add("Type", "bind")
            add("Source", .string(path))
            options = ("BindOptions", table(bindOptions(mount, createMissing)))
        case .tmpfs(let size, let mode):
            add("Type", "tmpfs")
            var fields: [JSONValue.Member] = []
            if let size { fields.append(.init(key: "SizeBytes", value: .integer(size))) }
            if let mode { fields.append(.init(key: "Mode", value: .integer(Int64(mode)))) }
            options = ("TmpfsOptions", table(fields))
        case .volume(let volume):
            add("Type", "volume")
            if let name = volume.name, !isMadeUp(name) { add("Source", .string(name)) }
            options = ("VolumeOptions", table(volumeOptions(volume)))
        }
        add("Target", .string(mount.target))
        if mount.readOnly { add("ReadOnly", true) }
        if let value = options.value { add(options.key, value) }
        return .table(members)
    }

    private static func bindOptions(_ mount: MountSpec, _ createMissing: Bool) -> [JSONValue.Member] {
        var fields: [JSONValue.Member] = []
        if mount.propagation != .rprivate {
            fields.append(.init(key: "Propagation", value: .string(mount.propagation.rawValue)))
        }
        switch mount.recursion {
        case .disabled?: fields.append(.init(key: "NonRecursive", value: true))
        case .writable?: fields.append(.init(key: "ReadOnlyNonRecursive", value: true))
        case .readonly?: fields.append(.init(key: "ReadOnlyForceRecursive", value: true))
        case nil, .enabled?: break
        }
        if createMissing { fields.append(.init(key: "CreateMountpoint", value: true)) }
        return fields
    }

    private static func volumeOptions(_ volume: MountSpec.VolumeMount) -> [JSONValue.Member] {
        var fields: [JSONValue.Member] = []
        if volume.noCopy { fields.append(.init(key: "NoCopy", value: true)) }
        if !volume.spec.labels.isEmpty { fields.append(.init(key: "Labels", value: .map(volume.spec.labels))) }
        if let subpath = volume.subpath { fields.append(.init(key: "Subpath", value: .string(subpath))) }
        if !volume.spec.options.isEmpty {
            fields.append(
                .init(
                    key: "DriverConfig",
                    value: ["Name": .string(volume.spec.driver), "Options": .map(volume.spec.options)]))
        }
        return fields
    }

    /// `Config.Volumes`: targets of the volumes that the image or `-v` without a source asked for.
    static func volumes(_ details: ContainerDetails) -> JSONValue {
        let targets = details.container.mounts.filter { mount in
            guard let name = mount.volumeName, isMadeUp(name) else { return false }
            if case .volumeOption? = mount.origin { return true }
            return mount.origin == .image
        }.map(\.target)
        return targets.isEmpty ? nil : .table(targets.sorted().map { .init(key: $0, value: .table([])) })
    }

    /// What `ps` calls a mount: a volume's name, else where a bind comes from.
    static func name(_ mount: MountSpec) -> String? {
        switch mount.source {
        case .bind(let path, _): path
        case .volume(let volume): volume.name
        case .tmpfs: nil
        }
    }
}
