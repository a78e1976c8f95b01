import Glibc
import LinuxSystem

/// Whether the kernel passes packets on between interfaces (ip-sysctl of the kernel's documents). Speaks of the calling
/// thread's network namespace.
enum Forwarding {
    /// Switches it on where it is off; what was not possible, in words.
    static func switchOn(ipv4: Bool, ipv6: Bool) -> [String] {
        var warnings: [String] = []
        if ipv4, let warning = switchOn("/proc/sys/net/ipv4/ip_forward") { warnings.append(warning) }
        if ipv6, !isOn(ipv6Path) {
            keepListening()
            if let warning = switchOn(ipv6Path) { warnings.append(warning) }
        }
        return warnings
    }

    private static let ipv6Path = "/proc/sys/net/ipv6/conf/all/forwarding"

    private static func isOn(_ path: String) -> Bool {
        guard let bytes = try? Files.read(path, limit: 64) else { return false }
        return bytes.first.map { $0 != UInt8(ascii: "0") } ?? false
    }

    private static func switchOn(_ path: String) -> String? {
        if isOn(path) { return nil }
        do throws(SystemError) {
            try Files.write("1", to: path)
            return nil
        } catch {
            return "containers cannot reach beyond this host: \(path) is off and cannot be switched on: \(error.reason)"
        }
    }

    /// A router does not listen to routers (accept_ra 1), and a host that learned its own way out so would lose it; 2 keeps it.
    private static func keepListening() {
        let directory = "/proc/sys/net/ipv6/conf"
        for entry in (try? Files.list(directory)) ?? [] where entry.name != "all" && entry.name != "default" {
            let path = "\(directory)/\(entry.name)/accept_ra"
            if let bytes = try? Files.read(path, limit: 64), bytes.first == UInt8(ascii: "1") {
                try? Files.write("2", to: path)
            }
        }
    }
}
