import OCI

extension SpecBuilder {
    /// What every container finds in /dev (runtime-spec, config-linux.md, "Default Devices"; /dev/console and /dev/ptmx
    /// come with the terminal).
    static let standardDevices: [LinuxDevice] = [
        ("null", 1, 3), ("zero", 1, 5), ("full", 1, 7), ("random", 1, 8), ("urandom", 1, 9), ("tty", 5, 0),
    ].map { LinuxDevice(type: "c", path: "/dev/\($0.0)", major: $0.1, minor: $0.2, fileMode: 0o666, uid: 0, gid: 0) }

    /// Links in /dev (runtime-spec, runtime-linux.md, "Dev symbolic links"), what they say by their path.
    static let standardLinks: [(path: String, target: String)] = [
        ("/dev/fd", "/proc/self/fd"), ("/dev/stdin", "/proc/self/fd/0"), ("/dev/stdout", "/proc/self/fd/1"),
        ("/dev/stderr", "/proc/self/fd/2"), ("/dev/ptmx", "pts/ptmx"), ("/dev/core", "/proc/kcore"),
    ]

    /// Paths that tell of the host or reach into it, hidden from containers (moby, oci/defaults.go).
    static let maskedPaths = [
        "/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
        "/sys/devices/virtual/powercap",
    ]

    /// Paths that containers may read and not write (moby, oci/defaults.go).
    static let readonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]
}
