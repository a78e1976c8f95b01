import Engine
import OCI
import Synchronization

/// Turns a blob that is handed over piece by piece into one that is asked for by offset, as an upload asks: what
/// comes is held back until it is asked for, and an offset elsewhere begins anew there.
public final class BlobPuller: Sendable {
    private let bytes: BlobBytes
    private let state = Mutex(State())

    private struct State {
        var position: Int64 = 0
        var handoff: Handoff?
        var task: Task<Void, Never>?
    }

    /// Nothing is asked for before the first `read`.
    public init(_ bytes: @escaping BlobBytes) { self.bytes = bytes }

    deinit { stop() }

    /// The next piece from `offset` on; empty at the end. One at a time asks.
    public func read(at offset: Int64) async throws -> [UInt8] {
        let known = state.withLock { $0.position == offset ? $0.handoff : nil }
        let handoff = known ?? begin(at: offset)
        let piece = try await handoff.take()
        state.withLock { $0.position = offset + Int64(piece.count) }
        return piece
    }

    private func begin(at offset: Int64) -> Handoff {
        stop()
        let handoff = Handoff()
        let bytes = bytes
        let task = Task {
            do {
                try await bytes(offset) { try await handoff.put($0) }
                handoff.end(.success([]))
            } catch {
                handoff.end(.failure(error))
            }
        }
        state.withLock { state in
            state.handoff = handoff
            state.task = task
            state.position = offset
        }
        return handoff
    }

    private func stop() { state.withLock { $0.task }?.cancel() }
}

/// Hands pieces from one task to another; whoever comes first waits.
private final class Handoff: Sendable {
    private struct State {
        var piece: [UInt8]?
        var end: Result<[UInt8], any Error>?
        var giver: CheckedContinuation<Void, any Error>?
        var taker: CheckedContinuation<[UInt8], any Error>?
        var isCancelled = false
    }

    private let state = Mutex(State())

    /// Returns when the piece was taken.
    func put(_ piece: [UInt8]) async throws {
        // An empty piece would read as the end.
        guard !piece.isEmpty else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (answer, taker) = state.withLock {
                    state -> (Result<Void, any Error>?, CheckedContinuation<[UInt8], any Error>?) in
                    if state.isCancelled { return (.failure(CancellationError()), nil) }
                    if let taker = state.taker {
                        state.taker = nil
                        return (.success(()), taker)
                    }
                    state.piece = piece
                    state.giver = continuation
                    return (nil, nil)
                }
                taker?.resume(returning: piece)
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let giver = state.withLock { state in
                state.isCancelled = true
                defer { state.giver = nil }
                return state.giver
            }
            giver?.resume(throwing: CancellationError())
        }
    }

    /// Nothing more comes: an empty piece is the end.
    func end(_ end: Result<[UInt8], any Error>) {
        let taker = state.withLock { state in
            state.end = end
            defer { state.taker = nil }
            return state.taker
        }
        taker?.resume(with: end)
    }

    func take() async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            let (answer, giver) = state.withLock {
                state -> (Result<[UInt8], any Error>?, CheckedContinuation<Void, any Error>?) in
                if let piece = state.piece {
                    state.piece = nil
                    defer { state.giver = nil }
                    return (.success(piece), state.giver)
                }
                if let end = state.end { return (end, nil) }
                state.taker = continuation
                return (nil, nil)
            }
            giver?.resume()
            if let answer { continuation.resume(with: answer) }
        }
    }
}
