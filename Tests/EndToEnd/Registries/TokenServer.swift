import Crypto
import Foundation
import Harness
import Synchronization

/// An authorization server as registries send their clients to (distribution's token and OAuth2 documents): it signs JSON web
/// tokens that docker-registry verifies.
final class TokenServer: Sendable {
    /// What it has been asked for.
    struct Question: Sendable {
        /// `repository:NAME:pull,push`, each.
        var scopes: [String]
        /// Who asked; nil for nobody in particular.
        var user: String?
        /// The grant of a POST; nil for a GET.
        var grant: String?
    }

    private struct State {
        var questions: [Question] = []
        var stale = 0
    }

    let service = "spyhop-tests"
    let issuer = "spyhop's tests"
    let user = "whale"
    let password = "spout"
    /// Stands for user and password in a refresh.
    let refreshToken = "breath"
    /// The certificate, PEM, of the key that signs.
    let certificate: String
    private let state = Mutex(State())
    private let signer: TokenSigner
    // Set once in init, after self is whole: its script asks self.
    private let server = Mutex<ScriptedServer?>(nil)
    /// Its address, as a registry tells it.
    let realm: String

    /// Starts it in the calling thread's network namespace.
    ///
    /// - Parameter stale: so many tokens at first have run out when they are given, whatever is said of them.
    init(authority: CertificateAuthority, stale: Int = 0, port: UInt16 = 5001) throws {
        certificate = authority.path
        signer = try TokenSigner(key: authority.keyPath, certificate: authority.path)
        realm = "http://127.0.0.1:\(port)/token"
        state.withLock { $0.stale = stale }
        let started = try ScriptedServer(port: port) { [weak self] request in
            self?.answer(request) ?? .status(500)
        }
        server.withLock { $0 = started }
    }

    /// Ends it.
    func stop() { server.withLock { $0 }?.stop() }

    /// Everything it was asked so far.
    var questions: [Question] { state.withLock { $0.questions } }

    private func answer(_ request: ScriptedRequest) -> ScriptedAnswer {
        guard request.path == "/token" else { return .status(404) }
        let fields = Self.fields(request.method == "POST" ? request.text : request.query)
        let scopes = fields["scope", default: []].flatMap { $0.split(separator: " ").map(String.init) }
        let grant = request.method == "POST" ? fields["grant_type"]?.first ?? "" : nil
        let who: String?
        switch grant {
        case nil:
            who = request.header("authorization").map { $0 == basic ? user : "" }
        case "refresh_token": who = fields["refresh_token"] == [refreshToken] ? user : ""
        default: who = fields["username"] == [user] && fields["password"] == [password] ? user : ""
        }
        let isStale = state.withLock { state in
            state.questions.append(Question(scopes: scopes, user: who, grant: grant))
            guard state.stale > 0 else { return false }
            state.stale -= 1
            return true
        }
        guard who != "", fields["service"] == [service] else {
            return .status(401, body: #"{"details":"incorrect username or password"}"#)
        }
        guard let token = try? signer.token(claims(scopes, user: who, isStale: isStale)) else { return .status(500) }
        let kept = fields["offline_token"] == ["true"] || fields["access_type"] == ["offline"]
        let refresh = kept && who != nil ? #","refresh_token":"\#(refreshToken)""# : ""
        return .status(
            200, [("Content-Type", "application/json")],
            body: #"{"token":"\#(token)","access_token":"\#(token)","expires_in":300\#(refresh)}"#)
    }

    /// Nobody in particular may pull.
    private func claims(_ scopes: [String], user: String?, isStale: Bool) -> String {
        let now = Int(time(nil))
        let access = scopes.compactMap { scope -> String? in
            let parts = scope.split(separator: ":").map(String.init)
            guard parts.count >= 3, let actions = parts.last?.split(separator: ",") else { return nil }
            let allowed = actions.filter { user != nil || $0 == "pull" }.map { "\"\($0)\"" }.joined(separator: ",")
            let name = parts.dropFirst().dropLast().joined(separator: ":")
            return #"{"type":"\#(parts[0])","name":"\#(name)","actions":[\#(allowed)]}"#
        }
        // docker-registry is a minute late with everything.
        let start = now - (isStale ? 900 : 60)
        return """
            {"iss":"\(issuer)","sub":"\(user ?? "")","aud":"\(service)","nbf":\(start),"iat":\(start),\
            "exp":\(start + 600),"jti":"\(UInt64.random(in: 0 ... .max))","access":[\(access.joined(separator: ","))]}
            """
    }

    private var basic: String { "Basic " + Data("\(user):\(password)".utf8).base64EncodedString() }

    /// `a=b&a=c` with its percent signs taken back.
    private static func fields(_ text: String) -> [String: [String]] {
        var fields: [String: [String]] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.dropFirst().first.map { $0.replacingOccurrences(of: "+", with: " ") } ?? ""
            fields[String(parts[0]), default: []].append(value.removingPercentEncoding ?? value)
        }
        return fields
    }
}
