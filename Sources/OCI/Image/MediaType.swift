/// The media types of the image specification (media-types.md) and docker's older ones for the same things.
public enum MediaType {
    /// OCI image index.
    public static let index = "application/vnd.oci.image.index.v1+json"
    /// OCI image manifest.
    public static let manifest = "application/vnd.oci.image.manifest.v1+json"
    /// OCI image configuration.
    public static let configuration = "application/vnd.oci.image.config.v1+json"
    /// A layer as plain tar.
    public static let layer = "application/vnd.oci.image.layer.v1.tar"
    /// A layer as gzip-compressed tar.
    public static let layerGzip = "application/vnd.oci.image.layer.v1.tar+gzip"
    /// A layer as zstd-compressed tar.
    public static let layerZstd = "application/vnd.oci.image.layer.v1.tar+zstd"
    /// Docker's manifest list, equal to an index.
    public static let dockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json"
    /// Docker's manifest, schema 2, equal to an OCI manifest.
    public static let dockerManifest = "application/vnd.docker.distribution.manifest.v2+json"

    /// Docker's image configuration, equal to OCI's.
    public static let dockerConfiguration = "application/vnd.docker.container.image.v1+json"

    /// Whether `type` names an image's configuration of OCI or docker.
    public static func isImageConfiguration(_ type: String) -> Bool {
        type == configuration || type == dockerConfiguration
    }

    /// Whether `type` names an index or docker's manifest list.
    public static func isIndex(_ type: String) -> Bool { type == index || type == dockerManifestList }

    /// Whether `type` names an image manifest of OCI or docker.
    public static func isManifest(_ type: String) -> Bool { type == manifest || type == dockerManifest }
}
