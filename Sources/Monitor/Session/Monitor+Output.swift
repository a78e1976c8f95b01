import CLinux
import CMonitorWire

extension Monitor {
    /// Most bytes that are taken of a stream after the process's end: what a pipe can hold at most. Somebody that
    /// escaped with the pipe could go on writing for ever.
    private static let mostAfterEnd = 2 << 20

    /// Reads one chunk of a stream and gives it to the log and the clients.
    func pass(_ stream: LogWriter.Stream) {
        if readOnce(stream) == .ended { unwatch(stream) }
        holdIfOwnerIsSlow()
    }

    /// Takes everything that is left in the streams.
    func drain() {
        for stream in [LogWriter.Stream.output, .error] {
            var taken = 0
            while taken < Self.mostAfterEnd {
                guard case .bytes(let count) = readOnce(stream) else { break }
                taken += count
            }
        }
    }

    private enum Reading: Equatable {
        case bytes(Int)
        case empty
        case ended
    }

    private func readOnce(_ stream: LogWriter.Stream) -> Reading {
        let descriptor = stream == .output ? output.number : error.number
        guard descriptor >= 0, let start = scratch.baseAddress else { return .empty }
        let count = monitor_read(descriptor, start, scratch.count)
        if count == -Int(EAGAIN) { return .empty }
        // A terminal says EIO when its last user has closed it.
        guard count > 0 else { return .ended }
        log.write(UnsafeRawBufferPointer(start: start, count: count), to: stream, at: monitor_realtime())
        for client in clients where client.wantsOutput { give(start, count, of: stream, to: client) }
        return .bytes(count)
    }

    private func give(_ bytes: UnsafeRawPointer, _ count: Int, of stream: LogWriter.Stream, to client: Client) {
        guard client.isOwner || client.waiting + count <= Client.bound else {
            client.detach()
            return
        }
        client.send(stream == .output ? SPH_FRAME_STDOUT : SPH_FRAME_STDERR, bytes, count)
    }

    // MARK: - Waiting for the owner

    private func unwatch(_ stream: LogWriter.Stream) {
        switch stream {
        case .output:
            // The terminal's master also takes the size of the window.
            guard !plan.has(SPH_PLAN_TTY) else {
                _ = monitor_epoll_remove(epoll.number, output.number)
                return
            }
            output.close()
        case .error: error.close()
        }
    }

    /// Stops reading while an owner has much waiting. The streams leave the watch altogether: one that hangs up would
    /// be reported without end.
    private func holdIfOwnerIsSlow() {
        guard !isOutputHeld, ownersWait(for: Client.bound / 2) else { return }
        isOutputHeld = true
        if output.isOpen { _ = monitor_epoll_remove(epoll.number, output.number) }
        if error.isOpen { _ = monitor_epoll_remove(epoll.number, error.number) }
    }

    func resumeIfOwnerKeptUp() {
        guard isOutputHeld, !ownersWait(for: Client.bound / 8) else { return }
        isOutputHeld = false
        if output.isOpen { add(output.number, .output) }
        if error.isOpen { add(error.number, .error) }
    }

    private func ownersWait(for bytes: Int) -> Bool {
        for client in clients where client.isOwner && client.waiting > bytes { return true }
        return false
    }

    // MARK: - Input

    /// The container takes input again.
    func inputReady() {
        input.flush()
        if input.number >= 0 { watchInput() }
        guard input.number < 0 || input.room > 0 else { return }
        for client in clients where client.isHeld { release(client) }
    }

    func watchInput() {
        let number = input.number
        guard number >= 0 else { return }
        let wanted: UInt32 = input.isWaiting ? MONITOR_WRITABLE : 0
        if monitor_epoll_change(epoll.number, number, wanted, Source.input.tag(number)) == -ENOENT {
            add(number, .input, wanted)
        }
    }
}
