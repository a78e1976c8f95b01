import Engine

/// Something that can be inspected, with all that the engine tells of it.
public enum Inspected: Sendable, Hashable {
    case container(ContainerDetails)
    case image(ImageDetails)
    case network(Network)
    case volume(Volume)
}

/// What is to be inspected.
enum InspectionSubject: Sendable, Hashable {
    case image(ImageID)
    case network(NetworkID)
    case volume(String)
}

extension Inspected {
    /// As the command line shows it where the executable gives it, else in this program's own words.
    func document(_ host: HostServices) -> Result<Document, EngineError> {
        guard let describe = host.describe else { return .success(plainDocument) }
        do throws(DocumentReader.Failure) { return .success(try DocumentReader.read(describe(self))) } catch {
            return .failure(EngineError(.corrupted, words("cannot show what inspect tells"), cause: error))
        }
    }

    private var plainDocument: Document {
        switch self {
        case .container(let details): PlainDocument.container(details)
        case .image(let details): PlainDocument.image(details)
        case .network(let network): PlainDocument.network(network)
        case .volume(let volume): PlainDocument.volume(volume)
        }
    }
}
