import ArgumentParser
import Engine

/// `inspect`: everything about containers or images, as docker's JSON.
struct InspectCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show everything about containers or images.",
        usage: "spyhop inspect [<options>] <name> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("A template, such as {{.State.Status}}.", valueName: "format"))
    var format: String?

    @Flag(name: .shortAndLong, help: "Show what containers occupy on the disk too.")
    var size = false

    @Option(name: .long, parsing: .unconditional, help: .init("container or image.", valueName: "type"))
    var type: String?

    @Argument(help: .init("Names or identifiers.", valueName: "object"), completion: Completions.containers)
    var objects: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        guard type == nil || type == "container" || type == "image" else {
            throw EngineError(
                .invalidArgument, "--type \"\(type ?? "")\" is not known", hint: "use container or image")
        }
        let engine = try context.engine
        try await Inspection.show(objects, format: format, context) { reference in
            if type != "image" {
                do {
                    return try await Self.container(reference, withSize: size, engine)
                } catch let error as EngineError where error.code == .notFound && type == nil {
                    // The name may be an image's.
                }
            }
            do {
                return ImageInspection.value(try await engine.inspectImage(reference))
            } catch let error as EngineError where error.code == .notFound && type == nil {
                throw EngineError(.notFound, "no such object: \(reference)")
            }
        }
        return 0
    }

    /// A container's object; `withSize` measures what it occupies.
    static func container(
        _ reference: String, withSize: Bool, _ engine: any ContainerEngine
    ) async throws -> JSONValue {
        let details = try await engine.inspect(reference)
        guard withSize else { return ContainerInspection.value(details) }
        let image = try? await engine.inspectImage(details.container.imageID.rawValue).image
        return ContainerInspection.value(
            details, sizes: try await ContainerSizes.measure(details, imageSize: image?.size ?? 0))
    }
}
