import Engine
import HTTP

/// A call of the Engine API, apart from how the engine is reached.
struct DockerCall: Sendable {
    /// What is sent behind the header fields.
    enum Body: Sendable {
        case none
        /// A JSON document.
        case json(JSONNode)
        /// A piece at a time, until `next` answers `nil`.
        case stream(type: String, next: @Sendable () async throws -> [UInt8]?)
    }

    typealias Query = [(name: String, value: String)]

    /// `GET`, `POST`, ….
    var method: String
    /// Behind the version: `/containers/json`. What comes from outside is escaped by `path`.
    var path: String
    /// Names and values, unescaped, in order; a name may stand several times.
    var query: Query
    /// Further header fields: `X-Registry-Auth`, ….
    var headers: [(name: String, value: String)] = []
    var body: Body = .none
    /// How long the engine may say nothing; `nil` for calls that wait for something to happen.
    var patience: Duration? = .seconds(15)
    /// What is tried, for messages: "stop container web".
    var purpose: String

    init(_ method: String, _ path: String, _ query: Query = [], purpose: String) {
        self.method = method
        self.path = path
        self.query = query
        self.purpose = purpose
    }

    /// The same call with a document.
    func with(_ document: JSONNode) -> DockerCall {
        var call = self
        call.body = .json(document)
        return call
    }

    /// The same call, which may take as long as it takes.
    var patient: DockerCall {
        var call = self
        call.patience = nil
        return call
    }

    /// A name from outside as one part of a path.
    static func part(_ name: String) -> String { escaped(name, keeping: []) }

    /// A name from outside whose slashes are the path's, as images' are.
    static func parts(_ name: String) -> String { escaped(name, keeping: [UInt8(ascii: "/"), UInt8(ascii: ":")]) }

    /// Path and query behind a version of the API, as a request has them.
    func target(_ version: DockerVersion.Number?) -> String {
        var text = version.map { "/v\($0)" } ?? ""
        text += path
        if !query.isEmpty {
            text += "?" + query.map { "\(Self.part($0.name))=\(Self.part($0.value))" }.joined(separator: "&")
        }
        return text
    }

    /// Percent-encoding (RFC 3986, section 2.1).
    private static func escaped(_ text: String, keeping: Set<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                bytes.append(byte)
            case _ where keeping.contains(byte): bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
