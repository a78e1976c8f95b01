import Glibc
import LinuxSystem
import Logging

extension LocalEngine {
    /// Tells, once for a root and for ever, that this user's containers have no cgroups. The mark is the file
    /// `told-no-cgroups`.
    func tellOfMissingCgroups() {
        let mark = configuration.root + "/told-no-cgroups"
        // Who makes the mark tells; of two that start at once it is one.
        guard (try? OwnedDescriptor.open(mark, O_WRONLY | O_CREAT | O_EXCL)) != nil else { return }
        configuration.logger.warning(
            """
            this user may make no cgroups, so containers run without limits and cannot be paused; \
            spyhop doctor tells how to get a delegated one (this is told once)
            """)
    }
}
