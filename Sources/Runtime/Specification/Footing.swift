import LinuxSystem

/// On what footing this engine stands with the kernel.
public enum Footing: Sendable, Hashable {
    /// As root of the machine.
    case root
    /// As root of a user namespace: it can make no device files and gives overlays other attributes than root's; groups
    /// can be set unless the namespace has but a single id (user_namespaces(7), `setgroups`).
    case userNamespace(setsGroups: Bool)

    /// This process's footing, looked at once.
    public static let current: Footing = {
        if UserNamespace.isInitial { return .root }
        let setting = try? Files.readText("/proc/self/setgroups", limit: 64)
        return .userNamespace(setsGroups: setting != "deny\n")
    }()

    /// It is root's.
    public var isRoot: Bool { self == .root }

    /// Whether a process can be given additional groups.
    var setsGroups: Bool { self != .userNamespace(setsGroups: false) }
}
