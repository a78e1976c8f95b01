import Engine
import OCI

/// `--cache-from` and `--cache-to`.
enum BuildCacheOption {
    /// Kinds of caches that BuildKit has and this engine has not.
    private static let foreign: Set<String> = ["gha", "s3", "azblob"]

    /// A cache to take steps from; a text without an equals sign is an image's name.
    /// - Throws: `EngineError` `.invalidArgument` or `.unsupported`.
    static func source(_ text: String, _ environment: ProcessEnvironment) throws -> BuildCacheLocation {
        guard text.contains("=") else { return .registry(reference: try reference(text), isComplete: false) }
        return try location(text, "--cache-from", places: ["src", "source"], environment)
    }

    /// A cache to put steps to.
    /// - Throws: `EngineError` `.invalidArgument` or `.unsupported`.
    static func destination(_ text: String, _ environment: ProcessEnvironment) throws -> BuildCacheLocation {
        guard text.contains("=") else {
            if text == "inline" { throw inline(text) }
            return .registry(reference: try reference(text), isComplete: false)
        }
        return try location(text, "--cache-to", places: ["dest", "destination"], environment)
    }

    private static func location(
        _ text: String, _ option: String, places: Set<String>, _ environment: ProcessEnvironment
    ) throws -> BuildCacheLocation {
        let whole = "\(option) \(text)"
        var type = "registry"
        var name: String?
        var path: String?
        var isComplete = false
        for (key, value) in try BuildFields.read(text, option: option) {
            switch key {
            case "type": type = value
            case "ref": name = value
            case "mode":
                guard ["min", "max"].contains(value) else {
                    throw EngineError(.invalidArgument, "\(whole): mode is min or max, not \(value)")
                }
                isComplete = value == "max"
            // How it is stored: there is one way.
            case "oci-mediatypes", "image-manifest": _ = try BuildFields.truth(value, of: key, in: whole)
            case _ where places.contains(key): path = value
            default:
                // Of a cache's kind that is not there no field is known.
                guard !foreign.contains(type), type != "inline" else { continue }
                throw BuildFields.unknown(key, in: whole, known: "type, ref, \(places.min() ?? ""), mode")
            }
        }
        switch type {
        case "registry":
            guard let name else {
                throw EngineError(.invalidArgument, "\(whole) has no ref", hint: "ref=NAME says where")
            }
            return .registry(reference: try reference(name), isComplete: isComplete)
        case "local":
            guard let path, !path.isEmpty else {
                throw EngineError(
                    .invalidArgument, "\(whole) names no directory", hint: "\(places.min() ?? "")=DIR does")
            }
            return .directory(path: environment.absolute(path), isComplete: isComplete)
        case "inline": throw inline(text)
        case _ where foreign.contains(type):
            throw EngineError(
                .unsupported, "\(whole): caches of type \(type) are not there", hint: "type=registry and type=local are"
            )
        default: throw EngineError(.invalidArgument, "\(whole): there is no type \(type)", hint: "registry or local")
        }
    }

    private static func inline(_ text: String) -> EngineError {
        EngineError(
            .unsupported, "\(text): steps are not written into the image itself",
            hint: "type=registry,ref=NAME puts them beside it")
    }

    private static func reference(_ text: String) throws -> String { try ImageReference(text).full }
}
