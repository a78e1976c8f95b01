import Glibc
import LinuxSystem
import Synchronization

/// Runs a command's tasks on the process's first thread, which also waits for their descriptors.
///
/// A short command then starts no thread at all, where Dispatch and the readiness loop start five, and nothing is handed
/// from one to another. Not for what keeps the first thread busy, such as a screen.
final class FirstThreadExecutor: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let thread = pthread_self()

    /// Runs `work` and ends the process with its exit code. Called once, on the first thread.
    static func run(_ work: @escaping @Sendable () async -> Int32) -> Never {
        let executor = FirstThreadExecutor()
        Task.detached(executorPreference: executor) { exit(await work()) }
        do { try Readiness.shared.serve { executor.drain() } } catch {
            // Without a descriptor left nothing could be done anyway.
            exit(125)
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        if pthread_equal(pthread_self(), thread) == 0 { Readiness.shared.interrupt() }
    }

    private func drain() {
        while let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
