import ArgumentParser
import Engine

/// `context create`: a context as docker makes it.
struct ContextCreateCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a context, for docker as well.",
        usage: "spyhop context create [<options>] <name>")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(name: .long, parsing: .unconditional, help: .init("What it is.", valueName: "text"))
    var description: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("host=ADDRESS[,ca=FILE][,cert=FILE][,key=FILE][,skip-tls-verify=true].", valueName: "fields"))
    var docker: String

    @Argument(help: .init("Its name.", valueName: "name"))
    var name: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let isName =
            name.utf8.count >= 2 && EngineReference("\(name)::x").engine == name
            && name.first.map { $0.isLetter || $0.isNumber } ?? false
        guard isName, !EngineCatalog.reserved.contains(name) else {
            throw EngineError(
                .invalidArgument, "\"\(name)\" cannot be a context's name",
                hint:
                    "two or more letters, digits, _ . + -, and none of \(EngineCatalog.reserved.sorted().joined(separator: ", "))"
            )
        }
        var fields: [String: String] = [:]
        for field in docker.split(separator: ",") {
            let parts = field.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, ["host", "ca", "cert", "key", "skip-tls-verify"].contains(parts[0]) else {
                throw EngineError(
                    .invalidArgument, "\"\(field)\" is no field of --docker",
                    hint: "host, ca, cert, key, skip-tls-verify")
            }
            fields[parts[0]] = parts[1]
        }
        guard let host = fields["host"] else {
            throw EngineError(
                .invalidArgument, "--docker lacks the engine's address", hint: "--docker host=ssh://USER@HOST")
        }
        _ = try EngineAddress(host)
        var certificates: [String: String] = [:]
        for (field, file) in [("ca", "ca.pem"), ("cert", "cert.pem"), ("key", "key.pem")] {
            if let path = fields[field] { certificates[file] = context.environment.absolute(path) }
        }
        try ContextCommand.store(context).create(
            name, host: host, description: description ?? "", skipsVerification: fields["skip-tls-verify"] == "true",
            certificates: certificates)
        try await context.print("\(name)\n")
        return 0
    }
}
