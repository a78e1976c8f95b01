/// A JSON document as a tree (RFC 8259). Numbers keep their text, so that none loses digits on its way to its type.
public enum JSONNode: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case list([JSONNode])
    case object([String: JSONNode])

    /// Reads a whole document; of members with the same name the last one counts.
    /// - Throws: `JSONFault` with the place.
    public init(_ bytes: [UInt8]) throws(JSONFault) {
        var parser = JSONParser(bytes)
        self = try parser.document()
    }
}
