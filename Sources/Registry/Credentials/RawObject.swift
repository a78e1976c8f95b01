import Engine

/// A JSON object whose members keep their order and their text (RFC 8259): what is not understood is written as it was read.
struct RawObject: Equatable {
    /// One member; `text` is its value as it stands in the document.
    struct Member: Equatable {
        var key: String
        var text: [UInt8]
    }

    private(set) var members: [Member] = []

    /// An object without members.
    init() {}

    /// Reads a document; one without content is an object without members, as docker takes it.
    /// - Throws: `RawFault` with the place.
    init(_ document: [UInt8]) throws(RawFault) {
        var scanner = RawScanner(document)
        members = try scanner.document()
    }

    /// The text of a member; of several with one name the last counts, as for Go.
    subscript(key: String) -> [UInt8]? {
        get { members.last { $0.key == key }?.text }
        set {
            guard let newValue else { return members.removeAll { $0.key == key } }
            if let index = members.lastIndex(where: { $0.key == key }) {
                members[index].text = newValue
            } else {
                members.append(Member(key: key, text: newValue))
            }
        }
    }

    /// A member that is text; `nil` when it is not there, or something else.
    func string(_ key: String) -> String? {
        guard let text = self[key] else { return nil }
        var scanner = RawScanner(text)
        return try? scanner.wholeString()
    }

    /// A member that is an object; `nil` when it is not there or `null`.
    /// - Throws: `RawFault` when it is something else.
    func object(_ key: String) throws(RawFault) -> RawObject? {
        guard let text = self[key], text != Array("null".utf8) else { return nil }
        guard text.first == UInt8(ascii: "{") else {
            throw RawFault(place: nil, reason: "\"\(key)\" is not an object")
        }
        return try RawObject(text)
    }

    /// The object's text with a member a line, indented by tabs as docker does it.
    func rendered(depth: Int = 0) -> [UInt8] {
        guard !members.isEmpty else { return Array("{}".utf8) }
        let indent = [UInt8](repeating: UInt8(ascii: "\t"), count: depth)
        var out = Array("{\n".utf8)
        for (index, member) in members.enumerated() {
            if index > 0 { out += Array(",\n".utf8) }
            out += indent + Array("\t\(JSONText.quoted(member.key)): ".utf8) + member.text
        }
        return out + Array("\n".utf8) + indent + Array("}".utf8)
    }
}

/// Where a document stops being what it should be, and why.
struct RawFault: Error, Equatable, CustomStringConvertible {
    /// Line and column, counted from 1; `nil` when the whole is at fault.
    var place: Place?
    var reason: String

    struct Place: Equatable {
        var line: Int
        var column: Int
    }

    var description: String {
        place.map { "line \($0.line), column \($0.column): \(reason)" } ?? reason
    }
}
