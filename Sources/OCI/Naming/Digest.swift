import Crypto
import Engine

/// A SHA-256 digest as the image specification writes it, `sha256:` and 64 lower-case hexadecimal digits.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// The 64 digits.
    public let hex: String

    /// `nil` when `text` is anything else: it becomes a file name, so nothing else may pass.
    public init?(_ text: some StringProtocol) {
        let prefix = "sha256:"
        guard text.utf8.count == prefix.utf8.count + 64, text.hasPrefix(prefix) else { return nil }
        let digits = text.dropFirst(prefix.count)
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else { return nil }
        hex = String(digits)
    }

    /// A finished hash.
    public init(_ hash: SHA256.Digest) {
        let digits = Array("0123456789abcdef".utf8)
        hex = String(
            decoding: hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The digest of `bytes`.
    public init(of bytes: [UInt8]) { self.init(SHA256.hash(data: bytes)) }

    /// `sha256:` and the digits.
    public var description: String { "sha256:\(hex)" }

    /// Reads a digest out of a document.
    /// - Throws: `EngineError` `.corrupted`, naming `document`.
    public static func parse(_ text: String, in document: String) throws(EngineError) -> Digest {
        guard let digest = Digest(text) else {
            throw EngineError(.corrupted, "\(document) names \"\(text)\", which is not a sha256 digest")
        }
        return digest
    }
}
