import Engine
import Glibc
import LinuxSystem

/// Writes what a container's directory holds from the beginning: the overlay's directories and the files that name hosts.
enum ContainerFiles {
    /// What names other hosts is written at each start.
    static func write(_ paths: ContainerPaths, hostname: String) throws(SystemError) {
        // The root directory's mode is what every process in the container sees as `/`.
        guard mkdir(paths.upper, 0o755) == 0 else { throw SystemError.last("mkdir", paths.upper) }
        guard mkdir(paths.work, 0o700) == 0 else { throw SystemError.last("mkdir", paths.work) }
        // mkdir is subject to the caller's umask; 0077 would lock every user but root out of `/`.
        guard chmod(paths.upper, 0o755) == 0 else { throw SystemError.last("chmod", paths.upper) }
        try NameFile.write("\(hostname)\n", to: paths.hostname)
    }
}
