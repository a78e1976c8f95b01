import Engine
import OCI

extension ImageStore {
    /// Opens a place to copy from; `nil` for a registry, which this room knows nothing of.
    public func source(_ location: ImageLocation) throws(EngineError) -> (any ImageSource)? {
        switch location {
        case .registry: return nil
        case .store(let reference): return try StoreSource(reference, in: self)
        case .layout(let path, let name): return try LayoutSource(directory: path, name: name, limits: limits)
        case .layoutArchive(let path, let name):
            try prepare()
            return try LayoutSource(archive: path, name: name, scratch: stagingDirectory, limits: limits)
        case .dockerArchive(let path, let name):
            try prepare()
            return try DockerArchiveSource(path, name: name, scratch: stagingDirectory, limits: limits)
        case .directory(let path): return try PlainDirectorySource(path, limits: limits)
        }
    }

    /// Opens a place to copy to, with what the image is to be called there; `nil` for a registry.
    public func destination(
        _ location: ImageLocation
    ) throws(EngineError) -> (place: any ImageDestination, names: [String])? {
        func names(_ name: String?) -> [String] { name.map { [$0] } ?? [] }
        switch location {
        case .registry: return nil
        case .store(let reference):
            // What can be refused by reading alone is refused before a gigabyte is copied.
            _ = try ImageReference(reference)
            return (try StoreDestination(self), [reference])
        case .layout(let path, let name): return (try LayoutDestination(directory: path), names(name))
        case .layoutArchive(let path, let name): return (try LayoutDestination(archive: path), names(name))
        case .dockerArchive(let path, let name):
            if let name { _ = try ImageReference(name) }
            return (try DockerArchiveDestination(archive: path), names(name))
        case .directory(let path): return (try PlainDirectoryDestination(path), [])
        }
    }
}
