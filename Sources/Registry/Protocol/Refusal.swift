import Engine
import HTTP

/// An answer that is none of those that were hoped for.
struct Refusal: Sendable {
    let status: Int
    let fault: RegistryFault
    let rate: RateLimit?
    /// Seconds.
    let retryAfter: Double?
    private let server: String

    init(_ response: HTTPResponse, body: [UInt8], server: String) {
        status = response.status
        fault = RegistryFault(body)
        rate = RateLimit(response.headers)
        retryAfter = Backoff.retryAfter(response.headers)
        self.server = server
    }

    /// Reads what an answer says.
    init(_ answer: RegistryAnswer) async {
        let body = try? await answer.response.body.collect(limit: 1 << 16)
        self.init(answer.response, body: body ?? [], server: answer.address.origin.authority)
    }

    /// Whether to try again makes sense: not when the registry wants more time than anybody waits, or has counted to
    /// the end.
    var isTransient: Bool {
        guard Backoff.isTransient(status: status) else { return false }
        if let retryAfter, retryAfter > Backoff.longestWait { return false }
        return !(status == 429 && retryAfter == nil && rate?.remaining == 0)
    }

    /// The sentence for people.
    func error(_ subject: Subject) -> EngineError {
        switch status {
        case 401, 403: return denied(subject)
        case 404: return EngineError(.notFound, subject.thing + " not found" + said)
        case 429: return tooMany(subject)
        case 500...599:
            return EngineError(
                .unreachable, "\(subject.registry) cannot serve the \(subject.verb) now: status \(status)\(said)")
        default:
            if fault.codes.contains("DIGEST_INVALID") || fault.codes.contains("SIZE_INVALID") {
                return EngineError(.corrupted, "\(subject.registry) refuses the \(subject.verb)\(said)")
            }
            return EngineError(
                .unsupported, "\(subject.registry) refuses the \(subject.verb): status \(status)\(said)")
        }
    }

    /// The sentence when it was a token that was refused.
    func tokenError(_ key: TokenKey, registry: String) -> EngineError {
        let hint = registry == "docker.io" ? "spyhop login" : "spyhop login \(registry)"
        switch status {
        case 400, 401, 403:
            return key.credentials == nil
                ? EngineError(.denied, "\(registry) gives no anonymous access\(said)", hint: hint)
                : EngineError(.denied, "\(registry) does not accept the user name and password\(said)", hint: hint)
        case 429: return tooMany(.registry(registry, verb: "login"))
        default:
            return EngineError(
                .unreachable, "\(server), which hands out tokens for \(registry), answers with status \(status)\(said)")
        }
    }

    /// In docker's words, for scripts that look for them.
    private func denied(_ subject: Subject) -> EngineError {
        guard !subject.repository.isEmpty else {
            return EngineError(
                .denied, "\(subject.registry) denies the \(subject.verb)\(said)", hint: subject.login)
        }
        if subject.isPush {
            return EngineError(
                .denied, "push access denied for \(subject.repository), it may require '\(subject.login)'\(said)",
                hint: "log in as somebody who may write there: \(subject.login)")
        }
        return EngineError(
            .denied,
            "pull access denied for \(subject.repository), repository does not exist or may require "
                + "'\(subject.login)'\(said)",
            hint: "is it private? \(subject.login)")
    }

    private func tooMany(_ subject: Subject) -> EngineError {
        var message = "\(subject.registry) takes no more requests for now\(said)"
        if let rate {
            message += "; \(rate.words)"
            if let source = rate.source { message += ", counted for \(source)" }
        }
        let wait = retryAfter.map { "try again in \(RateLimit.span(Int(min($0, 1e9))))" } ?? "wait a while"
        return EngineError(.denied, message, hint: "\(wait), or log in for a higher limit: \(subject.login)")
    }

    private var said: String { fault.words.isEmpty ? "" : ": \(fault.words)" }
}
