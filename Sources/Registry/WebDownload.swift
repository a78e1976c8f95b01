import struct Crypto.SHA256
import Engine
import HTTP
import OCI

/// Fetches files from anywhere in the web, anonymously, by the proxies and authorities that registries are reached with.
public final class WebDownload: Sendable {
    /// A file that was fetched.
    public struct File: Sendable, Hashable {
        /// The name that the server gives it, or the last part of the address; empty when neither says anything.
        public var name: String
        /// What its content hashes to.
        public var digest: Digest
        /// Bytes.
        public var size: Int64
        /// `Last-Modified`; `nil` when the server does not tell.
        public var modifiedAt: Timestamp?
    }

    /// Redirects that are followed, as Go's client does.
    private static let redirects = 10

    private let connectors: Connectors
    private let userAgent: String
    private let limit: Int64

    /// - Parameter limit: bytes that a file may have.
    public init(_ configuration: RegistryConfiguration, limit: Int64 = 16 << 30) {
        connectors = Connectors(configuration, options: HTTPOptions())
        userAgent = configuration.userAgent
        self.limit = limit
    }

    /// Closes connections. It cannot be used afterwards.
    public func close() async { await connectors.close() }

    /// Hands a file's bytes over in order, and tells what is known of it.
    /// - Throws: `EngineError`: `.notFound`, `.denied`, `.unreachable` as the server answers; `.invalidArgument` for what is no
    ///   address; `CancellationError`; what the sink throws.
    public func fetch(_ url: String, into sink: @Sendable ([UInt8]) async throws -> Void) async throws -> File {
        do {
            guard let start = WebAddress(url) else { throw HTTPFailure.invalidURL(shown(url, limit: 200)) }
            let (answer, address) = try await follow(start)
            try check(answer, start)
            let (digest, size) = try await receive(answer, start, into: sink)
            return File(
                name: Self.name(answer, address: start, last: address), digest: digest, size: size,
                modifiedAt: answer.headers["last-modified"].flatMap(HTTPDate.init)?.time)
        } catch let failure as HTTPFailure {
            if failure == .cancelled { throw CancellationError() }
            var code = EngineError.Code.unreachable
            if case .invalidURL = failure { code = .invalidArgument }
            throw EngineError(code, "cannot fetch \(shown(url, limit: 200)): \(shown(failure.description))")
        }
    }

    private func follow(_ start: WebAddress) async throws -> (HTTPResponse, WebAddress) {
        var address = start
        for _ in 0...Self.redirects {
            var headers = HTTPHeaders()
            headers["User-Agent"] = userAgent
            // The file is wanted as it is.
            headers["Accept-Encoding"] = "identity"
            let connector = try connectors.connector(to: address.origin, beside: nil, isBlind: false)
            let answer = try await connector.send(HTTPRequest("GET", address.description, headers: headers))
            guard [301, 302, 303, 307, 308].contains(answer.status) else { return (answer, address) }
            let location = answer.headers["location"] ?? ""
            guard !location.isEmpty, let next = address.resolving(location) else {
                throw EngineError(
                    .unreachable,
                    "cannot fetch \(shown(start.description, limit: 200)): it leads to \"\(shown(location, limit: 200))\""
                )
            }
            // What nobody wants is read, so that the connection can be used again; a long one costs the connection.
            _ = try? await answer.body.collect(limit: 1 << 16)
            address = next
        }
        throw EngineError(
            .unreachable,
            "cannot fetch \(shown(start.description, limit: 200)): more than \(Self.redirects) redirects")
    }

    private func check(_ answer: HTTPResponse, _ address: WebAddress) throws(EngineError) {
        let what = shown(address.description, limit: 200)
        guard answer.status == 200 else {
            let code: EngineError.Code =
                switch answer.status {
                case 404, 410: .notFound
                case 401, 403, 407: .denied
                default: .unreachable
                }
            throw EngineError(code, "cannot fetch \(what): the server answers with status \(answer.status)")
        }
        guard answer.contentLength ?? 0 <= limit else {
            throw EngineError(.invalidArgument, "\(what) is refused: it has more than \(limit) bytes")
        }
    }

    private func receive(
        _ answer: HTTPResponse, _ address: WebAddress, into sink: @Sendable ([UInt8]) async throws -> Void
    ) async throws -> (Digest, Int64) {
        var hash = SHA256()
        var size: Int64 = 0
        for try await piece in answer.body {
            size += Int64(piece.count)
            guard size <= limit else {
                throw EngineError(
                    .invalidArgument,
                    "\(shown(address.description, limit: 200)) is refused: it has more than \(limit) bytes")
            }
            hash.update(data: piece)
            try await sink(piece)
        }
        return (Digest(hash.finalize()), size)
    }

    /// `Content-Disposition`'s (RFC 6266), else the last part of the address that was asked for.
    private static func name(_ answer: HTTPResponse, address: WebAddress, last: WebAddress) -> String {
        let told = answer.headers["content-disposition"].flatMap(ContentDisposition.fileName)
        let name = told ?? (address.path.split(separator: "/").last.map(String.init).flatMap(decoded) ?? "")
        let base = name.split(separator: "/").last.map(String.init) ?? ""
        return address.path.hasSuffix("/") && told == nil || base == "." || base == ".." ? "" : base
    }

    private static func decoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == 0x25, rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else {
                bytes.append(byte)
                continue
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return bytes.contains(0) ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
