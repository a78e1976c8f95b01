import ArgumentParser
import Engine

/// `context ls`: all that can be chosen.
struct ContextListCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: "List the engines that can be chosen.", usage: "spyhop context ls [<options>]",
        aliases: ["list"])

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Flag(name: .shortAndLong, help: "Only names.")
    var quiet = false

    @Option(
        name: .long, parsing: .unconditional, help: .init("json, table TEMPLATE or a template.", valueName: "format"))
    var format: String?

    private static let table = "{{.Name}}{{if .Current}} *{{end}}\t{{.Description}}\t{{.DockerEndpoint}}\t{{.Error}}"
    private static let headings: JSONValue = [
        "Name": "NAME", "Current": false, "Description": "DESCRIPTION", "DockerEndpoint": "DOCKER ENDPOINT",
        "Error": "ERROR",
    ]

    func execute(_ context: CommandContext) async throws -> Int32 {
        let listFormat = try ListFormat(format, defaultTable: Self.table)
        let catalog = EngineCatalog(context.environment)
        let current = context.settings.engines.engine ?? catalog.kept ?? "spyhop"
        let (contexts, damages) = try ContextCommand.store(context).all()
        func row(_ name: String, _ description: String, _ address: String, _ error: String = "") -> ListRow {
            ListRow(value: [
                "Name": .string(GoText.harmless(name)), "Current": .bool(name == current),
                "Description": .string(GoText.harmless(description)),
                "DockerEndpoint": .string(GoText.harmless(address)),
                "Error": .string(GoText.harmless(error)),
            ])
        }
        var rows = [row("spyhop", "The embedded engine", context.settings.root)]
        for (name, description) in [("docker", "Docker on this host"), ("podman", "Podman on this host")] {
            guard let entry = try? catalog.named(name), let address = entry.address else { continue }
            rows.append(row(name, description, address.text))
        }
        rows.append(row("host", "What runs on the host, seen without any engine", "/sys/fs/cgroup"))
        rows += contexts.map { row($0.name, $0.description, $0.host) }
        rows += damages.map { row($0.path, "", "", $0.reason) }
        if quiet && format == nil {
            try await context.print(rows.compactMap { $0.value.member("Name")?.text }.map { $0 + "\n" }.joined())
            return 0
        }
        try await context.print(try listFormat.render(rows, headings: Self.headings))
        return 0
    }
}
