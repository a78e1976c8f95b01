import Engine
import Glibc
import LinuxSystem

/// Writes what a container's directory holds from the beginning: the overlay's directories and the files that name hosts.
enum ContainerFiles {
    /// - Parameter hostNetwork: the container shares the host's network, so it shares its names too.
    static func write(_ paths: ContainerPaths, hostname: String, hostNetwork: Bool) throws(SystemError) {
        // The root directory's mode is what every process in the container sees as `/`.
        guard mkdir(paths.upper, 0o755) == 0 else { throw SystemError.last("mkdir", paths.upper) }
        guard mkdir(paths.work, 0o700) == 0 else { throw SystemError.last("mkdir", paths.work) }
        // mkdir is subject to the caller's umask; 0077 would lock every user but root out of `/`.
        guard chmod(paths.upper, 0o755) == 0 else { throw SystemError.last("chmod", paths.upper) }
        try write("\(hostname)\n", to: paths.hostname)
        let hosts = hostNetwork ? try? Files.readText("/etc/hosts", limit: 1 << 20) : nil
        try write(hosts ?? ownHosts(hostname), to: paths.hosts)
        let resolver = hostNetwork ? try? Files.readText("/etc/resolv.conf", limit: 1 << 20) : nil
        try write(resolver ?? "", to: paths.resolvConf)
    }

    private static func ownHosts(_ hostname: String) -> String {
        "127.0.0.1\tlocalhost \(hostname)\n::1\tlocalhost ip6-localhost ip6-loopback \(hostname)\n"
    }

    private static func write(_ text: String, to path: String) throws(SystemError) {
        let file = try OwnedDescriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
        // Read by every user in the container, whatever the caller's umask.
        guard fchmod(file.rawValue, 0o644) == 0 else { throw SystemError.last("chmod", path) }
        try file.writeAll(Array(text.utf8))
    }
}
