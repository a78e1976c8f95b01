import Engine
import Glibc
import LinuxSystem
import OCI

extension ImageVerifier {
    /// What mending a layer has come to.
    struct Mended {
        var faults: [ImageVerification.Fault]
        /// What is still wrong.
        var left: LayerFindings
    }

    // MARK: - Documents

    /// Fetches a damaged document again.
    func mend(
        document: Descriptor, _ subject: VerificationSubject, _ change: StoreChange
    ) async throws -> ImageVerification.Fault {
        let what = MediaType.isIndex(document.mediaType) ? "index" : "document"
        let isMissing = Digest(document.digest).map { !change.hasBlob($0) } ?? true
        return try await attempt(
            "the \(what) \(isMissing ? "is missing" : "does not match its digest")", document.digest
        ) {
            let path = change.newPath()
            try await fetch(document, to: path, subject)
            try put(path, as: document)
        }
    }

    // MARK: - Layers

    /// Fetches a damaged blob again, unpacks a damaged layer again.
    func mend(
        _ layer: LayerCheck, _ found: LayerFindings, _ subject: VerificationSubject, _ change: StoreChange
    ) async throws -> Mended {
        var findings = found
        var faults: [ImageVerification.Fault] = []
        if let damage = findings.blob {
            let fault = try await attempt("the layer's blob: \(damage)", layer.blob.digest) {
                let path = change.newPath()
                try await fetch(layer.blob, to: path, subject)
                try put(path, as: layer.blob)
            }
            faults.append(fault)
            if fault.isRepaired { findings = try await runCancellable { try layer.run(unless: $0) } }
        }
        if findings.blob == nil, let damage = findings.tree {
            let fault = try await attempt("the unpacked layer: \(damage)", layer.diffID.description) {
                try await runOnOwnThread { try store.unpackAgain(layer, in: change, runningImages: runningImages) }
            }
            faults.append(fault)
            if fault.isRepaired { findings.tree = nil }
        }
        return Mended(faults: faults, left: findings)
    }

    /// Mends something, if that is wanted; a failure is told with the fault.
    private func attempt(
        _ description: String, _ digest: String, _ mend: () async throws -> Void
    ) async throws -> ImageVerification.Fault {
        var fault = ImageVerification.Fault(description: description, digest: digest, isRepaired: false, failure: nil)
        guard repairs else { return fault }
        do {
            try await mend()
            fault.isRepaired = true
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as EngineError where error.code == .cancelled {
            throw error
        } catch let error as EngineError {
            fault.failure = store.explained(error).description
        }
        return fault
    }

    // MARK: - Fetching

    /// Writes a blob to a new file, from the first repository that has it whole.
    private func fetch(_ blob: Descriptor, to path: String, _ subject: VerificationSubject) async throws {
        guard let refetch, !subject.repositories.isEmpty else {
            throw EngineError(
                .notFound, "no registry is known that has it", hint: "load it again from its archive")
        }
        var failure: (any Error)?
        for repository in subject.repositories {
            do {
                try await fetch(blob, from: repository, to: path, refetch)
                return
            } catch let error as EngineError where error.code != .cancelled && error.code != .system {
                failure = error
                try? Files.remove(path)
            }
        }
        if let failure { throw failure }
    }

    private func fetch(
        _ blob: Descriptor, from repository: ImageReference, to path: String, _ refetch: Refetch
    ) async throws {
        let received = try ReceivedBlob(path, size: blob.size)
        progress(.blob(BlobProgress(digest: blob.digest, size: blob.size, phase: .downloading)))
        try await refetch(blob, repository) { bytes in
            let done = try received.write(bytes)
            progress(.blob(BlobProgress(digest: blob.digest, size: blob.size, done: done, phase: .downloading)))
        }
        guard try received.finish().description == blob.digest else {
            throw EngineError(.corrupted, "\(repository.domain) sent other bytes than \(blob.digest)")
        }
        progress(.blob(BlobProgress(digest: blob.digest, size: blob.size, done: blob.size, phase: .done)))
    }

    private func put(_ path: String, as blob: Descriptor) throws(EngineError) {
        let digest = try Digest.parse(blob.digest, in: "the manifest")
        try store.publish(path, as: digest)
    }
}
