import Engine
import LinuxSystem
import OCI

/// One layer's blob on its way into the store: written down, checked, decompressed, checked again and unpacked, all at once,
/// with a few mebibytes of memory.
///
/// One task writes. Whatever goes wrong first, in any part, is what `write` and `finish` throw.
public final class LayerIngest: Sendable {
    /// What is left to do.
    public enum State: Sendable, Hashable {
        /// Nothing: blob and layer are in place.
        case complete
        /// The bytes from `offset` on are wanted; those before it are here from a download that broke off.
        case wanting(offset: Int64)
    }

    /// What was left to do when it began.
    public let state: State
    private let pipeline: IngestPipeline?

    init(_ pipeline: IngestPipeline?) {
        self.pipeline = pipeline
        state = pipeline.map { .wanting(offset: $0.offset) } ?? .complete
    }

    deinit { abandon() }

    /// Hands over the next bytes of the blob; suspends while those before them are worked on.
    ///
    /// A task that is cancelled meanwhile gives the blob up.
    /// - Throws: `.corrupted` when there are more than the descriptor tells, or they are damaged; `.invalidArgument` for an
    ///   archive that is refused; `.system`; `.cancelled`.
    public func write(_ bytes: [UInt8]) async throws { try await open().write(bytes) }

    /// Waits until all is unpacked, checks both digests and puts blob and layer in place.
    ///
    /// - Throws: as `write`; `.unreachable` when bytes are missing, which are asked for next time.
    public func finish() async throws {
        if let pipeline { try await pipeline.finish() }
    }

    /// Gives up. What has come stays for the next try, unless it was found to be damaged.
    public func abandon() { pipeline?.abandon() }

    /// Waits until nothing of it runs any more.
    func settle() async { await pipeline?.settle() }

    private func open() throws(EngineError) -> IngestPipeline {
        guard let pipeline else { throw EngineError(.conflict, "the blob is here already") }
        return pipeline
    }
}
