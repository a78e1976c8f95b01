import ArgumentParser
import Engine

/// Looking into a registry instead of the images that are here; shared by `inspect` and `image inspect`.
struct RemoteOptions: ParsableArguments {
    @Flag(help: "Ask the image's registry, and fetch nothing.")
    var remote = false

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("With --remote: of an image for several platforms, this one.", valueName: "os/arch"))
    var platform: String?

    /// - Throws: `EngineError` `.invalidArgument` for options that mean nothing together.
    func check(type: String? = nil) throws {
        if platform != nil, !remote {
            throw EngineError(.invalidArgument, "--platform chooses from an image in a registry", hint: "add --remote")
        }
        if remote, let type, type != "image" {
            throw EngineError(.invalidArgument, "a registry has images, nothing of type \(type)")
        }
    }

    /// The image as its registry tells of it; `nil` when it was not asked for.
    func object(_ reference: String, _ engine: any ContainerEngine) async throws -> JSONValue? {
        guard remote else { return nil }
        return RemoteImageObject.value(try await engine.inspectRemoteImage(reference, platform: platform))
    }
}
