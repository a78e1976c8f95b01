/// A call of the Engine API, apart from how the engine is reached.
struct DockerCall: Sendable {
    /// What is sent behind the header fields.
    enum Body: Sendable {
        case none
        /// These bytes of this media type.
        case bytes([UInt8], type: String)
        /// A piece at a time (chunked), until `next` answers `nil`.
        case stream(type: String, next: @Sendable () async throws -> [UInt8]?)
    }

    /// `GET`, `POST`, ….
    var method: String
    /// Behind the version: `/containers/json`. Parts that come from outside are escaped by whoever makes it (`DockerCall.escaped`).
    var path: String
    /// Names and values, unescaped, in order; a name may stand several times.
    var query: [(name: String, value: String)]
    /// Further header fields: `X-Registry-Auth`, ….
    var headers: [(name: String, value: String)] = []
    var body: Body = .none
    /// How long the engine may say nothing; `nil` for calls that wait for something to happen.
    var patience: Duration? = .seconds(15)
    /// What is tried, for messages: "stop container web".
    var purpose: String

    init(
        _ method: String, _ path: String, _ query: [(name: String, value: String)] = [], purpose: String
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.purpose = purpose
    }
}
