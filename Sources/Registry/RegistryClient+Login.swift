import Engine
import HTTP

extension RegistryClient {
    /// Checks credentials with a registry. Throws `.denied` when it refuses them.
    ///
    /// A registry that wants none takes any.
    public func checkLogin(_ credentials: RegistryCredentials, registry: String) async throws {
        let endpoint = transport.table.upstream(registry)
        let subject = Subject.registry(endpoint.registry, verb: "login")
        var loop = retries(of: endpoint)
        let ground = try await loop.run {
            try await self.translated(endpoint, subject) { try await self.transport.ground(of: endpoint) }
        }
        guard ground.base.origin.isSecure || endpoint.isInsecure else {
            throw EngineError(.denied, "\(registry) is reached by plain HTTP: credentials are not sent there")
        }
        var call = RegistryCall("GET", .path("/v2/"), scopes: [])
        call.credentials = credentials
        let sent = call
        let answer = try await loop.run {
            try await self.exchange(sent, with: endpoint, about: subject) { $0 == 200 || $0 == 401 }
        }
        guard answer.status == 401 else { return await answer.discard() }
        let schemes = Set(Challenge.parse(answer.headers.all("www-authenticate")).map(\.scheme))
        guard !schemes.isDisjoint(with: ["basic", "bearer"]) else {
            throw EngineError(
                .unsupported,
                "\(registry) asks for none of the ways of authentication that are known here (Basic, Bearer)")
        }
        let said = await Refusal(answer).fault.words
        throw EngineError(
            .denied, "\(registry) does not accept the user name and password" + (said.isEmpty ? "" : ": \(said)"))
    }
}
