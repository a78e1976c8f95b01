import Engine
import HTTP

/// What an engine refuses and what keeps it from answering, as errors of ours.
enum DockerFailure {
    /// An answer that tells of a failure: `{"message": …}`, from podman also `{"cause": …}`.
    static func refusal(_ status: Int, _ body: [UInt8], _ purpose: String, _ title: String) -> EngineError {
        let answer = try? JSONNode(body)
        var words = answer?["message"]?.words ?? answer?["cause"]?.words
        if words == nil, !body.isEmpty {
            words = String(String(decoding: body.prefix(200), as: UTF8.self).filter { !$0.isNewline })
        }
        let reason = words.map(harmless) ?? "status \(status)"
        return EngineError(code(status, reason), "cannot \(purpose): \(reason)")
    }

    /// The kinds of failures by status, as the API's reference has them; commands at fault are told by their words alone.
    static func code(_ status: Int, _ reason: String) -> EngineError.Code {
        let lower = reason.lowercased()
        if lower.contains("executable file not found") || lower.contains("no such file or directory: oci") {
            return .commandNotFound
        }
        if lower.contains("oci runtime") || lower.contains("failed to create shim") || lower.contains("exec failed") {
            if lower.contains("permission denied") || lower.contains("is a directory")
                || lower.contains("exec format error")
            {
                return .commandNotExecutable
            }
            if lower.contains("no such file or directory") || lower.contains("not found") { return .commandNotFound }
        }
        switch status {
        case 400, 406: return .invalidArgument
        case 401, 403: return .denied
        case 404: return .notFound
        case 409: return .conflict
        case 501: return .unsupported
        default: return .system
        }
    }

    /// What HTTP brought instead of an answer.
    static func told(_ error: any Error, _ purpose: String, _ title: String) -> any Error {
        guard let failure = error as? HTTPFailure else { return error }
        switch failure {
        case .cancelled: return EngineError(.cancelled, "cancelled: \(purpose)")
        case .malformed, .tooLong:
            return EngineError(
                .corrupted, "cannot \(purpose): \(title) does not answer as an engine does", hint: "check the address",
                cause: failure)
        default:
            return EngineError(
                .unreachable, "cannot \(purpose): \(title) cannot be reached", hint: hint(failure), cause: failure)
        }
    }

    private static func hint(_ failure: HTTPFailure) -> String {
        switch failure {
        case .tls: "certificates are given by --tlscacert, --tlscert and --tlskey, or DOCKER_CERT_PATH"
        case .idle: "the daemon hangs, or the host behind it does; look at its log"
        case .unknownHost: "check the address"
        default: "is its daemon running, and may you use its socket?"
        }
    }

    /// Control characters of a foreign message never reach a terminal.
    private static func harmless(_ text: String) -> String {
        String(
            text.map { $0.isNewline ? " " : $0 }.filter {
                !$0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f }
            })
    }
}
