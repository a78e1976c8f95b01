/// An image layer by layer, and what of it is carried for nothing (`image layers`, as dive tells it).
public struct ImageLayers: Sendable, Hashable, Codable {
    /// A path whose content is in several layers, or is removed again, so that bytes below are carried for nothing.
    public struct Waste: Sendable, Hashable, Codable {
        /// From the root, without a leading `/`.
        public var path: String
        /// In how many layers it is, its removal included.
        public var count: Int
        /// Bytes in all of them that nobody sees.
        public var bytes: Int64

        /// Makes a line.
        public init(path: String, count: Int, bytes: Int64) {
            self.path = path
            self.count = count
            self.bytes = bytes
        }
    }

    /// The image.
    public var image: Image
    /// Lowest first.
    public var layers: [ImageLayer]
    /// Most bytes first.
    public var waste: [Waste]

    /// Makes an answer.
    public init(image: Image, layers: [ImageLayer], waste: [Waste]) {
        self.image = image
        self.layers = layers
        self.waste = waste
    }

    /// Bytes of all layers.
    public var totalBytes: Int64 { layers.lazy.map(\.size).sumClamped() }

    /// Bytes that nobody sees.
    public var wastedBytes: Int64 { waste.lazy.map(\.bytes).sumClamped() }

    /// The share of all bytes that is seen, 0 to 1; 1 for an empty image.
    public var efficiency: Double {
        totalBytes > 0 ? 1 - Double(min(wastedBytes, totalBytes)) / Double(totalBytes) : 1
    }
}
