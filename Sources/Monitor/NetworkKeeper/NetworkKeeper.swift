import CLinux

/// Keeps the network namespace of an ordinary user's containers, and a program that leads from it to the world, as long as
/// anybody has the pipe open that everyone who asks is given, and a little longer.
///
/// It stands in the host's network namespace itself, where that program has to be started.
final class NetworkKeeper {
    private let directory: CString
    private let listener = Int32(SPH_NETNS_LISTENER)
    private let space = Int32(SPH_NETNS_NAMESPACE)
    /// The pipe's reading end: at its end of file nobody is there any more.
    private var hold = Descriptor()
    private var world: World
    /// When to end, while nobody is there.
    private var endsAt: Int64?
    private var socketInode: UInt64 = 0

    private static let linger: Int64 = 3_000_000_000
    /// The one who had it started is on his way.
    private static let firstLinger: Int64 = 20_000_000_000

    /// The keeper's life.
    static func run() -> Never {
        sph_netns_settle()
        guard let words = sph_netns_arguments(), words[0] != nil, let directory = words[1] else { monitor_exit(2) }
        NetworkKeeper(directory: CString(directory), programs: words + 2).live()
    }

    private init(directory: CString, programs: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) {
        self.directory = directory
        world = World(programs: programs, space: space)
        socketInode = sph_netns_inode_at(path(SPH_NETNS_SOCKET).c)
        endsAt = monitor_monotonic() + Self.firstLinger
    }

    private func live() -> Never {
        do throws(SystemError) {
            try take()
            writeRecord()
        } catch {
            refuse(error)
            leave()
        }
        world.begin()
        while true {
            wait()
            if let endsAt, monitor_monotonic() >= endsAt { endUnlessWanted() }
        }
    }

    /// Takes over what a killed keeper has left, or makes all anew.
    private func take() throws(SystemError) {
        if sph_netns_is_space(space) != 0 {
            hold = Descriptor(owning: monitor_duplicate_above(Int32(SPH_NETNS_HOLD), Int32(SPH_NETNS_HOLD) + 1))
            try check(hold.number)
            endsAt = nil
        } else {
            try check(sph_netns_make())
            var ends: [Int32] = [-1, -1]
            try check(sph_netns_pipe(&ends))
            hold = Descriptor(owning: ends[0])
            _ = monitor_close(ends[1])
        }
    }

    private func wait() {
        let isSettled = world.isSettled
        let waits: [sph_netns_wait] = [
            sph_netns_wait(descriptor: isSettled ? listener : -1, ready: 0),
            // While nobody is there its end of file would be told again and again.
            sph_netns_wait(descriptor: endsAt == nil ? hold.number : -1, ready: 0),
            sph_netns_wait(descriptor: world.program.number, ready: 0),
            sph_netns_wait(descriptor: world.anchor.number, ready: 0),
        ]
        withUnsafeTemporaryAllocation(of: sph_netns_wait.self, capacity: waits.count) { space in
            for index in 0..<waits.count { space[index] = waits[index] }
            guard sph_netns_poll(space.baseAddress, Int32(waits.count), timeToDeadline) >= 0 else { return }
            if space[2].ready != 0 { world.programEnded() }
            if space[3].ready != 0 { world.anchorEnded() }
            world.meetDeadline()
            if space[1].ready & 2 != 0 { endsAt = monitor_monotonic() + Self.linger }
            if space[0].ready != 0 { serve() }
        }
    }

    /// Milliseconds, rounded up; -1 when nothing is due.
    private var timeToDeadline: Int32 {
        let next = min(endsAt ?? .max, world.deadline ?? .max)
        guard next != .max else { return -1 }
        return Int32(clamping: max(0, next - monitor_monotonic() + 999_999) / 1_000_000)
    }

    // MARK: - Whoever asks

    /// Answers all who wait; whether there was anybody.
    @discardableResult
    private func serve() -> Bool {
        var hasServed = false
        while true {
            let client = Descriptor(owning: monitor_accept(listener))
            guard client.isOpen else { return hasServed }
            guard sph_netns_peer(client.number) != 0 else { continue }
            let end = Descriptor(owning: sph_netns_holder(hold.number))
            guard end.isOpen else { continue }
            var greeting = world.greeting
            // Nothing is in the socket's buffer yet, so neither waits.
            guard sph_netns_send(client.number, &greeting, MemoryLayout<sph_netns_greeting>.size, space) >= 0,
                monitor_send_descriptor(client.number, end.number) >= 0
            else { continue }
            hasServed = true
            endsAt = nil
        }
    }

    /// Tells the one who had this started why there is nothing.
    private func refuse(_ error: SystemError) {
        var wait = sph_netns_wait(descriptor: listener, ready: 0)
        guard sph_netns_poll(&wait, 1, 5000) > 0 else { return }
        let client = Descriptor(owning: monitor_accept(listener))
        var greeting = world.greeting
        greeting.error = error.code
        if client.isOpen { _ = monitor_send(client.number, &greeting, MemoryLayout<sph_netns_greeting>.size) }
    }

    // MARK: - The end

    /// Ends while holding the lock, so that nobody makes another one meanwhile; whoever connects after the last look finds
    /// the socket closed, and takes the lock himself.
    private func endUnlessWanted() {
        let lock = Descriptor(owning: sph_netns_lock(path(SPH_NETNS_LOCK).c))
        guard lock.isOpen else {
            endsAt = monitor_monotonic() + 100_000_000
            return
        }
        if serve() { return }
        leave()
    }

    private func leave() -> Never {
        if sph_netns_inode_at(path(SPH_NETNS_SOCKET).c) == socketInode {
            _ = monitor_unlink(AT_FDCWD, path(SPH_NETNS_SOCKET).c)
            _ = monitor_unlink(AT_FDCWD, path(SPH_NETNS_RECORD).c)
        }
        world.end()
        monitor_exit(0)
    }

    // MARK: - Files

    private func path(_ name: String) -> Text {
        var text = Text(capacity: 4096)
        text.append(directory)
        text.append(byte: .slash)
        for byte in name.utf8 { text.append(byte: byte) }
        return text
    }

    /// Where the next keeper looks when this one is killed.
    private func writeRecord() {
        var text = Text(capacity: 128)
        let ticks = ProcessFacts.startTicks(of: monitor_pid()) ?? 0
        let numbers = [
            Int64(monitor_pid()), Int64(truncatingIfNeeded: ticks),
            Int64(truncatingIfNeeded: sph_netns_inode(space)), Int64(truncatingIfNeeded: sph_netns_inode(hold.number)),
        ]
        for index in 0..<numbers.count {
            if index > 0 { text.append(byte: .space) }
            text.append(number: numbers[index])
        }
        text.append(byte: .newline)
        let file = Descriptor(owning: monitor_open(path(SPH_NETNS_RECORD).c, O_WRONLY | O_CREAT | O_TRUNC, 0o600))
        if file.isOpen { _ = monitor_write(file.number, text.bytes, text.count) }
    }
}
