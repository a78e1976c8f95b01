import Engine
import LinuxSystem
import OCI

/// Holds what is stored of images to their digests, and can mend what is not as it should be.
///
/// Blobs and documents are fetched again from where an image came from; layers are unpacked again from their blobs.
public struct ImageVerifier: Sendable {
    /// Fetches a blob, or a manifest (its media type tells), from a repository and hands its bytes to the sink in
    /// order.
    public typealias Refetch =
        @Sendable (
            _ blob: Descriptor, _ repository: ImageReference, _ sink: @escaping @Sendable ([UInt8]) async throws -> Void
        ) async throws -> Void

    let store: ImageStore
    let repairs: Bool
    /// Images that running containers were made from.
    let runningImages: @Sendable () throws -> Set<ImageID>
    let refetch: Refetch?
    let progress: TransferProgress

    /// Layers read at a time.
    private static let width = 4

    /// Makes a verifier.
    ///
    /// - Parameters:
    ///   - repairs: what is damaged is mended where it can be.
    ///   - runningImages: asked right before an unpacked layer is replaced: beneath a running container none is.
    ///   - refetch: `nil` where no registry can be asked.
    public init(
        _ store: ImageStore, repairs: Bool, runningImages: @escaping @Sendable () throws -> Set<ImageID>,
        refetch: Refetch?, progress: @escaping TransferProgress
    ) {
        self.store = store
        self.repairs = repairs
        self.runningImages = runningImages
        self.refetch = refetch
        self.progress = progress
    }

    /// Checks the images that the references name, or all; one that several names lead to is checked once.
    ///
    /// - Throws: `.notFound`; `.system`; `CancellationError`. Damage is no error: it is told in the answer.
    public func verify(_ references: [String]) async throws -> [ImageVerification] {
        let change = try store.beginChange()
        defer { change.finish() }
        var run = VerificationRun()
        var answers: [ImageVerification] = []
        for subject in try store.subjects(references) {
            progress(.began(reference: subject.name))
            answers.append(try await verify(subject, change, &run))
        }
        return answers
    }

    private func verify(
        _ subject: VerificationSubject, _ change: StoreChange, _ run: inout VerificationRun
    ) async throws -> ImageVerification {
        var report = ImageVerification(
            id: ImageID(rawValue: subject.descriptor.digest), name: subject.name, checked: 0, faults: [])
        guard let image = try await documents(subject, change, &report) else { return report }
        report.id = image.id
        if subject.isUnnamed { report.name = image.id.short }
        let layers = try checks(of: image)
        try await look(at: layers.filter { run.findings[$0.diffID] == nil }, &run)
        for layer in layers {
            report.checked += 2
            guard let findings = run.findings[layer.diffID] else { continue }
            if findings.blob == nil, findings.tree == nil { continue }
            let mended = try await mend(layer, findings, subject, change)
            report.faults += mended.faults
            // Another image that has the layer too is told what is left of it.
            run.findings[layer.diffID] = mended.left
        }
        return report
    }

    private func checks(of image: StoredImage) throws(EngineError) -> [LayerCheck] {
        var checks: [LayerCheck] = []
        for (diffID, blob) in zip(image.diffIDs, image.manifest.layers)
        where !checks.contains(where: { $0.diffID == diffID }) {
            let digest = try Digest.parse(blob.digest, in: "manifest \(image.manifestDescriptor.digest)")
            checks.append(LayerCheck(store: store, blob: blob, digest: digest, diffID: diffID))
        }
        return checks
    }

    private func look(at layers: [LayerCheck], _ run: inout VerificationRun) async throws {
        try await withThrowingTaskGroup(of: (Digest, LayerFindings).self) { group in
            var waiting = layers[...]
            func begin() {
                guard let next = waiting.popFirst() else { return }
                group.addTask { (next.diffID, try await runCancellable { try next.run(unless: $0) }) }
            }
            for _ in 0..<Self.width { begin() }
            while let (diffID, findings) = try await group.next() {
                run.findings[diffID] = findings
                begin()
            }
        }
    }

    // MARK: - Documents

    /// The image's documents, mended if need be; `nil` when they cannot be read, which is then in the report.
    private func documents(
        _ subject: VerificationSubject, _ change: StoreChange, _ report: inout ImageVerification
    ) async throws -> StoredImage? {
        // Each damaged document hides the ones below it: an index, a manifest, a configuration.
        for _ in 0..<8 {
            let damaged: Descriptor
            switch store.firstDamagedDocument(of: subject.descriptor) {
            case .none:
                report.checked += 1
                do throws(EngineError) { return try store.readImage(subject.descriptor) } catch {
                    report.faults.append(
                        .init(
                            description: error.description, digest: subject.descriptor.digest, isRepaired: false,
                            failure: nil))
                    return nil
                }
            case .some(let found): damaged = found
            }
            let fault = try await mend(document: damaged, subject, change)
            report.checked += 1
            report.faults.append(fault)
            guard fault.isRepaired else { return nil }
        }
        return nil
    }
}

/// What one run has found so far, by diff identifier: images share layers.
struct VerificationRun {
    var findings: [Digest: LayerFindings] = [:]
}
