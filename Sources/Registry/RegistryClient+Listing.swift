import Engine
import FoundationEssentials
import HTTP
import OCI

extension RegistryClient {
    /// Pages of one list at most: a registry that always has a next one is not followed for ever.
    private static let pages = 1000
    /// Entries of one list at most.
    private static let entries = 200_000

    /// All tags of a repository, page after page, in the registry's order.
    public func tags(of repository: ImageReference) async throws -> [String] {
        struct Page: Decodable { let tags: [String]? }
        let endpoint = transport.table.upstream(repository.domain)
        return try await list(
            .path("/v2/\(repository.path)/tags/list", [("n", "1000")]), scopes: [TokenScope.pull(repository.path)],
            from: endpoint, about: .repository(repository)
        ) { (page: Page) in page.tags ?? [] }
    }

    /// What refers to a manifest, by the referrers' list or, where a registry has none, by its fall-back tag.
    public func referrers(of digest: Digest, in repository: ImageReference) async throws -> [Descriptor] {
        let endpoint = transport.table.upstream(repository.domain)
        do {
            return try await list(
                .path("/v2/\(repository.path)/referrers/\(digest)"), scopes: [TokenScope.pull(repository.path)],
                from: endpoint, about: .repository(repository)
            ) { (page: ImageIndex) in page.manifests }
        } catch let error as EngineError
            where error.code == .notFound || error.code == .unsupported || error.code == .corrupted
        {
            // A registry from before the list answers 404, or with something else altogether.
            return try await referrersByTag(digest, repository)
        }
    }

    /// distribution-spec, "Referrers Tag Schema".
    private func referrersByTag(_ digest: Digest, _ repository: ImageReference) async throws -> [Descriptor] {
        let name = "\(repository.domain)/\(repository.path):sha256-\(digest.hex)"
        do {
            let manifest = try await manifest(ImageReference(name))
            guard MediaType.isIndex(manifest.mediaType),
                let index = try? JSONDecoder().decode(ImageIndex.self, from: Data(manifest.bytes))
            else { return [] }
            return index.manifests
        } catch let error as EngineError where error.code == .notFound {
            return []
        }
    }

    /// Repositories that fit a term; of Docker Hub, of a registry with docker's search, else of a registry's catalog.
    public func search(_ search: RegistrySearch) async throws -> [FoundRepository] {
        let (registry, term) = HostRules.split(searched: search.term)
        guard let registry else {
            return search.chosen(try await index(transport.table.search, registry: nil, term, search.limit))
        }
        let endpoint = transport.table.upstream(registry)
        do {
            return search.chosen(try await index(endpoint, registry: registry, term, search.limit))
        } catch let error as EngineError where [.notFound, .unsupported, .denied].contains(error.code) {
            return search.chosen(try await catalog(endpoint, registry: registry, term))
        }
    }

    /// Docker's search of old, which Docker Hub still answers: `GET /v1/search?q=&n=`.
    private func index(
        _ endpoint: Endpoint, registry: String?, _ term: String, _ limit: Int
    ) async throws -> [FoundRepository] {
        let subject = Subject.registry(endpoint.registry, verb: "search")
        let count = String(min(max(limit, 1), 100))
        let call = RegistryCall("GET", .path("/v1/search", [("q", term), ("n", count)]), scopes: [])
        var loop = retries(of: endpoint)
        let answer = try await loop.run { try await self.exchange(call, with: endpoint, about: subject) }
        let bytes = try await document(answer, subject)
        guard let results = try? JSONDecoder().decode(SearchResults.self, from: Data(bytes)) else {
            throw EngineError(.unsupported, "\(endpoint.registry) answers the search with what is no list")
        }
        return (results.results ?? []).compactMap { entry in
            guard let name = entry.name, !name.isEmpty else { return nil }
            return FoundRepository(
                name: (registry.map { "\($0)/" } ?? "") + shown(name, limit: 255),
                description: shown(entry.description ?? ""), stars: entry.stars ?? 0,
                isOfficial: entry.isOfficial ?? false, isAutomated: entry.isAutomated ?? false)
        }
    }

    private func catalog(_ endpoint: Endpoint, registry: String, _ term: String) async throws -> [FoundRepository] {
        struct Page: Decodable { let repositories: [String]? }
        let names = try await list(
            .path("/v2/_catalog", [("n", "1000")]), scopes: [TokenScope.catalog], from: endpoint,
            about: .registry(registry, verb: "search")
        ) { (page: Page) in page.repositories ?? [] }
        let wanted = term.lowercased()
        return names.filter { wanted.isEmpty || $0.lowercased().contains(wanted) }.map {
            FoundRepository(
                name: "\(registry)/\(shown($0, limit: 255))", description: "", stars: 0, isOfficial: false,
                isAutomated: false)
        }
    }

    /// Follows a list by its links (distribution-spec, "Listing Tags") as long as they stay with the registry.
    private func list<Page: Decodable, Element: Sendable>(
        _ start: RegistryCall.Target, scopes: [String], from endpoint: Endpoint, about subject: Subject,
        _ elements: (Page) -> [Element]
    ) async throws -> [Element] {
        var all: [Element] = []
        var target = start
        var visited: Set<WebAddress> = []
        for _ in 0..<Self.pages {
            var call = RegistryCall("GET", target, scopes: scopes)
            call.headers["Accept"] = "\(MediaType.index), application/json"
            call.followsRedirects = true
            var loop = retries(of: endpoint)
            let sent = call
            let answer = try await loop.run { try await self.exchange(sent, with: endpoint, about: subject) }
            let bytes = try await document(answer, subject)
            guard let page = try? JSONDecoder().decode(Page.self, from: Data(bytes)) else {
                throw EngineError(.corrupted, "\(endpoint.registry) answers for \(subject.thing) with what is no list")
            }
            all += elements(page)
            guard all.count <= Self.entries else {
                throw EngineError(.unsupported, "\(endpoint.registry) lists more than \(Self.entries) entries")
            }
            guard let link = LinkHeader.next(in: answer.headers.all("link")) else { return all }
            guard let next = answer.address.resolving(link), next.origin == answer.address.origin else {
                throw EngineError(
                    .corrupted, "\(endpoint.registry) continues its list elsewhere: \(shown(link, limit: 200))")
            }
            guard visited.insert(next).inserted else { return all }
            target = .address(next)
        }
        throw EngineError(.unsupported, "\(endpoint.registry) lists more than \(Self.pages) pages")
    }
}

extension RegistrySearch {
    /// What fits the other conditions, best first, and no more than asked for.
    fileprivate func chosen(_ found: [FoundRepository]) -> [FoundRepository] {
        let fitting = found.filter { repository in
            repository.stars >= minimumStars ?? 0 && isOfficial.map { $0 == repository.isOfficial } ?? true
                && isAutomated.map { $0 == repository.isAutomated } ?? true
        }
        return Array(fitting.prefix(max(limit, 0)))
    }
}
