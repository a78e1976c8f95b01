import OCI

/// The flags of seccomp(2) that a profile asks for.
enum SeccompFlags {
    private static let names: [String: UInt64] = [
        "SECCOMP_FILTER_FLAG_TSYNC": 1, "SECCOMP_FILTER_FLAG_LOG": 2, "SECCOMP_FILTER_FLAG_SPEC_ALLOW": 4,
        "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV": 32,
    ]
    private static let newListener: UInt64 = 8

    static func bits(_ profile: LinuxSeccomp) -> UInt64 {
        let notify = "SCMP_ACT_NOTIFY"
        let notifies = profile.defaultAction == notify || (profile.syscalls ?? []).contains { $0.action == notify }
        let named = (profile.flags ?? []).reduce(UInt64(0)) { $0 | (names[$1] ?? 0) }
        // The process has one thread, and with a listener the kernel refuses to answer with two descriptors.
        return notifies ? named & ~1 | newListener : named & ~32
    }
}
