import Engine
import OCI

/// An image that others are built on.
public struct BaseImage: Sendable, Hashable {
    /// The digest of its configuration.
    public var id: ImageID
    /// Its name with the digest of its manifest where there is one: `docker.io/library/busybox:latest@sha256:…`.
    public var name: String
    /// Its configuration.
    public var configuration: ImageConfiguration
    /// Its layers, lowest first.
    public var layers: [BuiltLayer]

    /// Makes a base.
    public init(id: ImageID, name: String, configuration: ImageConfiguration, layers: [BuiltLayer]) {
        self.id = id
        self.name = name
        self.configuration = configuration
        self.layers = layers
    }
}
