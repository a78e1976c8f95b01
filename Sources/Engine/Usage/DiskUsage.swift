/// What images, containers and volumes take on the disk (`system df`). Sizes are bytes of content, a file with several
/// names counted once.
public struct DiskUsage: Sendable, Hashable, Codable {
    /// An image and its part of the layers.
    public struct ImageUsage: Sendable, Hashable, Codable {
        /// The image; its size is all its layers.
        public var image: Image
        /// Bytes of layers that other images have too.
        public var shared: Int64
        /// How many containers, running or not, are of it.
        public var containers: Int

        /// Bytes of layers that it alone has.
        public var unique: Int64 { image.size.subtractingClamped(shared) }

        /// Makes a line.
        public init(image: Image, shared: Int64, containers: Int) {
            self.image = image
            self.shared = shared
            self.containers = containers
        }
    }

    /// A container and what it has written.
    public struct ContainerUsage: Sendable, Hashable, Codable {
        /// The container.
        public var container: Container
        /// Bytes of its own layer.
        public var written: Int64

        /// Makes a line.
        public init(container: Container, written: Int64) {
            self.container = container
            self.written = written
        }
    }

    /// All images, newest first.
    public var images: [ImageUsage]
    /// All containers, newest first.
    public var containers: [ContainerUsage]
    /// All volumes with their sizes, by name.
    public var volumes: [Volume]
    /// Bytes of all layers, each counted once.
    public var layers: Int64
    /// Bytes of the layers that no image with a container needs.
    public var unusedLayers: Int64
    /// What is kept for later builds.
    public var buildCache: [BuildCacheRecord] = []

    /// Puts a report together.
    public init(
        images: [ImageUsage], containers: [ContainerUsage], volumes: [Volume], layers: Int64, unusedLayers: Int64
    ) {
        self.images = images
        self.containers = containers
        self.volumes = volumes
        self.layers = layers
        self.unusedLayers = unusedLayers
    }
}
