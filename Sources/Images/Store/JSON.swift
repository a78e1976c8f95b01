import Engine
import FoundationEssentials

/// Reads and writes the specification's documents.
enum JSON {
    /// - Throws: `.corrupted`, naming `document`.
    static func decode<Value: Decodable>(
        _ type: Value.Type, _ bytes: [UInt8], document: @autoclosure () -> String
    ) throws(EngineError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw EngineError(.corrupted, "\(document()) is damaged: \(words(error))")
        }
    }

    static func encode(_ value: some Encodable) throws(EngineError) -> [UInt8] {
        let encoder = JSONEncoder()
        // Sorted keys: the same image gets the same digest again.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw EngineError(.system, "cannot write JSON", cause: error)
        }
    }

    private static func words(_ error: any Error) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.isEmpty ? "" : " at " + printable(path.map(\.stringValue).joined(separator: "."))
        }
        return switch error as? DecodingError {
        case .keyNotFound(let key, let context): "\(key.stringValue) is missing\(place(context.codingPath))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "a value has the wrong type\(place(context.codingPath))"
        case .dataCorrupted(let context): "it is not valid JSON\(place(context.codingPath))"
        default: "it is not what the specification says"
        }
    }
}
