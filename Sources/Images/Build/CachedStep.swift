import Engine
import OCI

/// A build step's result, kept under what made it.
public struct CachedStep: Sendable, Hashable, Codable {
    /// What the step was made from: everything that could change its result.
    public var key: Digest
    /// The layer; `nil` for a step that changes no files.
    public var layer: BuiltLayer?
    /// The instruction, as history shows it.
    public var instruction: String
    /// When it was made, which images made from it go on telling.
    public var createdAt: Timestamp

    /// Makes a record.
    public init(key: Digest, layer: BuiltLayer?, instruction: String, createdAt: Timestamp) {
        self.key = key
        self.layer = layer
        self.instruction = instruction
        self.createdAt = createdAt
    }
}
