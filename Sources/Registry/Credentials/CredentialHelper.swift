import Engine
import Glibc
import LinuxSystem

/// A program `docker-credential-NAME` that keeps credentials elsewhere, spoken to by docker's protocol: a verb as the
/// argument, the server or a JSON document on standard input, a JSON document on standard output.
struct CredentialHelper: Sendable {
    /// Where helpers are looked for and what they are given; told by whoever reads the environment.
    struct Surroundings: Sendable {
        var searchPath: String
        var environment: [String]
        var deadline: Duration
    }

    /// `pass` of `docker-credential-pass`.
    let name: String
    let surroundings: Surroundings

    /// A helper's secret that is an identity token stands beside this in the place of a user's name.
    static let tokenName = "<token>"

    var program: String { "docker-credential-\(name)" }

    /// What it has for a server; `nil` when it has nothing.
    func get(_ server: String) async throws -> RegistryCredentials? {
        let outcome = try await run("get", Array(server.utf8))
        guard outcome.code == 0 else {
            if Self.saysNothingThere(outcome) { return nil }
            throw refusal("get", server, outcome)
        }
        guard let answer = try? RawObject(outcome.output), let username = answer.string("Username"),
            let secret = answer.string("Secret")
        else {
            throw EngineError(.corrupted, "\(program) gave no credentials for \(server): its answer is not understood")
        }
        if username == Self.tokenName { return .identityToken(secret) }
        return username.isEmpty && secret.isEmpty ? nil : .password(username: username, password: secret)
    }

    /// Has it keep a user's name and his secret.
    func store(_ username: String, _ secret: String, for server: String) async throws {
        var document = RawObject()
        for (key, value) in [("ServerURL", server), ("Username", username), ("Secret", secret)] {
            document[key] = Array(JSONText.quoted(value).utf8)
        }
        let outcome = try await run("store", document.rendered())
        guard outcome.code == 0 else { throw refusal("store", server, outcome) }
    }

    /// Has it forget what it has for a server; answers whether there was something.
    func erase(_ server: String) async throws -> Bool {
        let outcome = try await run("erase", Array(server.utf8))
        guard outcome.code == 0 else {
            if Self.saysNothingThere(outcome) { return false }
            throw refusal("erase", server, outcome)
        }
        return true
    }

    private func run(_ verb: String, _ input: [UInt8]) async throws -> ProgramRun.Outcome {
        guard let path = path() else {
            throw EngineError(
                .unsupported,
                "the credential helper \(printable(program)), which docker's config.json names, is not installed",
                hint: "install it, or take it out of credsStore and credHelpers there")
        }
        do {
            return try await ProgramRun(
                path: path, arguments: [program, verb], environment: surroundings.environment, input: input,
                deadline: surroundings.deadline
            ).finish()
        } catch let error as SystemError where error.number == ECANCELED {
            throw CancellationError()
        } catch let error as SystemError {
            let reason =
                switch error.number {
                case ETIMEDOUT: "it gave no answer for \(surroundings.deadline.components.seconds) s"
                case EFBIG: "its answer has no end"
                default: error.reason
                }
            throw EngineError(.system, "\(printable(program)) \(verb) failed: \(reason)")
        }
    }

    /// A helper's name may not lead to another directory.
    private func path() -> String? {
        guard !name.isEmpty, !name.contains("/") else { return nil }
        return surroundings.searchPath.split(separator: ":").lazy.map { "\($0)/\(program)" }.first {
            $0.hasPrefix("/") && access($0, X_OK) == 0
        }
    }

    /// Docker's helpers have no code for it, but these words.
    private static func saysNothingThere(_ outcome: ProgramRun.Outcome) -> Bool {
        words(outcome).contains("credentials not found in native keychain")
    }

    private static func words(_ outcome: ProgramRun.Outcome) -> String {
        let said = outcome.output.isEmpty ? outcome.errors : outcome.output
        return String(decoding: said.prefix(1000), as: UTF8.self)
    }

    private func refusal(_ verb: String, _ server: String, _ outcome: ProgramRun.Outcome) -> EngineError {
        let said = Self.words(outcome).split(whereSeparator: \.isNewline).joined(separator: " ")
        return EngineError(
            .system,
            "\(printable(program)) \(verb) failed for \(printable(server)): "
                + (said.isEmpty ? "it ended with code \(outcome.code)" : printable(said)))
    }
}
