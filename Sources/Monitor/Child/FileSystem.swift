import CLinux

/// File systems by the mount interface of Linux 5.2: configured and mounted without a path.
enum FileSystem {
    /// A new mount that lies nowhere yet.
    static func open(
        _ type: CString, _ source: CString, _ options: CString, _ flags: MountFlags
    ) throws(SystemError) -> Descriptor {
        let context = Descriptor(owning: try check(monitor_fsopen(type)))
        if source[0] != 0 {
            try check(monitor_fsconfig_string(context.number, ("source" as StaticString).c, source))
        }
        try set(options, on: context.number, splittingLayers: same(type, "overlay"))
        if flags.has(MountFlags.synchronous) { try set(flag: "sync", on: context.number) }
        if flags.has(MountFlags.directorySync) { try set(flag: "dirsync", on: context.number) }
        if flags.has(MountFlags.lazyTime) { try set(flag: "lazytime", on: context.number) }
        if flags.has(MountFlags.mandatoryLocks) { try set(flag: "mand", on: context.number) }
        try check(monitor_fsconfig_create(context.number))
        return Descriptor(
            owning: try check(monitor_fsmount(context.number, UInt32(truncatingIfNeeded: flags.attributes))))
    }

    private static func set(flag: StaticString, on context: Int32) throws(SystemError) {
        try check(monitor_fsconfig_flag(context, flag.c))
    }

    /// Sets `a=b,c` one by one.
    private static func set(_ options: CString, on context: Int32, splittingLayers: Bool) throws(SystemError) {
        let length = strlen(options)
        guard length > 0 else { return }
        var text = Text(capacity: length)
        text.append(options)
        let bytes = UnsafeMutableRawPointer(mutating: text.c).assumingMemoryBound(to: CChar.self)
        var start = 0
        while start < length {
            let option = bytes + start
            var size = 0
            while option[size] != 0, option[size] != CChar(UInt8(ascii: ",")) { size += 1 }
            option[size] = 0
            start += size + 1
            guard size > 0 else { continue }
            guard let equals = strchr(option, Int32(UInt8(ascii: "="))) else {
                try check(monitor_fsconfig_flag(context, option))
                continue
            }
            equals.pointee = 0
            if splittingLayers, same(option, "lowerdir") {
                try addLayers(equals + 1, on: context)
            } else {
                try check(monitor_fsconfig_string(context, option, equals + 1))
            }
        }
    }

    /// One layer at a time, as Linux 6.5 allows: together they may be longer than a page.
    private static func addLayers(_ layers: UnsafeMutablePointer<CChar>, on context: Int32) throws(SystemError) {
        var layer = layers
        while true {
            let colon = strchr(layer, Int32(UInt8(ascii: ":")))
            colon?.pointee = 0
            try check(monitor_fsconfig_string(context, ("lowerdir+" as StaticString).c, layer))
            guard let colon else { return }
            layer = colon + 1
        }
    }
}

/// The path through which an old system call reaches what a descriptor is open on.
struct DescriptorPath: ~Copyable {
    private var text = Text(capacity: 32)

    init(_ descriptor: Int32) {
        text.append("/proc/self/fd/")
        text.append(number: Int64(descriptor))
    }

    var c: CString { text.c }
}

/// Directories of the host that a bind mount may ask for.
enum HostDirectory {
    /// Makes `path` with its parents.
    static func make(_ path: CString) throws(SystemError) {
        var text = Text(capacity: Int(PATH_MAX))
        text.append(path)
        guard text.isComplete else { throw SystemError(code: ENAMETOOLONG) }
        var end = 1
        while end <= text.count {
            if end == text.count || text.bytes[end] == .slash {
                var prefix = Text(capacity: end)
                prefix.append(text.bytes, count: end)
                let made = monitor_mkdir(AT_FDCWD, prefix.c, 0o755)
                if made != -EEXIST { try check(made) }
            }
            end += 1
        }
    }
}
