/// A request as a scripted server got it.
package struct ScriptedRequest: Sendable {
    package let method: String
    /// Path and query as they were sent.
    package let target: String
    /// Names and values in order, names as they were spelled.
    package let headers: [(name: String, value: String)]
    /// What came of the body.
    package var body: [UInt8] = []
    /// The connection is broken after this request, in the middle of its body.
    package var isCut = false

    /// The target without its query.
    package var path: String { String(target.prefix { $0 != "?" }) }

    /// The target's query; empty when there is none.
    package var query: String { String(target.drop { $0 != "?" }.dropFirst()) }

    /// The first value of a header field, names without regard to case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }
}
