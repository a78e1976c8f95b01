import Engine
import HTTP
import Harness
import OCI
import Testing

@testable import Registry

struct AccessTests {
    private static let basic = "Basic dXNlcjpzZWNyZXQ="
    private static let password = RegistryCredentials.password(username: "user", password: "secret")

    /// A registry that wants the token `good`, and its authorization server at `/token`.
    private static func guarded(_ request: ScriptedRequest, token: String = "good") -> ScriptedAnswer {
        let host = request.header("host") ?? ""
        if request.path == "/token" { return .status(200, body: "{\"token\":\"\(token)\",\"expires_in\":300}") }
        guard request.header("authorization") == "Bearer \(token)" else {
            return .status(
                401, [("WWW-Authenticate", "Bearer realm=\"http://\(host)/token\",service=\"lab\"")],
                body: #"{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}"#)
        }
        return request.path.contains("manifests") ? .manifest(ManifestTests.text) : .unknown
    }

    @Test func aTokenIsFetchedForTheRepositoryAndUsedAgain() async throws {
        try await Lab.run {
            Self.guarded($0)
        } _: { lab async throws in
            _ = try await lab.client.manifest(lab.reference)
            _ = try await lab.client.manifest(lab.reference)
            #expect(
                lab.lines == [
                    "GET /token?service=lab&scope=repository:app:pull", "GET /v2/app/manifests/latest",
                    "GET /v2/app/manifests/latest",
                ])
            #expect(lab.server.requests.allSatisfy { $0.header("authorization")?.hasPrefix("Basic") != true })
        }
    }

