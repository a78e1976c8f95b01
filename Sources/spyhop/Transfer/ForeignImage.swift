import Engine
import Merging

/// An image that another engine has, for a container that is to be made here.
enum ForeignImage {
    /// Brings the image that `docker::NAME` names into the engine in which things are made, unless it is there, and answers
    /// what it is called there; other names are answered as they stand.
    static func bring(_ text: String, _ engine: any ContainerEngine, isQuiet: Bool) async throws -> String {
        let reference = EngineReference(text)
        guard let source = reference.engine, let engines = engine as? MergedEngine, let first = engines.members.first,
            engines.members.contains(where: { $0.name == source })
        else { return text }
        let name = reference.reference
        let here = EngineReference.text(name, of: first.name)
        guard source != first.name else { return here }
        let wanted = try await engines.inspectImage(text).image
        if let present = try? await engines.inspectImage(here).image, present.id == wanted.id { return here }
        let copy = ImageCopy(from: .store(text), to: .store(here))
        _ = try await TransferSession(verb: .copy, stream: .error, isQuiet: isQuiet).run { progress in
            try await engines.copyImage(copy, progress: progress)
        }
        return here
    }
}
