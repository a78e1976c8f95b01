import CArchive
import Engine
import Glibc
import LinuxSystem

/// Brings a file system to the disk for several threads that ask at once: whoever comes while one syncfs(2) runs shares the
/// next.
final class SharedSync: @unchecked Sendable {
    private let monitor = Monitor()
    private var begun = 0
    private var finished = 0
    private var isRunning = false

    /// Returns when all that was written before the call is on the disk. Blocks the thread.
    ///
    /// - Parameter descriptor: something open on the file system.
    func run(on descriptor: Int32) throws(SystemError) {
        monitor.enter()
        defer { monitor.leave() }
        // One that runs already may have passed what was written last.
        let wanted = begun + 1
        while finished < wanted {
            if isRunning {
                monitor.wait()
                continue
            }
            isRunning = true
            begun += 1
            let current = begun
            monitor.leave()
            let failure = syncfs(descriptor) == 0 ? nil : SystemError.last("syncfs")
            monitor.enter()
            isRunning = false
            monitor.wake()
            // The others try for themselves.
            if let failure { throw failure }
            finished = max(finished, current)
        }
    }
}
