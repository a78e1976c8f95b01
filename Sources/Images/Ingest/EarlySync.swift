import LinuxSystem

/// Lets a thread bring what is written to the disk while more is made: the disk has nothing else to do meanwhile, and at the
/// end little is left to wait for.
final class EarlySync: @unchecked Sendable {
    private let monitor = Monitor()
    private var waiting: Int64 = 0
    private var isEnded = false

    /// Bytes that are worth a trip to the disk.
    private static let portion: Int64 = 48 << 20

    /// Tells that so many bytes were written.
    func add(_ count: Int) {
        monitor.enter()
        waiting += Int64(count)
        if waiting >= Self.portion { monitor.wake() }
        monitor.leave()
    }

    /// Nothing more will be written.
    func end() {
        monitor.enter()
        isEnded = true
        monitor.wake()
        monitor.leave()
    }

    /// Works until the end; blocks the thread.
    func run(_ sync: SharedSync, on descriptor: Int32) {
        while true {
            monitor.enter()
            while waiting < Self.portion, !isEnded { monitor.wait() }
            waiting = 0
            let isEnded = isEnded
            monitor.leave()
            if isEnded { return }
            // What goes wrong here goes wrong at the end again, and is told then.
            try? sync.run(on: descriptor)
        }
    }
}
