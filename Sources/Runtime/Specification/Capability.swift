import Engine

/// Capabilities by name (capabilities(7), <linux/capability.h>).
public enum Capability: Int, Sendable, CaseIterable {
    case chown, dacOverride, dacReadSearch, fowner, fsetid, kill, setgid, setuid, setpcap, linuxImmutable
    case netBindService, netBroadcast, netAdmin, netRaw, ipcLock, ipcOwner, sysModule, sysRawio, sysChroot, sysPtrace
    case sysPacct, sysAdmin, sysBoot, sysNice, sysResource, sysTime, sysTtyConfig, mknod, lease, auditWrite
    case auditControl, setfcap, macOverride, macAdmin, syslog, wakeAlarm, blockSuspend, auditRead, perfmon, bpf
    case checkpointRestore

    /// The kernel's spelling: `CAP_NET_ADMIN`.
    public var name: String { Self.names[rawValue] }

    /// The bit in a mask of capabilities.
    public var bit: UInt64 { 1 << UInt64(rawValue) }

    /// Finds a capability by the kernel's name, with or without `CAP_`, in any case.
    public init?(named text: String) {
        let upper = text.uppercased()
        let name = upper.hasPrefix("CAP_") ? upper : "CAP_\(upper)"
        guard let index = Self.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: index)
    }

    /// What every container gets unless told otherwise (moby, oci/caps/defaults.go).
    public static let standard: [Capability] = [
        .chown, .dacOverride, .fsetid, .fowner, .mknod, .netRaw, .setgid, .setuid, .setfcap, .setpcap, .netBindService,
        .sysChroot, .kill, .auditWrite,
    ]

    /// The bits of named capabilities; unknown names are left out.
    static func mask(_ names: [String]?) -> UInt64 {
        (names ?? []).reduce(0) { $0 | (Capability(named: $1)?.bit ?? 0) }
    }

    private static let names = [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID",
        "CAP_SETUID", "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST",
        "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_SYS_MODULE", "CAP_SYS_RAWIO",
        "CAP_SYS_CHROOT", "CAP_SYS_PTRACE", "CAP_SYS_PACCT", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_NICE",
        "CAP_SYS_RESOURCE", "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD", "CAP_LEASE", "CAP_AUDIT_WRITE",
        "CAP_AUDIT_CONTROL", "CAP_SETFCAP", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_SYSLOG", "CAP_WAKE_ALARM",
        "CAP_BLOCK_SUSPEND", "CAP_AUDIT_READ", "CAP_PERFMON", "CAP_BPF", "CAP_CHECKPOINT_RESTORE",
    ]
}
