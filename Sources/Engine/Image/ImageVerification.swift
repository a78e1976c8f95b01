/// What checking an image's stored bytes has found (`image verify`).
public struct ImageVerification: Sendable, Hashable, Codable {
    /// One thing that is not as its digest says.
    public struct Fault: Sendable, Hashable, Codable {
        /// What it is and what is wrong with it, in words.
        public var description: String
        /// The digest of the blob, or the diff identifier of the unpacked layer.
        public var digest: String
        /// Whether it was fetched or unpacked again, and is right now.
        public var isRepaired: Bool
        /// Why it was not; `nil` when repair was not asked for, or went well.
        public var failure: String?

        /// Makes a fault.
        public init(description: String, digest: String, isRepaired: Bool, failure: String?) {
            self.description = description
            self.digest = digest
            self.isRepaired = isRepaired
            self.failure = failure
        }
    }

    /// The image.
    public var id: ImageID
    /// A name of it, or its short identifier.
    public var name: String
    /// Blobs and layers that were looked at.
    public var checked: Int
    /// What is wrong; empty when all is as it should be.
    public var faults: [Fault]

    /// Whether the image is whole now.
    public var isWhole: Bool { faults.allSatisfy(\.isRepaired) }

    /// Makes an answer.
    public init(id: ImageID, name: String, checked: Int, faults: [Fault]) {
        self.id = id
        self.name = name
        self.checked = checked
        self.faults = faults
    }
}
