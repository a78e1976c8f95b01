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
        guard let format, !format.isEmpty else {
            try await context.print("\(Version.line)\n OS/Arch: linux/\(Platform.host.architecture)\n")
            return 0
        }
        let template = try Template(format == "json" ? "{{json .}}" : format)
        try await context.print(try template.render(Self.value) + "\n")
        return 0
    }

    /// Docker's two halves; here the command and the engine are one program.
    static var value: JSONValue {
        let half: JSONValue = [
            "Version": .string(Version.number), "Os": "linux", "Arch": .string(Platform.host.architecture),
        ]
        return ["Client": half, "Server": half]
    }
}
