import Engine
import OCI

/// The names that a built image gets.
struct ImageNames: Sendable {
    /// Each once, tags first.
    private(set) var all: [ImageReference] = []

    /// - Throws: `.invalidArgument` when one cannot be a name, before anything is built.
    init(_ request: BuildRequest) throws(EngineError) {
        for text in request.tags { try add(text) }
        for case .image(let names, _) in request.outputs { for text in names { try add(text) } }
        if all.isEmpty, request.outputs.contains(where: { if case .image(_, push: true) = $0 { true } else { false } })
        {
            throw EngineError(.invalidArgument, "an image without a name cannot be pushed", hint: "name it with -t")
        }
    }

    private mutating func add(_ text: String) throws(EngineError) {
        let name = try ImageReference(text)
        guard name.digest == nil else {
            throw EngineError(
                .invalidArgument, "invalid image name \"\(name.familiar)\": a name to give cannot hold a digest")
        }
        if !all.contains(name) { all.append(name) }
    }
}
