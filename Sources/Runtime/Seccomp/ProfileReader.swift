import Engine
import FoundationEssentials
import OCI

/// Reads a profile in docker's JSON format, telling where it is wrong.
enum ProfileReader {
    static func read(_ json: String) throws(EngineError) -> LinuxSeccomp {
        do {
            return try JSONDecoder().decode(LinuxSeccomp.self, from: Data(json.utf8))
        } catch let error as DecodingError {
            if let place = JSONSyntax.firstError(in: json) {
                throw EngineError(
                    .invalidArgument, "seccomp profile: line \(place.line), column \(place.column): this is not JSON")
            }
            throw EngineError(.invalidArgument, "seccomp profile: \(words(error))")
        } catch {
            throw EngineError(.invalidArgument, "seccomp profile: not readable", cause: error)
        }
    }

    private static func words(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "\(place(context))'\(key.stringValue)' is missing"
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            "\(place(context))must be \(name(of: type))"
        case .dataCorrupted(let context):
            place(context) + lowercased(context.underlyingError.map { "\($0)" } ?? context.debugDescription)
        @unknown default: "\(error)"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        let path = Self.path(context.codingPath)
        return path.isEmpty ? "" : "\(path): "
    }

    /// `syscalls[3].args[0].op`
    private static func path(_ keys: [any CodingKey]) -> String {
        var text = ""
        for key in keys {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return text
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is UInt32.Type, is UInt64.Type: "a whole number that is not negative"
        case is [Any].Type: "a list"
        default: "of another type"
        }
    }

    private static func lowercased(_ text: String) -> String {
        guard let first = text.first else { return text }
        let line = first.lowercased() + text.dropFirst()
        return line.hasSuffix(".") ? String(line.dropLast()) : line
    }
}
