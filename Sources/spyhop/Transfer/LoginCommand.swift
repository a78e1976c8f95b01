import ArgumentParser
import Engine
import Registry

/// `login`: proves who one is to a registry, and keeps the proof.
struct LoginCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Log in to a registry.", usage: "spyhop login [<options>] [<server>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("u", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("User name.", valueName: "name"))
    var username: String?

    @Option(
        name: [.customShort("p", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("Password or access token; others see it in the list of processes.", valueName: "password"))
    var password: String?

    @Flag(name: .customLong("password-stdin"), help: "Read the password from standard input.")
    var passwordStdin = false

    @Argument(help: .init("Host of the registry; without it Docker Hub.", valueName: "server"))
    var server: String?

    func validate() throws {
        if passwordStdin, password != nil {
            throw ValidationError("--password and --password-stdin are mutually exclusive")
        }
        if passwordStdin, username == nil { throw ValidationError("must provide --username with --password-stdin") }
    }

    func execute(_ context: CommandContext) async throws -> Int32 {
        let registry = RegistryServer(server)
        if password != nil {
            try await StandardStream.error.write(
                "WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n")
        }
        if username == nil, password == nil, try await usesWhatIsKept(registry, context) { return 0 }
        let (username, password) = try await answers(registry, context)
        let told = try await context.engine.login(registry: registry.host, username: username, password: password)
        if told.hasPrefix("WARNING!") {
            let lines = told.split(separator: "\n").map { GoText.harmless(String($0)) + "\n" }
            try await StandardStream.error.write("\n" + lines.joined() + "\n")
        }
        try await context.print("Login Succeeded\n")
        return 0
    }

    /// Whether somebody is logged in already, with what still works.
    private func usesWhatIsKept(_ registry: RegistryServer, _ context: CommandContext) async throws -> Bool {
        let configuration = try context.environment.registries()
        guard let kept = try await configuration.credentials?.credentials(for: registry.name) else { return false }
        try await context.print("Authenticating with existing credentials...\n")
        let client = RegistryClient(configuration)
        do {
            try await client.checkLogin(kept, registry: registry.name)
            await client.close()
            try await context.print("Login Succeeded\n")
            return true
        } catch let error as EngineError where error.code == .denied {
            await client.close()
            try await context.warn("login did not succeed: \(error.description)")
            return false
        } catch {
            await client.close()
            throw error
        }
    }

    private func answers(
        _ registry: RegistryServer, _ context: CommandContext
    ) async throws -> (username: String, password: String) {
        if passwordStdin { return (username ?? "", try await Self.readPassword()) }
        if let username, let password { return (username, password) }
        guard RawTerminal.isInput else {
            throw EngineError(
                .invalidArgument, "cannot perform an interactive login from a non TTY device",
                hint: "use --username and --password-stdin")
        }
        var name = username ?? ""
        if username == nil { name = try await askName(registry, context) }
        guard !name.isEmpty else { throw EngineError(.invalidArgument, "a user name is required") }
        if let password { return (name, password) }
        let answer = try await LinePrompt.ask("Password: ", isHidden: true)
        guard !answer.isEmpty else { throw EngineError(.invalidArgument, "a password is required") }
        return (name, answer)
    }

    private func askName(_ registry: RegistryServer, _ context: CommandContext) async throws -> String {
        let kept = try await context.engine.loggedInUser(registry: registry.host)
        let answer = try await LinePrompt.ask(
            kept.map { "Username (\(GoText.harmless($0))): " } ?? "Username: ", isHidden: false)
        return answer.isEmpty ? kept ?? "" : answer
    }

    /// All of standard input but the line's end.
    private static func readPassword() async throws -> String {
        var bytes: [UInt8] = []
        while let more = try await StandardInput.next() {
            bytes += more
            guard bytes.count <= 64 << 10 else {
                throw EngineError(.invalidArgument, "what standard input has is longer than any password")
            }
        }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw EngineError(.invalidArgument, "the password on standard input is empty") }
        return String(decoding: bytes, as: UTF8.self)
    }
}
