import OCI

/// An image that is to be listed, all of whose content is in the store.
public struct PublishedImage: Sendable, Hashable {
    /// Its manifest, or an index of which this platform's image is here.
    public var manifest: Descriptor
    /// The name it gets, which another image loses; one with a digest counts as a repository digest. `nil` leaves it
    /// without.
    public var name: ImageReference?
    /// `docker.io/library/busybox@sha256:…`: where it came from or went to; the digest is an index's where there was
    /// one.
    public var repoDigest: String?

    /// Makes a request.
    public init(manifest: Descriptor, name: ImageReference?, repoDigest: String?) {
        self.manifest = manifest
        self.name = name
        self.repoDigest = repoDigest
    }
}

/// What publishing an image has changed.
public enum PulledState: Sendable, Hashable {
    /// The name led to this manifest already.
    case upToDate
    /// The image is new, or its name has led elsewhere before.
    case updated
}
