import OCI

/// Docker's default filter (moby, profiles/seccomp/default_linux.go): what is not named here fails with EPERM.
///
/// Names are grouped by what they are for. Kept as text, so that a fingerprint of the whole profile costs microseconds
/// and nothing is built while the compiled filter is in the cache.
enum StandardProfile {
    /// The system calls that need a capability which the container may have been given.
    static let conditional: [(capability: Capability, names: StaticString)] = [
        (.dacReadSearch, "open_by_handle_at"),
        (
            .sysAdmin,
            """
            bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie mount mount_setattr move_mount \
            open_tree perf_event_open quotactl quotactl_fd setdomainname sethostname setns syslog umount umount2 unshare
            """
        ),
        (.sysBoot, "reboot"),
        (.sysChroot, "chroot"),
        (.sysModule, "delete_module init_module finit_module"),
        (.sysPacct, "acct"),
        (.sysPtrace, "kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace"),
        (.sysRawio, "iopl ioperm"),
        (.sysTime, "settimeofday stime clock_settime clock_settime64"),
        (.sysTtyConfig, "vhangup"),
        (.sysNice, "get_mempolicy mbind set_mempolicy set_mempolicy_home_node"),
        (.syslog, "syslog"),
        (.bpf, "bpf"),
        (.perfmon, "perf_event_open"),
    ]

    /// `personality` values that only choose how addresses and versions look: PER_LINUX, PER_LINUX32, UNAME26 with
    /// both, and the question for the present one.
    static let personalities: [UInt64] = [0x0, 0x0008, 0x20000, 0x20008, 0xffff_ffff]

    /// CLONE_NEW* of every namespace but time's: making one needs CAP_SYS_ADMIN, and in a user namespace the kernel
    /// itself would grant that.
    static let namespaceFlags: UInt64 = 0x7e02_0000

    /// AF_VSOCK reaches the hypervisor's other guests, which no network namespace contains.
    static let virtualSockets: UInt64 = 40

    /// The capabilities that decide which rules count.
    static var relevantCapabilities: UInt64 { conditional.reduce(0) { $0 | $1.capability.bit } }

    /// Stands for everything above in the key of the cache.
    static var fingerprint: UInt64 {
        var hash = Fingerprint()
        for group in unconditional { hash.add(group) }
        hash.add(ptrace)
        for rule in conditional {
            hash.add(UInt64(rule.capability.rawValue))
            hash.add(rule.names)
        }
        for value in personalities + [namespaceFlags, virtualSockets] { hash.add(value) }
        return hash.value
    }

    /// The profile in docker's format.
    static func profile() -> LinuxSeccomp {
        let allow = "SCMP_ACT_ALLOW"
        var rules = [LinuxSeccomp.Rule(names: unconditional.flatMap(split), action: allow)]
        // Before 4.8 a tracer could get around the filter.
        rules.append(.init(names: split(ptrace), action: allow, includes: .init(minKernel: "4.8")))
        rules.append(
            .init(
                names: ["socket"], action: allow,
                args: [.init(index: 0, value: virtualSockets, op: "SCMP_CMP_NE")]))
        for value in personalities {
            rules.append(
                .init(names: ["personality"], action: allow, args: [.init(index: 0, value: value, op: "SCMP_CMP_EQ")]))
        }
        rules.append(.init(names: ["arch_prctl"], action: allow, includes: .init(arches: ["amd64", "x32"])))
        rules.append(.init(names: ["modify_ldt"], action: allow, includes: .init(arches: ["amd64", "x32", "x86"])))
        rules.append(
            .init(
                names: [
                    "arm_fadvise64_64", "arm_sync_file_range", "sync_file_range2", "breakpoint", "cacheflush",
                    "set_tls",
                ],
                action: allow, includes: .init(arches: ["arm", "arm64"])))
        for rule in conditional {
            rules.append(
                .init(names: split(rule.names), action: allow, includes: .init(caps: [rule.capability.name])))
        }
        let administration = LinuxSeccomp.Condition(caps: [Capability.sysAdmin.name])
        rules.append(
            .init(
                names: ["clone"], action: allow,
                args: [.init(index: 0, value: namespaceFlags, valueTwo: 0, op: "SCMP_CMP_MASKED_EQ")],
                excludes: administration))
        // clone3's flags lie in memory, which a filter cannot see: libraries are told to use clone.
        rules.append(.init(names: ["clone3"], action: "SCMP_ACT_ERRNO", errnoRet: 38, excludes: administration))
        return LinuxSeccomp(
            defaultAction: "SCMP_ACT_ERRNO", defaultErrnoRet: 1,
            archMap: [
                .init(architecture: "SCMP_ARCH_X86_64", subArchitectures: ["SCMP_ARCH_X86", "SCMP_ARCH_X32"]),
                .init(architecture: "SCMP_ARCH_AARCH64", subArchitectures: ["SCMP_ARCH_ARM"]),
            ], syscalls: rules)
    }

    private static func split(_ names: StaticString) -> [String] {
        names.withUTF8Buffer { $0.split { $0 == 0x20 || $0 == 0x0a }.map { String(decoding: $0, as: UTF8.self) } }
    }
}
