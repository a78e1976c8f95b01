import CSeccomp
import OCI

/// What the runtime can do, as `features` prints it (runtime-spec, features.md). None of it looks at the host, but for
/// the flags of seccomp filters.
public enum BundleFeatures {
    /// The document.
    /// - Parameter version: this program's, for the annotations.
    public static func features(version: String) -> Features {
        Features(
            ociVersionMin: "1.0.0", ociVersionMax: BundleRuntime.specificationVersion,
            hooks: ["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"],
            mountOptions: Set(MountOptions.names).sorted(),
            linux: LinuxFeatures(
                namespaces: ["cgroup", "ipc", "mount", "network", "pid", "time", "user", "uts"],
                capabilities: Capability.allCases.map(\.name),
                cgroup: .init(v1: true, v2: true, systemd: true, systemdUser: true, rdma: true),
                seccomp: .init(
                    enabled: true, actions: SpecWords.seccompActions, operators: SpecWords.seccompOperators,
                    archs: SpecWords.seccompArchitectures, knownFlags: SpecWords.seccompFlags,
                    supportedFlags: SpecWords.seccompFlags),
                apparmor: .init(enabled: true), selinux: .init(enabled: true), intelRdt: .init(enabled: false),
                mountExtensions: .init(idmap: .init(enabled: true))),
            annotations: [
                "io.github.seccomp.libseccomp.version": seccompVersion,
                "org.opencontainers.runc.checkpoint.enabled": "false",
                "org.spyhop.version": version,
            ])
    }

    private static var seccompVersion: String {
        guard let version = seccomp_version()?.pointee else { return "" }
        return "\(version.major).\(version.minor).\(version.micro)"
    }
}
