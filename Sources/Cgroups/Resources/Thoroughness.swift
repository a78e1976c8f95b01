import Engine

/// What becomes of a limit that a host has no controller for.
public enum Thoroughness: Sendable, Hashable {
    /// It is discarded with a warning, as docker does.
    case asFarAsPossible
    /// It is an error, as the runtime-spec has it (runtime.md, "Errors").
    case completely
}

/// What setting a container's limits came to.
struct LimitReport {
    let thoroughness: Thoroughness
    /// Sentences for the person.
    private(set) var warnings: [String] = []

    init(_ thoroughness: Thoroughness) { self.thoroughness = thoroughness }

    /// A limit that this host cannot hold the container to.
    mutating func cannot(_ field: String, because reason: String? = nil) throws(EngineError) {
        let reason = reason ?? "this host gives containers no such controller"
        guard thoroughness == .asFarAsPossible else {
            throw EngineError(
                .unsupported, "\(field): \(reason)", hint: "leave the limit out, or spyhop doctor says more")
        }
        warnings.append("\(field): \(reason), the limit is discarded")
    }

    /// Something that makes no difference any more.
    mutating func note(_ text: String) { warnings.append(text) }
}
