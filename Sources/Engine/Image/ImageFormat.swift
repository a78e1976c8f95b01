/// How images are written to be taken elsewhere, under podman's names.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
    /// A tar archive as `docker save` wrote it before version 25.
    case dockerArchive = "docker-archive"
    /// An OCI image layout as a tar archive.
    case ociArchive = "oci-archive"
    /// An OCI image layout.
    case ociDirectory = "oci-dir"
    /// Manifest and blobs as plain files; one image only.
    case dockerDirectory = "docker-dir"

    /// Whether it is a directory, which cannot be written to a descriptor.
    public var isDirectory: Bool { self == .ociDirectory || self == .dockerDirectory }
}

/// Where images are written to.
public enum ImageSaveTarget: Sendable, Hashable {
    /// An open descriptor of the caller's, for archives.
    case descriptor(Int32)
    /// An absolute path.
    case path(String)
}
