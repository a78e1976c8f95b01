import Engine
import LinuxSystem

/// `--ssh default`, `--ssh id` or `--ssh id=SOCKET`.
enum SSHOption {
    /// The agent's socket and its identifier.
    /// - Throws: `EngineError` `.invalidArgument`, `.unsupported` for a key's file.
    static func parse(_ text: String, _ environment: ProcessEnvironment) throws -> (id: String, socket: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let id = parts.first, !id.isEmpty else {
            throw EngineError(.invalidArgument, "--ssh \"\(text)\" has no id")
        }
        guard let named = parts.count == 2 && !parts[1].isEmpty ? parts[1] : environment.value("SSH_AUTH_SOCK") else {
            throw EngineError(
                .invalidArgument, "--ssh \(text): there is no agent, SSH_AUTH_SOCK is not set",
                hint: "start one: eval $(ssh-agent); ssh-add")
        }
        let path = environment.absolute(named)
        switch try HostFile.kind(path, as: named, of: "--ssh \(text)") {
        case .socket?: return (id, path)
        case nil:
            throw EngineError(.notFound, "--ssh \(text): there is no socket \(named)", hint: "does the agent run?")
        case _?:
            throw EngineError(
                .unsupported,
                "--ssh \(text): \(named) is no agent's socket; keys are given to an agent, not to a build",
                hint: "eval $(ssh-agent); ssh-add \(named); spyhop build --ssh \(id) …")
        }
    }
}
