import struct Crypto.SHA256
import Engine
import Glibc
import LinuxSystem
import OCI
import Synchronization

/// The threads that a layer goes through: one writes the blob down and hashes it, one decompresses and hashes the archive,
/// one unpacks it. A thread that is ahead waits for the next one, and the task that fetches waits for all.
final class IngestPipeline: Sendable {
    private let layer: IngestedLayer
    /// Bytes that were here before.
    let offset: Int64
    private let unpacks: Bool
    private let directory: String
    private let file: Int32
    private let resources: Mutex<IngestResources?>

    private let incoming = BytePipe(capacity: 1 << 20)
    private let compressed = BytePipe(capacity: 1 << 20)
    private let plain = BytePipe(capacity: 2 << 20)
    private let early = EarlySync()

    private struct Progress: Sendable {
        var received: Int64
        var failure: EngineError?
        var blob: Digest?
        var content: Digest?
        var layerSize: Int64 = 0
    }

    private let progress: Mutex<Progress>
    private let threads = Mutex<Task<Void, Never>?>(nil)

    init(_ layer: IngestedLayer, _ resources: consuming IngestResources, offset: Int64, unpacks: Bool) {
        self.layer = layer
        self.offset = offset
        self.unpacks = unpacks
        directory = resources.staging.newPath()
        file = resources.file.rawValue
        self.resources = Mutex(consume resources)
        progress = Mutex(Progress(received: offset))
        threads.withLock { $0 = Task { await self.run() } }
    }

    // MARK: - The fetching task's side

    func write(_ bytes: [UInt8]) async throws {
        let received = progress.withLock { progress in
            progress.received += Int64(bytes.count)
            return progress.received
        }
        guard received <= layer.size else {
            let error = EngineError(
                .corrupted, "blob \(layer.blob) does not end after the \(layer.size) bytes that its manifest tells")
            fail(error)
            throw error
        }
        try await withTaskCancellationHandler {
            try await incoming.write(bytes)
        } onCancel: {
            abandon()
        }
    }

    func finish() async throws {
        try await withTaskCancellationHandler {
            let received = progress.withLock(\.received)
            if received < layer.size {
                fail(
                    EngineError(
                        .unreachable, "blob \(layer.blob) broke off after \(received) of \(layer.size) bytes"))
            }
            incoming.end()
            await settle()
            if let failure = progress.withLock(\.failure) { throw failure }
            try await runOnOwnThread { try self.commit() }
        } onCancel: {
            abandon()
        }
    }

    func abandon() { fail(EngineError(.cancelled, "blob \(layer.blob) was given up")) }

    func settle() async { await threads.withLock(\.self)?.value }

    /// Whatever failed first is what everybody hears.
    private func fail(_ error: EngineError) {
        let first = progress.withLock { progress in
            if progress.failure == nil { progress.failure = layer.store.explained(error) }
            return progress.failure ?? error
        }
        for pipe in [incoming, compressed, plain] { pipe.fail(first) }
    }

    // MARK: - The threads

    private func run() async {
        async let syncing: Void = stage { self.early.run(self.layer.sync, on: self.file) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.stage(self.takeIn) }
            guard self.unpacks else { return }
            group.addTask { await self.stage(self.decompress) }
            group.addTask { await self.stage(self.unpack) }
        }
        early.end()
        await syncing
        guard let failure = progress.withLock(\.failure) else { return }
        try? await runOnOwnThread { self.clear(removesDownload: failure.isAboutContent) }
    }

    private func stage(_ body: @escaping @Sendable () throws(EngineError) -> Void) async {
        do {
            try await runOnOwnThread {
                do throws(EngineError) { try body() } catch { self.fail(error) }
            }
        } catch {
            fail(EngineError(.system, "cannot take in blob \(layer.blob)", cause: error))
        }
    }

    private func takeIn() throws(EngineError) {
        var hash = SHA256()
        if offset > 0 {
            let source = try FileSource(layer.downloadPath, subject: "blob \(layer.blob)")
            var left = offset
            while left > 0 {
                let bytes = try source.next()
                if bytes.isEmpty { break }
                left -= Int64(bytes.count)
                hash.update(bufferPointer: bytes)
                if unpacks { try compressed.write(bytes) }
            }
        }
        while true {
            let bytes = try incoming.read()
            if bytes.isEmpty { break }
            try writeAll(bytes, to: file, subject: layer.downloadPath)
            early.add(bytes.count)
            hash.update(bufferPointer: bytes)
            if unpacks { try compressed.write(bytes) }
        }
        let digest = Digest(hash.finalize())
        guard digest == layer.blob else {
            throw EngineError(.corrupted, "blob \(layer.blob) does not match its digest: its content is \(digest)")
        }
        compressed.end()
    }

    private func decompress() throws(EngineError) {
        let subject = "layer \(layer.diffID)"
        let source = try DecompressedSource(PipeSource(compressed), subject: subject)
        let stream = HashingSource(
            source, limit: layer.store.limits.layerBytes, subject: subject,
            known: source.compression == .none ? layer.blob : nil)
        while true {
            let bytes = try stream.next()
            if bytes.isEmpty { break }
            try plain.write(bytes)
            early.add(bytes.count)
        }
        let digest = try stream.finish()
        guard digest == layer.diffID else {
            throw EngineError(.corrupted, "layer \(layer.diffID) does not match its digest: its content is \(digest)")
        }
        plain.end()
    }

    private func unpack() throws(EngineError) {
        let root = try inWords("cannot unpack layer \(layer.diffID)") { () throws(SystemError) in
            try Files.makeDirectories(directory, mode: 0o755)
            return try OwnedDescriptor.open(directory, O_RDONLY | O_DIRECTORY)
        }
        let writer = TreeWriter(
            root: root.rawValue, purpose: .layer, keepOwners: true, limits: layer.store.limits)
        let source = PipeSource(plain)
        try withPortableNames { () throws(EngineError) in
            try writer.apply(TarReader(source, subject: "layer \(layer.diffID)"))
        }
        // The tar reader stops at the end mark; padding may follow.
        while try !source.next().isEmpty {}
        progress.withLock { $0.layerSize = writer.writtenBytes }
    }

    // MARK: - The end

    private func commit() throws(EngineError) {
        do throws(EngineError) {
            let size = progress.withLock(\.layerSize)
            try layer.commit(file, unpackedIn: unpacks ? (directory, size) : nil)
        } catch {
            clear(removesDownload: false)
            throw layer.store.explained(error)
        }
        clear(removesDownload: false)
    }

    private func clear(removesDownload: Bool) {
        // Beneath the lock still: nobody else has begun a download of his own.
        let held = resources.withLock { $0.take() }
        if held != nil, removesDownload { try? Files.remove(layer.downloadPath) }
        _ = consume held
    }
}
