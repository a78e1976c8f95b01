/// Where an image is, or goes, in a copy; skopeo's transports (containers-transports(5)).
public enum ImageLocation: Sendable, Hashable {
    /// `docker://name[:tag]`: a registry.
    case registry(String)
    /// `spyhop:name[:tag]`: the images of this engine.
    case store(String)
    /// `oci:PATH[:name]`: a directory in the OCI image layout.
    case layout(path: String, name: String?)
    /// `oci-archive:PATH[:name]`: the same as a tar file.
    case layoutArchive(path: String, name: String?)
    /// `docker-archive:PATH[:name]`: as `docker save` writes it.
    case dockerArchive(path: String, name: String?)
    /// `dir:PATH`: manifest and blobs as plain files.
    case directory(path: String)
}

/// A copy of an image from one place to another; nothing is unpacked on the way.
public struct ImageCopy: Sendable, Hashable {
    /// Where it is.
    public var source: ImageLocation
    /// Where it goes.
    public var destination: ImageLocation
    /// `os/architecture[/variant]` of an index; `nil` is the host's.
    public var platform: String?
    /// All platforms of an index, and the index itself.
    public var allPlatforms: Bool

    /// Makes a request.
    public init(
        from source: ImageLocation, to destination: ImageLocation, platform: String? = nil, allPlatforms: Bool = false
    ) {
        self.source = source
        self.destination = destination
        self.platform = platform
        self.allPlatforms = allPlatforms
    }
}
