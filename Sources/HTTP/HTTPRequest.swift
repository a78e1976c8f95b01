/// A request that a connector can send.
public struct HTTPRequest: Sendable {
    /// What is sent behind the header fields.
    public enum Body: Sendable {
        /// Nothing; requests whose method expects a body say `Content-Length: 0`.
        case none
        /// These bytes.
        case bytes([UInt8])
        /// As many bytes as `length` says, a piece at a time; `next` answers an empty piece at the end and is called
        /// again only after the piece before has been taken.
        case stream(length: Int64, next: @Sendable () async throws -> [UInt8])
    }

    /// `GET`, `PUT`, ….
    public var method: String
    /// Absolute, `http:` or `https:`.
    public var url: String
    /// Without `Host`, `Content-Length` and `Transfer-Encoding`, which follow from the rest.
    public var headers: HTTPHeaders
    /// The body.
    public var body: Body

    /// Makes a request.
    public init(_ method: String, _ url: String, headers: HTTPHeaders = HTTPHeaders(), body: Body = .none) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
