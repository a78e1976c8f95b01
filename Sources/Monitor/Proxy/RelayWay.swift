import CLinux

/// One way of a relay. It has a pipe only while bytes are on their way.
struct RelayWay {
    enum Step {
        case moved
        case stuck
        case broken
    }

    /// Most bytes that one step asks for; a pipe takes fewer.
    private static let most = 1 << 20

    private var pipe: PipePool.Pipe?
    private var filled = 0
    private var sawEnd = false
    /// The end was passed on.
    private(set) var isOver = false

    /// Takes in what has come, and passes on what is there.
    mutating func move(from source: Int32, to sink: Int32, _ pipes: inout PipePool) -> Step {
        guard !isOver else { return .stuck }
        guard let pipe = pipe ?? pipes.take() else { return .broken }
        self.pipe = pipe
        var hasMoved = false
        if !sawEnd {
            let count = monitor_splice(source, pipe.writing, Self.most)
            if count > 0 {
                filled += count
                hasMoved = true
            } else if count == 0 {
                sawEnd = true
                hasMoved = true
            } else if count != -Int(EAGAIN) {
                return .broken
            }
        }
        if filled > 0 {
            let count = monitor_splice(pipe.reading, sink, filled)
            if count > 0 {
                filled -= count
                hasMoved = true
            } else if count != -Int(EAGAIN) {
                return .broken
            }
        }
        if filled == 0 {
            if sawEnd {
                _ = monitor_shutdown_writing(sink)
                isOver = true
            }
            if !hasMoved || isOver { giveBack(&pipes) }
        }
        return hasMoved ? .moved : .stuck
    }

    mutating func giveBack(_ pipes: inout PipePool) {
        guard let pipe else { return }
        pipes.give(pipe, isEmpty: filled == 0)
        self.pipe = nil
    }
}

/// Pipes that nothing is in, kept for the next who needs one.
struct PipePool {
    struct Pipe {
        let reading: Int32
        let writing: Int32
    }

    private static let mostKept = 8
    private static let size: Int32 = 256 << 10

    private var free: [Pipe] = []

    mutating func take() -> Pipe? {
        if let pipe = free.popLast() { return pipe }
        var ends: (Int32, Int32) = (-1, -1)
        let made = withUnsafeMutablePointer(to: &ends) { pointer in
            monitor_pipe(UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Int32.self))
        }
        guard made >= 0 else { return nil }
        monitor_widen_pipe(ends.1, Self.size)
        return Pipe(reading: ends.0, writing: ends.1)
    }

    mutating func give(_ pipe: Pipe, isEmpty: Bool) {
        if isEmpty, free.count < Self.mostKept {
            free.append(pipe)
        } else {
            _ = monitor_close(pipe.reading)
            _ = monitor_close(pipe.writing)
        }
    }
}
