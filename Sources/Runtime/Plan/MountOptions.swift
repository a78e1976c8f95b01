/// Mount options as mount(8) and the runtime-spec spell them, sorted into what the kernel takes as flags, as propagation
/// and as the file system's own data.
struct MountOptions: Hashable {
    /// `MS_*` flags (mount(2)).
    var flags: UInt64 = 0
    /// `MS_PRIVATE`, `MS_SLAVE` and so on, with `MS_REC`.
    var propagation: UInt64 = 0
    var data: [String] = []
    var makesSource = false
    /// What of a bind's source is bound; `nil` is all.
    var subpath: String?
    var makesTopReadOnly = false
    /// `MOUNT_ATTR_*` for the mount and all below it (mount_setattr(2)): to set, and to clear.
    var recursiveSet: UInt64 = 0
    var recursiveCleared: UInt64 = 0
    /// The mount is idmapped, with all below it or alone; `nil`: only if it has mappings.
    var idmapsRecursively: Bool?
    /// What lies at the target is copied into the new file system.
    var copiesUp = false

    init(_ options: [String]) {
        for option in options {
            if takeRecursive(option) { continue }
            if let bits = Self.set[option] {
                flags |= bits
            } else if let bits = Self.cleared[option] {
                flags &= ~bits
            } else if let bits = Self.propagations[option] {
                propagation |= bits
            } else if option == SpecBuilder.makeSource {
                makesSource = true
            } else if option == SpecBuilder.readOnlyTop {
                makesTopReadOnly = true
            } else if option.hasPrefix(SpecBuilder.subpath) {
                subpath = String(option.dropFirst(SpecBuilder.subpath.count))
            } else if option != "defaults" {
                data.append(option)
            }
        }
    }

    private mutating func takeRecursive(_ option: String) -> Bool {
        switch option {
        case "idmap": idmapsRecursively = false
        case "ridmap": idmapsRecursively = true
        case "tmpcopyup": copiesUp = true
        default:
            guard let change = Self.recursiveChanges[option] else { return false }
            recursiveSet = recursiveSet & ~change.clear | change.set
            recursiveCleared = recursiveCleared & ~change.set | change.clear
        }
        return true
    }

    /// The attributes of a mount and all below, as SPH_OP_BIND takes them.
    var recursiveAttributes: UInt64 { recursiveSet | recursiveCleared << 32 }

    static let readOnly: UInt64 = 1
    static let noSuid: UInt64 = 2
    static let noDev: UInt64 = 4
    static let noExec: UInt64 = 8
    static let bind: UInt64 = 4096
    static let recursive: UInt64 = 16384
    static let isPrivate: UInt64 = 1 << 18
    static let isSlave: UInt64 = 1 << 19
    static let isShared: UInt64 = 1 << 20
    static let isUnbindable: UInt64 = 1 << 17

    private static let set: [String: UInt64] = [
        "ro": readOnly, "nosuid": noSuid, "nodev": noDev, "noexec": noExec, "sync": 16, "mand": 64, "dirsync": 128,
        "noatime": 1024, "nodiratime": 2048, "bind": bind, "rbind": bind | recursive, "relatime": 1 << 21,
        "strictatime": 1 << 24, "lazytime": 1 << 25, "nosymfollow": 256,
    ]
    private static let cleared: [String: UInt64] = [
        "rw": readOnly, "suid": noSuid, "dev": noDev, "exec": noExec, "async": 16, "atime": 1024, "diratime": 2048,
        "norelatime": 1 << 21, "nostrictatime": 1 << 24, "symfollow": 256,
    ]
    private static let accessTime: UInt64 = 0x70
    private static let recursiveChanges: [String: (set: UInt64, clear: UInt64)] = [
        "rro": (1, 0), "rrw": (0, 1), "rnosuid": (2, 0), "rsuid": (0, 2), "rnodev": (4, 0), "rdev": (0, 4),
        "rnoexec": (8, 0), "rexec": (0, 8), "rnodiratime": (0x80, 0), "rdiratime": (0, 0x80),
        "rrelatime": (0, accessTime), "rnorelatime": (0, accessTime), "rnoatime": (0x10, accessTime),
        "ratime": (0, accessTime), "rstrictatime": (0x20, accessTime), "rnostrictatime": (0, accessTime),
        "rnosymfollow": (0x20_0000, 0), "rsymfollow": (0, 0x20_0000),
    ]
    /// Every option that is handled here and not handed to the file system as its data.
    static var names: [String] {
        Array(set.keys) + Array(cleared.keys) + Array(recursiveChanges.keys) + Array(propagations.keys)
            + ["defaults", "idmap", "ridmap", "tmpcopyup"]
    }

    static let propagations: [String: UInt64] = [
        "private": isPrivate, "rprivate": isPrivate | recursive, "slave": isSlave, "rslave": isSlave | recursive,
        "unbindable": 1 << 17, "runbindable": 1 << 17 | recursive, "shared": 1 << 20, "rshared": 1 << 20 | recursive,
    ]
}
