/// How far one blob of an image has come: a layer mostly.
public struct BlobProgress: Sendable, Hashable {
    /// Where the blob stands.
    public enum Phase: Sendable, Hashable {
        /// Its turn has not come.
        case waiting
        /// Another process, or another pull of this one, is fetching it.
        case awaitingOther
        /// Bytes come in, and are unpacked as they come.
        case downloading
        /// All bytes are here; the rest is unpacked.
        case extracting
        /// Bytes go out.
        case uploading
        /// The connection failed; it is tried again after a while. `reason` is a sentence.
        case retrying(reason: String)
        /// It had been here, or there, before.
        case exists
        /// The registry took it over from another of its repositories.
        case mounted(from: String)
        /// It is here, or there, whole.
        case done
    }

    /// The blob's digest, `sha256:` and 64 hexadecimal digits.
    public var digest: String
    /// Bytes that the manifest tells; the compressed size.
    public var size: Int64
    /// Bytes of them that have come or gone, those of an earlier attempt included.
    public var done: Int64
    /// Where it stands.
    public var phase: Phase

    /// Makes a mark.
    public init(digest: String, size: Int64, done: Int64 = 0, phase: Phase) {
        self.digest = digest
        self.size = size
        self.done = done
        self.phase = phase
    }

    /// Twelve digits of the digest, as docker shows layers.
    public var short: String { String(digest.drop { $0 != ":" }.dropFirst().prefix(12)) }
}
