import ArgumentParser
import Engine
import OCI

/// `version`.
struct VersionCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Show the version.", usage: "spyhop version [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("json or a template, such as {{.Server.Version}}.", valueName: "format"))
    var format: String?

    func execute(_ context: CommandContext) async throws -> Int32 {
        let engine = try await Self.engine(context)
        guard let format, !format.isEmpty else {
            try await context.print("\(Version.line)\n OS/Arch: linux/\(Platform.host.architecture)\n")
            if let engine {
                let words =
                    "Engine \(engine.name): \(engine.kind.rawValue) \(engine.version ?? "") at \(engine.address)"
                try await context.print(GoText.harmless(words) + "\n")
            }
            return 0
        }
        let template = try Template(format == "json" ? "{{json .}}" : format)
        var value = Self.value
        if let engine, case .object(var members) = value, members.count == 2 {
            members[1].value = [
                "Version": .string(engine.version ?? ""), "Platform": ["Name": .string(engine.kind.rawValue)],
            ]
            value = .object(members)
        }
        try await context.print(try template.render(value) + "\n")
        return 0
    }

    /// The engine that was asked for, where it is another than the embedded one: it has to be asked.
    private static func engine(_ context: CommandContext) async throws -> EngineStatus? {
        guard !context.settings.engines.isEmpty,
            let engine = try context.engine as? any ContainerEngine & EngineOverview
        else { return nil }
        _ = try await engine.networks()
        return engine.engineStatuses().first
    }

    /// Docker's two halves; here the command and the engine are one program.
    static var value: JSONValue {
        let half: JSONValue = [
            "Version": .string(Version.number), "Os": "linux", "Arch": .string(Platform.host.architecture),
        ]
        return ["Client": half, "Server": half]
    }
}
