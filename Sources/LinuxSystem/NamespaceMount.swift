import CLinux
import Glibc

/// A mount made by mount(2) in a mount namespace of its own and taken out of it at once (open_tree(2)): what fsopen(2) gives,
/// with a page of options where fsconfig(2) takes 255 bytes. For kernels whose overlay has no `lowerdir+`.
enum NamespaceMount {
    /// - Parameters:
    ///   - directory: what the options' relative paths count from.
    ///   - target: an absolute path of a directory, on which nothing is seen to be mounted.
    static func overlay(
        options: [String], from directory: String, on target: String, readOnly: Bool
    ) throws(SystemError) -> OwnedDescriptor {
        let outcome = Outcome()
        // The namespace is the thread's and ends with it.
        try startThread {
            outcome.set(mount(options.joined(separator: ","), from: directory, on: target, readOnly: readOnly))
        }
        let answer = outcome.wait()
        guard answer >= 0 else { throw SystemError(-answer, "mount overlay", target) }
        return OwnedDescriptor(owning: answer)
    }

    private static let readOnlyFlag: UInt64 = 1

    /// Answers a descriptor, or an errno below zero.
    private static func mount(_ options: String, from directory: String, on target: String, readOnly: Bool) -> Int32 {
        // The thread gets a working directory of its own with it (unshare(2)).
        do throws(SystemError) { _ = try PrivateMounts() } catch { return -error.number }
        guard chdir(directory) == 0 else { return -errno }
        let result = monitor_mount("overlay", target, "overlay", readOnly ? readOnlyFlag : 0, options)
        guard result >= 0 else { return result }
        return monitor_clone_tree(AT_FDCWD, target, 0)
    }

    /// What one thread hands to another that waits for it.
    private final class Outcome: @unchecked Sendable {
        private var semaphore = sem_t()
        private var value: Int32 = -1

        init() { sem_init(&semaphore, 0, 0) }

        deinit { sem_destroy(&semaphore) }

        func set(_ value: Int32) {
            self.value = value
            sem_post(&semaphore)
        }

        func wait() -> Int32 {
            while sem_wait(&semaphore) != 0, errno == EINTR {}
            return value
        }
    }
}
