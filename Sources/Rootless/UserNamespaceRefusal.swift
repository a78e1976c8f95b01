import Engine
import Glibc
import LinuxSystem

/// Why a host gives its users no user namespaces.
public enum UserNamespaceRefusal {
    /// The switch that forbids them and how to turn it; `nil` when none is known to.
    public static func reason() -> (what: String, remedy: String)? {
        if number("/proc/sys/user/max_user_namespaces") == 0 {
            return ("user.max_user_namespaces is 0", "sysctl -w user.max_user_namespaces=15000")
        }
        if number("/proc/sys/kernel/unprivileged_userns_clone") == 0 {
            return ("kernel.unprivileged_userns_clone is 0", "sysctl -w kernel.unprivileged_userns_clone=1")
        }
        if number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == 1 {
            return (
                "AppArmor takes all rights from user namespaces of programs without a profile",
                "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or give spyhop a profile with userns"
            )
        }
        return nil
    }

    static func error(_ failure: SystemError) -> EngineError {
        let known = reason()
        let hint = known.map { "\($0.what): \($0.remedy)" } ?? "spyhop doctor tells what this host lacks"
        return EngineError(.unsupported, "cannot make a user namespace for this user", hint: hint, cause: failure)
    }

    private static func number(_ path: String) -> Int? {
        let text = try? Files.readText(path, limit: 64)
        return text.flatMap { Int($0.split(separator: "\n").first ?? "") }
    }
}
