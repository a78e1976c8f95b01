import Engine
import FoundationEssentials

/// Reads and writes the JSON documents of the specification.
public enum SpecDocument {
    /// Reads a document.
    /// - Parameter name: what the bytes are, for the error: the file's path.
    /// - Throws: `.invalidArgument` with the path of the member that is missing or of the wrong kind
    ///   (`process.rlimits[2].hard: …`).
    public static func read<Document: Decodable>(
        _ type: Document.Type, from bytes: [UInt8], name: String
    ) throws(EngineError) -> Document {
        do {
            return try Document(from: NodeDecoder(JSONNode(bytes)))
        } catch let fault as JSONFault {
            throw EngineError(.invalidArgument, "\(name): not valid JSON: \(fault)")
        } catch let error as DecodingError {
            throw EngineError(.invalidArgument, "\(name): \(words(error))")
        } catch {
            throw EngineError(.invalidArgument, "\(name) cannot be read", cause: error)
        }
    }

    /// Writes a document, with its members in the order of their names.
    /// - Parameter indented: on lines of their own, for people.
    /// - Throws: `.invalidArgument` for a number that JSON cannot spell.
    public static func write(_ document: some Encodable, indented: Bool = false) throws(EngineError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            indented ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(document))
        } catch {
            throw EngineError(.invalidArgument, "cannot write the document", cause: error)
        }
    }

    /// The member's path and what is wrong with it.
    static func words(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): return "\(path(context.codingPath + [key])): required, but missing"
        case .valueNotFound(_, let context): return "\(path(context.codingPath)): required, but null"
        case .typeMismatch(let type, let context):
            return "\(path(context.codingPath)): expected \(kind(type))"
        case .dataCorrupted(let context): return "\(path(context.codingPath)): \(reason(context.debugDescription))"
        @unknown default: return "\(error)"
        }
    }

    /// `process.rlimits[2].hard`; names with characters of their own meaning are quoted (`sysctl["net.core.somaxconn"]`).
    private static func path(_ keys: [any CodingKey]) -> String {
        var text = ""
        for key in keys {
            if let index = key.intValue {
                text += "[\(index)]"
            } else if key.stringValue.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }) {
                text += "[\"\(key.stringValue)\"]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return text.isEmpty ? "the document" : text
    }

    private static func kind(_ type: any Any.Type) -> String {
        if type == String.self { return "a string" }
        if type == Bool.self { return "true or false" }
        if type is any FixedWidthInteger.Type { return "a number" }
        return type == [Any].self ? "a list" : "an object"
    }

    /// The decoder's words for a value of no known kind, in ours.
    private static func reason(_ words: String) -> String {
        if let start = words.firstRange(of: "invalid String value ") {
            return "unknown value '\(words[start.upperBound...])'"
        }
        return words
    }
}
