import Engine
import Glibc

/// Carries an image from one engine to another: saved here, loaded there, a pipe's worth at a time.
struct EngineCopy {
    let engines: MergedEngine

    /// Copies within one engine are its own affair.
    func copy(_ copy: ImageCopy, _ progress: @escaping TransferProgress) async throws -> String {
        guard case .store(let from) = copy.source, case .store(let to) = copy.destination else {
            let named = [copy.source, copy.destination].compactMap { location -> String? in
                if case .store(let text) = location { EngineReference(text).engine } else { nil }
            }.first
            let engine = try named.map { try engines.member($0).engine } ?? engines.target("").0.engine
            return try await engine.copyImage(Self.within(copy), progress: progress)
        }
        let (source, reference, _) = try await engines.holder(of: from, "image") { try await $0.inspectImage($1) }
        let (target, name) = try engines.target(to)
        if source.name == target.name {
            return try await target.engine.copyImage(
                ImageCopy(
                    from: .store(reference), to: .store(name), platform: copy.platform, allPlatforms: copy.allPlatforms),
                progress: progress)
        }
        return try await carry(reference, from: source.engine, to: target.engine, as: name, progress)
    }

    private static func within(_ copy: ImageCopy) -> ImageCopy {
        func bare(_ location: ImageLocation) -> ImageLocation {
            if case .store(let text) = location { .store(EngineReference(text).reference) } else { location }
        }
        var own = copy
        (own.source, own.destination) = (bare(copy.source), bare(copy.destination))
        return own
    }

    private func carry(
        _ reference: String, from source: any ContainerEngine, to target: any ContainerEngine, as name: String,
        _ progress: @escaping TransferProgress
    ) async throws -> String {
        let image = try await source.inspectImage(reference).image
        progress(.began(reference: reference))
        // What another image of that name is called there is not to be lost with the loading of this one.
        let before = try? await target.inspectImage(reference).image.id
        let pipe = try Pipe()
        let blob = BlobProgress(digest: image.id.rawValue, size: image.size, phase: .downloading)
        progress(.manifest(digest: image.digest, blobs: [blob]))
        async let saved: Void = save(reference, from: source, pipe)
        let loaded: [String]
        do {
            loaded = try await target.load(fromDescriptor: pipe.reading)
            pipe.closeReading()
        } catch {
            // Whoever writes is told by the closed pipe; why it was closed is what counts.
            pipe.closeReading()
            do { try await saved } catch let first as EngineError where first.code != .system { throw first }
            throw error
        }
        try await saved
        let arrived = loaded.first ?? image.id.rawValue
        let copied = try await target.inspectImage(arrived).image
        try await rename(arrived, copied.id, to: name, reference, before, in: target)
        var done = blob
        (done.done, done.phase) = (image.size, .done)
        progress(.blob(done))
        return copied.digest.isEmpty ? copied.id.rawValue : copied.digest
    }

    private func save(_ reference: String, from source: any ContainerEngine, _ pipe: Pipe) async throws {
        defer { pipe.closeWriting() }
        try await source.save([reference], toDescriptor: pipe.writing)
    }

    /// Gives the copy the name that was asked for, and whoever had its old name there gets it back.
    private func rename(
        _ arrived: String, _ id: ImageID, to name: String, _ old: String, _ before: ImageID?,
        in target: any ContainerEngine
    ) async throws {
        if !name.isEmpty { try await target.tag(id.rawValue, as: name) }
        // It has come under the name that was asked for.
        if arrived == name || arrived == "\(name):latest" { return }
        let asked = try await target.inspectImage(name.isEmpty ? old : name).image
        guard let other = asked.tags.first(where: { $0 == arrived }), asked.tags.contains(where: { $0 != arrived })
        else {
            return
        }
        if let before, before != id {
            try await target.tag(before.rawValue, as: other)
        } else if before == nil {
            _ = try await target.removeImage(other, force: false)
        }
    }

    /// Two ends that are closed once each.
    private final class Pipe: @unchecked Sendable {
        let reading: Int32
        let writing: Int32
        private var isOpen: (reading: Bool, writing: Bool) = (true, true)

        init() throws(EngineError) {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else {
                throw EngineError(.system, "cannot open a pipe: \(String(cString: strerror(errno)))")
            }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            (reading, writing) = (ends[0], ends[1])
        }

        deinit {
            closeReading()
            closeWriting()
        }

        /// Called by the one who reads alone.
        func closeReading() {
            if isOpen.reading { _ = close(reading) }
            isOpen.reading = false
        }

        /// Called by the one who writes alone.
        func closeWriting() {
            if isOpen.writing { _ = close(writing) }
            isOpen.writing = false
        }
    }
}
