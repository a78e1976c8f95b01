/// What a configuration's validity depends on in the host and in the runtime, as values.
public struct SpecHost: Sendable, Hashable {
    /// Capabilities that the kernel can hand out, by name; unknown ones are passed over with a warning.
    public var capabilities: Set<String>
    /// AppArmor is in force.
    public var hasAppArmor: Bool
    /// SELinux is in force.
    public var hasSELinux: Bool
    /// The resctrl file system is mounted.
    public var hasIntelRdt: Bool
    /// Cgroups are asked of systemd: `cgroupsPath` is `slice:prefix:name`.
    public var usesSystemd: Bool

    /// Makes a description.
    public init(
        capabilities: Set<String>, hasAppArmor: Bool = false, hasSELinux: Bool = false, hasIntelRdt: Bool = false,
        usesSystemd: Bool = false
    ) {
        self.capabilities = capabilities
        self.hasAppArmor = hasAppArmor
        self.hasSELinux = hasSELinux
        self.hasIntelRdt = hasIntelRdt
        self.usesSystemd = usesSystemd
    }
}
