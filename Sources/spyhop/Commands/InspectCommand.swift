import ArgumentParser
import Engine

/// `inspect`: everything about containers, images, networks or volumes, as docker's JSON.
struct InspectCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show everything about containers, images, networks or volumes.",
        usage: "spyhop inspect [<options>] <name> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("A template, such as {{.State.Status}}.", valueName: "format"))
    var format: String?

    @Flag(name: .shortAndLong, help: "Show what containers occupy on the disk too.")
    var size = false

    @Option(
        name: .long, parsing: .unconditional, help: .init("container, image, network or volume.", valueName: "type"))
    var type: String?

    @OptionGroup var remote: RemoteOptions

    @Argument(help: .init("Names or identifiers.", valueName: "object"), completion: Completions.containers)
    var objects: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        guard type.map(Self.kinds.contains) ?? true else {
            throw EngineError(
                .invalidArgument, "--type \"\(type ?? "")\" is not known",
                hint: "use \(Self.kinds.joined(separator: ", "))")
        }
        try remote.check(type: type)
        let engine = try context.engine
        try await Inspection.show(objects, format: format, context) { reference in
            if let object = try await remote.object(reference, engine) { return object }
            if let type { return try await object(reference, type, engine) }
            for kind in Self.kinds {
                do {
                    return try await object(reference, kind, engine)
                } catch let error as EngineError where error.code == .notFound {
                    // The name may be another thing's.
                }
            }
            throw EngineError(.notFound, "no such object: \(reference)")
        }
        return 0
    }

    /// What can be inspected, in docker's order.
    private static let kinds = ["container", "image", "network", "volume"]

    private func object(_ reference: String, _ kind: String, _ engine: any ContainerEngine) async throws -> JSONValue {
        switch kind {
        case "container": try await Self.container(reference, withSize: size, engine)
        case "image": ImageInspection.value(try await engine.inspectImage(reference))
        case "network": NetworkObject.value(try await engine.inspectNetwork(reference))
        default: VolumeObject.value(try await engine.inspectVolume(reference))
        }
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
