import ArgumentParser
import LinuxSystem

/// `context inspect`: a context as docker prints it.
struct ContextInspectCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show contexts in detail.", usage: "spyhop context inspect <name> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Argument(help: .init("Contexts' names.", valueName: "name"))
    var names: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        let store = try ContextCommand.store(context)
        var objects: [JSONValue] = []
        for name in names {
            let found = try store.context(name)
            objects.append([
                "Name": .string(found.name), "Metadata": ["Description": .string(found.description)],
                "Endpoints": [
                    "docker": ["Host": .string(found.host), "SkipTLSVerify": .bool(found.skipsVerification)]
                ],
                "Storage": [
                    "MetadataPath": .string(Files.directory(of: found.path)),
                    "TLSPath": .string(found.tlsDirectory ?? ""),
                ],
            ])
        }
        try await context.print(JSONValue.array(objects).pretty + "\n")
        return 0
    }
}
