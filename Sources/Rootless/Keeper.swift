import Glibc
import LinuxSystem

/// The process that keeps a user's namespace.
public enum Keeper {
    /// Its number, as the run-time directory names it; `nil` when none lives.
    public static func pid(in directory: String) -> pid_t? { KeeperFile(directory: directory).keeper()?.pid }
}
