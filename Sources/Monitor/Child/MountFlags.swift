import CLinux

/// The MS_* flags of mount(2), as plans carry them, and the MOUNT_ATTR_* that mount_setattr(2) and fsmount(2) want.
struct MountFlags {
    static let readOnly: UInt64 = 1
    static let noSuid: UInt64 = 1 << 1
    static let noDevices: UInt64 = 1 << 2
    static let noExecution: UInt64 = 1 << 3
    static let synchronous: UInt64 = 1 << 4
    static let remount: UInt64 = 1 << 5
    static let mandatoryLocks: UInt64 = 1 << 6
    static let directorySync: UInt64 = 1 << 7
    static let move: UInt64 = 1 << 13
    static let bind: UInt64 = 1 << 12
    static let recursive: UInt64 = 1 << 14
    static let slave: UInt64 = 1 << 19
    static let lazyTime: UInt64 = 1 << 25
    /// MS_UNBINDABLE, MS_PRIVATE, MS_SLAVE, MS_SHARED.
    static let propagation: UInt64 = 1 << 17 | 1 << 18 | 1 << 19 | 1 << 20

    private static let noAccessTime: UInt64 = 1 << 10
    private static let relativeTime: UInt64 = 1 << 21
    private static let strictTime: UInt64 = 1 << 24
    private static let attributeOfAccessTime: UInt64 = 0x70

    let raw: UInt64

    init(_ raw: UInt64) { self.raw = raw }

    func has(_ flag: UInt64) -> Bool { raw & flag != 0 }

    /// The attributes that are to be set.
    var attributes: UInt64 {
        // MS_RDONLY, MS_NOSUID, MS_NODEV and MS_NOEXEC have the values of their attributes.
        var set = raw & 0xf
        if has(1 << 8) { set |= 0x20_0000 }
        if has(Self.noAccessTime) { set |= 0x10 }
        if has(Self.strictTime) { set |= 0x20 }
        if has(1 << 11) { set |= 0x80 }
        return set
    }

    /// The attributes that have to be cleared first: the three kinds of access time share one field.
    var cleared: UInt64 {
        has(Self.noAccessTime | Self.strictTime | Self.relativeTime) ? Self.attributeOfAccessTime : 0
    }
}
