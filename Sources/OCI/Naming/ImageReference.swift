import Engine

/// The name of an image, normalised by docker's rules: `[domain/]path[:tag][@digest]`.
///
/// `busybox`, `library/busybox` and `docker.io/library/busybox:latest` are one and the same.
/// Grammar: distribution's `reference` package; normalisation: docker's "familiar names".
public struct ImageReference: Sendable, Hashable, CustomStringConvertible {
    /// The registry, with port: `docker.io`, `localhost:5000`.
    public let domain: String
    /// The repository within the registry: `library/busybox`.
    public let path: String
    /// `nil` only beside a digest.
    public let tag: String?
    /// `sha256:` and 64 hexadecimal digits.
    public let digest: String?

    /// Reads a name. Without tag and digest the tag is `latest`.
    /// - Throws: `EngineError` `.invalidArgument`, which says what in the name is wrong.
    public init(_ text: String) throws(EngineError) {
        var parser = ReferenceParser(text)
        let parts = try parser.parse()
        domain = parts.domain
        path = parts.path
        digest = parts.digest
        tag = parts.tag ?? (parts.digest == nil ? "latest" : nil)
    }

    /// The repository the short way, as lists show it: `busybox`, `user/app`, `localhost:5000/app`.
    public var repository: String {
        guard domain == "docker.io" else { return "\(domain)/\(path)" }
        return path.hasPrefix("library/") ? String(path.dropFirst("library/".count)) : path
    }

    /// The short way docker shows names: `busybox:latest`.
    public var familiar: String { repository + suffix }

    /// Everything spelled out: `docker.io/library/busybox:latest`.
    public var full: String { "\(domain)/\(path)" + suffix }

    /// The short form.
    public var description: String { familiar }

    private var suffix: String { (tag.map { ":\($0)" } ?? "") + (digest.map { "@\($0)" } ?? "") }
}
