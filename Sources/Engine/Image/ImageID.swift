/// An image's identifier: the digest of its configuration, `sha256:` and 64 hexadecimal digits.
public struct ImageID: Hashable, Sendable, Codable, RawRepresentable, CustomStringConvertible {
    /// The digest, `sha256:` and 64 hexadecimal digits.
    public let rawValue: String

    /// Wraps a digest that is already known to be whole.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The digest alone, where the identifier also says whose the image is (`docker::sha256:…`).
    public var digest: String { EngineReference(rawValue).reference }

    /// The first twelve hexadecimal digits, as lists show them.
    public var short: String {
        let digits = digest.split(separator: ":", maxSplits: 1).last ?? ""
        return String(digits.prefix(12))
    }

    /// The digest.
    public var description: String { rawValue }
}