    @Test func manyTasksFetchOneToken() async throws {
        try await Lab.run {
            Self.guarded($0)
        } _: { lab async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 { group.addTask { _ = try await lab.client.manifest(lab.reference) } }
                try await group.waitForAll()
            }
            #expect(lab.server.lines.filter { $0.hasPrefix("GET /token") }.count == 1)
            #expect(lab.server.lines.filter { $0 == "GET /v2/" }.count == 1)
        }
    }

    @Test func passwordsGoToTheAuthorizationServer() async throws {
        try await Lab.run(configure: { $0.credentials = FakeCredentials(kept: [$1: Self.password]) }) { request in
            if request.path == "/token", request.header("authorization") != Self.basic { return .status(401) }
            return Self.guarded(request)
        } _: { lab async throws in
            _ = try await lab.client.manifest(lab.reference)
            let asked = try #require(lab.server.requests.first { $0.path == "/token" })
            #expect(asked.query == "service=lab&scope=repository:app:pull&account=user")
            #expect(!lab.server.requests.contains { $0.path != "/token" && $0.header("authorization") == Self.basic })
        }
    }

    @Test func aRefreshTokenIsPosted() async throws {
        let kept = RegistryCredentials.identityToken("re fresh&")
        try await Lab.run(configure: { $0.credentials = FakeCredentials(kept: [$1: kept]) }) {
            Self.guarded($0)
        } _: { lab async throws in
            _ = try await lab.client.manifest(lab.reference)
            let asked = try #require(lab.server.requests.first { $0.path == "/token" })
            #expect(asked.method == "POST")
            #expect(
                asked.text
                    == "grant_type=refresh_token&client_id=spyhop&refresh_token=re%20fresh%26&service=lab"
                    + "&scope=repository:app:pull")
        }
    }

    @Test func aTokenOfOnesOwnIsSentAsItIs() async throws {
        let kept = RegistryCredentials.registryToken("good")
        try await Lab.run(configure: { $0.credentials = FakeCredentials(kept: [$1: kept]) }) {
            Self.guarded($0)
        } _: { lab async throws in
            _ = try await lab.client.manifest(lab.reference)
            #expect(lab.lines == ["GET /v2/app/manifests/latest"])
        }
    }

    @Test func aTokenThatIsRefusedIsFetchedAnew() async throws {
        let tokens = Counter()
        try await Lab.run { request in
            if request.path == "/token" { return .status(200, body: "{\"token\":\"t\(tokens.next())\"}") }
            // The second token is the good one.
            return Self.guarded(request, token: "t2")
        } _: { lab async throws in
            _ = try await lab.client.manifest(lab.reference)
            #expect(tokens.count == 2)
        }
    }

    @Test func basicIsAnsweredAtOnceWhenTheRegistrySaysSo() async throws {
        try await Lab.run(configure: { $0.credentials = FakeCredentials(kept: [$1: Self.password]) }) { request in
            guard request.header("authorization") == Self.basic else {
                return .status(401, [("WWW-Authenticate", "Basic realm=\"lab\"")])
            }
            return request.path.contains("manifests") ? .manifest(ManifestTests.text) : .unknown
        } _: { lab async throws in
            _ = try await lab.client.manifest(lab.reference)
            #expect(lab.lines == ["GET /v2/app/manifests/latest"])
        }
    }

    @Test func whoMayNotIsToldHowToLogIn() async throws {
        try await Lab.run { request in
            request.path == "/token" ? .status(200, body: #"{"token":"useless"}"#) : Self.guarded(request)
        } _: { lab async throws in
            let error = await failure { try await lab.client.manifest(lab.reference) }
            #expect(error?.code == .denied)
            let host = lab.server.host
            #expect(
                error?.message
                    == "pull access denied for \(host)/app, repository does not exist or may require "
                    + "'spyhop login \(host)': authentication required")
            #expect(error?.hint == "is it private? spyhop login \(host)")
        }
    }

    @Test func aRedirectElsewhereGetsNoCredentials() async throws {
        let content: [UInt8] = [1, 2, 3]
        let other = try ScriptedServer { request in
            request.path == "/store" ? .status(200, body: content) : .status(404)
        }
        defer { other.stop() }
        let elsewhere = "http://\(other.host)/store?signature=a%2Bb"
        try await Lab.run { request in
            let answer = Self.guarded(request)
            return request.path.contains("blobs") && request.header("authorization") == "Bearer good"
                ? .status(307, [("Location", elsewhere)]) : answer
        } _: { lab async throws in
            let blob = Descriptor(mediaType: MediaType.layer, digest: "\(Digest(of: content))", size: 3)
            #expect(try await lab.client.blob(blob, of: lab.reference, limit: 10) == content)
            #expect(other.lines == ["GET /store?signature=a%2Bb"])
            #expect(other.requests.allSatisfy { $0.header("authorization") == nil })
        }
    }

    @Test func aRedirectWithinTheRegistryKeepsThem() async throws {
        let content: [UInt8] = [1, 2, 3]
        try await Lab.run { request in
            let answer = Self.guarded(request)
            guard request.header("authorization") == "Bearer good" else { return answer }
            if request.path.contains("blobs") { return .status(302, [("Location", "/elsewhere")]) }
            return request.path == "/elsewhere" ? .status(200, body: content) : answer
        } _: { lab async throws in
            let blob = Descriptor(mediaType: MediaType.layer, digest: "\(Digest(of: content))", size: 3)
            #expect(try await lab.client.blob(blob, of: lab.reference, limit: 10) == content)
        }
    }

    @Test func aRedirectInACircleEnds() async throws {
        try await Lab.run { request in
            request.path.contains("blobs") ? .status(307, [("Location", request.target)]) : .unknown
        } _: { lab async throws in
            let blob = Descriptor(mediaType: MediaType.layer, digest: "\(Digest(of: [1]))", size: 1)
            let error = await failure { try await lab.client.blob(blob, of: lab.reference, limit: 10) }
            #expect(error?.message.contains("more than 5 times") == true)
            #expect(lab.lines.count == 6)
        }
    }

    @Test func aRedirectFromTLSToPlainHTTPIsRefused() throws {
        let table = EndpointTable(
            hosts: [
                "lab.example": {
                    var host = RegistryConfiguration.Host(); host.isInsecure = true; return host
                }()
            ], hub: .init())
        let secure = try #require(WebAddress("https://lab.example/v2/"))
        let honest = table.upstream("ghcr.io")
        #expect(throws: EngineError.self) {
            try RegistryAnswer.redirect("http://cdn.example/x", from: secure, of: honest, hops: 1)
        }
        #expect(throws: EngineError.self) { try RegistryAnswer.redirect("", from: secure, of: honest, hops: 1) }
        #expect(try RegistryAnswer.redirect("//cdn.example/x", from: secure, of: honest, hops: 1).origin.isSecure)
        let insecure = table.upstream("lab.example")
        #expect(
            try !RegistryAnswer.redirect("http://cdn.example/x", from: secure, of: insecure, hops: 1).origin.isSecure)
    }

    @Test func anAuthorizationServerOverPlainHTTPIsRefusedForARegistryOverTLS() throws {
        func key(_ registry: String, _ realm: String) throws -> TokenKey {
            TokenKey(
                registry: try #require(WebAddress(registry)).origin, realm: realm, service: nil, scopes: [],
                credentials: nil)
        }
        for realm in ["http://auth.example/token", "no url", "file:///etc/passwd"] {
            let key = try key("https://ghcr.io/", realm)
            #expect(throws: EngineError.self) { try Authenticator.realm(of: key, registry: "ghcr.io") }
        }
        let fine = try key("https://ghcr.io/", "https://auth.example/token")
        #expect(try Authenticator.realm(of: fine, registry: "ghcr.io").origin.host == "auth.example")
        let lab = try key("http://localhost:5000/", "http://localhost:5001/token")
        #expect(try Authenticator.realm(of: lab, registry: "localhost:5000").origin.port == 5001)
    }

    @Test func aLoginIsCheckedByWhateverTheRegistryAsksFor() async throws {
        let wrong = RegistryCredentials.password(username: "user", password: "wrong")
        try await Lab.run { request in
            if request.path == "/token", request.header("authorization") != Self.basic {
                return .status(401, body: #"{"details":"incorrect username or password"}"#)
            }
            return Self.guarded(request).pieces.isEmpty ? .unknown : Self.guarded(request)
        } _: { lab async throws in
            try await lab.client.checkLogin(Self.password, registry: lab.server.host)
            let error = await failure { try await lab.client.checkLogin(wrong, registry: lab.server.host) }
            #expect(error?.code == .denied)
            #expect(error?.message.hasSuffix("incorrect username or password") == true)
        }
        try await Lab.run { request in
            request.header("authorization") == Self.basic
                ? .unknown : .status(401, [("WWW-Authenticate", "Basic realm=\"lab\"")])
        } _: { lab async throws in
            try await lab.client.checkLogin(Self.password, registry: lab.server.host)
            #expect(
                await failure { try await lab.client.checkLogin(wrong, registry: lab.server.host) }?.code == .denied)
        }
    }
}
