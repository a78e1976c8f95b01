import Engine
import OCI

/// How `run` and `create` come by their image.
struct ImageDemand: Sendable, Equatable {
    /// What of an engine it takes.
    typealias Engine = ContainerLifecycle & ImageManaging & ImageTransferring

    var policy = PullPolicy.missing
    /// `os/architecture[/variant]`; `nil` is whatever the name leads to here, else the host's.
    var platform: String?
    var isQuiet = false

    /// Makes a container of an image, which is fetched before, or when it turns out to be missing: an image that is here
    /// costs no question more.
    func create(_ spec: ContainerSpec, _ engine: any Engine) async throws -> ContainerID {
        let isWanted =
            switch policy {
            case .always: true
            case .never: false
            case .missing: try await isOfOtherPlatform(spec.image, engine)
            }
        if isWanted { try await pull(spec.image, engine) }
        do {
            return try await engine.create(spec)
        } catch let error as EngineError
            where error.code == .notFound && policy == .missing && !isWanted && ImageDemand.isName(spec.image)
        {
            // It may be a network or another container that is not there.
            guard try await isMissing(spec.image, engine) else { throw error }
            try await pull(spec.image, engine)
            return try await engine.create(spec)
        }
    }

    private func pull(_ image: String, _ engine: any Engine) async throws {
        let owner = EngineReference(image)
        let reference = try ImageReference(owner.reference)
        if policy == .missing, !isQuiet {
            try await StandardStream.error.write("Unable to find image '\(reference.familiar)' locally\n")
        }
        // Docker says it of `latest` only to who pulls by hand.
        _ = try await ImagePull(
            request: PullRequest(
                reference: EngineReference.text(reference.familiar, in: owner.engine), platform: platform),
            isQuiet: isQuiet, stream: .error
        ).run(engine)
    }

    private func isMissing(_ image: String, _ engine: any Engine) async throws -> Bool {
        do {
            _ = try await engine.inspectImage(image)
            return false
        } catch let error as EngineError where error.code == .notFound { return true }
    }

    /// Whether the name leads to an image here that is for something else than was asked for.
    private func isOfOtherPlatform(_ image: String, _ engine: any Engine) async throws -> Bool {
        guard let platform else { return false }
        let wanted = try Platform(text: platform)
        do {
            let found = try await engine.inspectImage(image).image
            return found.os != wanted.os || found.architecture != wanted.architecture
        } catch let error as EngineError where error.code == .notFound { return false }
    }

    /// What a registry could have, other than an identifier.
    private static func isName(_ image: String) -> Bool {
        (try? ImageReference(EngineReference(image).reference)) != nil
    }
}
