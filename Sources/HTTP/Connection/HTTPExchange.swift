/// A request on a single connection.
public struct HTTPExchange: Sendable {
    /// What is sent behind the head.
    public enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// A piece at a time and in chunks, until it answers `nil`.
        case pieces(@Sendable () async throws -> [UInt8]?)
    }

    /// What becomes of the connection.
    public enum Purpose: Sendable {
        /// An answer as others; the connection can be used again afterwards.
        case answer
        /// The connection is to become a channel of bytes both ways (`Upgrade: tcp`).
        case channel
    }

    /// See `Sendable`.
    public var method: String
    /// Path and query, escaped.
    public var target: String
    /// Without `Host`, `Connection`, `Content-Length` and `Transfer-Encoding`.
    public var headers: HTTPHeaders
    /// See `Sendable`.
    public var body: Body
    /// See `Sendable`.
    public var purpose: Purpose
    /// How long the other side may be silent before its answer is complete; `nil` for ever.
    public var patience: Duration?

    /// Makes a request.
    public init(
        _ method: String, _ target: String, headers: HTTPHeaders = HTTPHeaders(), body: Body = .none,
        purpose: Purpose = .answer, patience: Duration? = nil
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.purpose = purpose
        self.patience = patience
    }

    /// The head of the answer to it.
    public struct Answer: Sendable {
        /// `200`, `404`, ….
        public var status: Int
        /// See `Sendable`.
        public var headers: HTTPHeaders
        /// What follows is no body but whatever both sides send.
        public var isChannel: Bool
    }
}
