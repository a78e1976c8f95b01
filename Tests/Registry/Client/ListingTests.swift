import Engine
import Harness
import OCI
import Testing

@testable import Registry

struct ListingTests {
    @Test func tagsComePageAfterPage() async throws {
        try await Lab.run { request in
            switch request.target {
            case "/v2/app/tags/list?n=1000":
                .status(200, [("Link", "</v2/app/tags/list?n=2&last=b>; rel=\"next\"")], body: #"{"tags":["a","b"]}"#)
            case "/v2/app/tags/list?n=2&last=b": .status(200, body: #"{"name":"app","tags":["c"]}"#)
            default: .unknown
            }
        } _: { lab async throws in
            #expect(try await lab.client.tags(of: lab.reference) == ["a", "b", "c"])
        }
    }

    @Test func aRepositoryWithoutTagsHasNone() async throws {
        try await Lab.run {
            $0.path.contains("tags") ? .status(200, body: #"{"tags":null}"#) : .unknown
        } _: { lab async throws in
            #expect(try await lab.client.tags(of: lab.reference).isEmpty)
        }
    }

    @Test func aListThatGoesOnElsewhereIsRefused() async throws {
        let other = try ScriptedServer { _ in .status(200, body: #"{"tags":["evil"]}"#) }
        defer { other.stop() }
        let link = "<http://\(other.host)/v2/app/tags/list>; rel=next"
        try await Lab.run { request in
            request.path.contains("tags") ? .status(200, [("Link", link)], body: #"{"tags":["a"]}"#) : .unknown
        } _: { lab async throws in
            #expect(await failure { try await lab.client.tags(of: lab.reference) }?.code == .corrupted)
            #expect(other.requests.isEmpty)
        }
    }

    @Test func aListWithoutAnEndEnds() async throws {
        try await Lab.run { request in
            guard request.path.contains("tags") else { return .unknown }
            let link = "</v2/app/tags/list?n=1>; rel=next"
            return .status(200, [("Link", link)], body: #"{"tags":["a"]}"#)
        } _: { lab async throws in
            #expect(try await lab.client.tags(of: lab.reference).count <= 3)
        }
        let counter = Counter()
        try await Lab.run { request in
            guard request.path.contains("tags") else { return .unknown }
            let many = [String](repeating: "\"t\"", count: 50_000).joined(separator: ",")
            let link = "</v2/app/tags/list?n=\(counter.next())>; rel=next"
            return .status(200, [("Link", link)], body: "{\"tags\":[\(many)]}")
        } _: { lab async throws in
            #expect(await failure { try await lab.client.tags(of: lab.reference) }?.code == .unsupported)
        }
    }

    @Test func referrersComeFromTheirListOrTheirTag() async throws {
        let digest = Digest(of: [1])
        let entry =
            "{\"mediaType\":\"\(MediaType.manifest)\",\"digest\":\"\(Digest(of: [2]))\",\"size\":7,"
            + "\"artifactType\":\"application/spdx+json\"}"
        let index = "{\"schemaVersion\":2,\"mediaType\":\"\(MediaType.index)\",\"manifests\":[\(entry)]}"
        try await Lab.run { request in
            switch request.path {
            case "/v2/new/referrers/\(digest)": .status(200, [("Content-Type", MediaType.index)], body: index)
            case "/v2/old/manifests/sha256-\(digest.hex)":
                .status(200, [("Content-Type", MediaType.index)], body: index)
            default: .unknown
            }
        } _: { lab async throws in
            for (name, count) in [("new", 1), ("old", 1), ("none", 0)] {
                let found = try await lab.client.referrers(of: digest, in: ImageReference("\(lab.server.host)/\(name)"))
                #expect(found.count == count)
                #expect(found.allSatisfy { $0.artifactType == "application/spdx+json" })
            }
        }
    }

    @Test func dockerHubIsSearched() async throws {
        let answer = """
            {"num_results":3,"results":[
            {"name":"nginx","description":"Official\\u001b[31m build",
            "star_count":20000,"is_official":true,"is_automated":false},
            {"name":"bitnami/nginx","description":"","star_count":100,"is_official":false,"is_automated":true},
            {"name":"x/nginx","star_count":1}]}
            """
        let hub = try ScriptedServer { request in
            request.target == "/v1/search?q=nginx&n=25"
                ? .status(200, body: answer) : .status(request.path == "/v2/" ? 200 : 404)
        }
        defer { hub.stop() }
        try await Lab.run(tune: { $0.hub.search = hub.host }) { _ in
            .unknown
        } _: { lab async throws in
            let all = try await lab.client.search(RegistrySearch(term: "nginx"))
            #expect(all.map(\.name) == ["nginx", "bitnami/nginx", "x/nginx"])
            #expect(all[0].description == "Official?[31m build")
            #expect(all[0].isOfficial && all[1].isAutomated)
            let starred = try await lab.client.search(
                RegistrySearch(term: "nginx", minimumStars: 50, isOfficial: false))
            #expect(starred.map(\.name) == ["bitnami/nginx"])
        }
    }

    @Test func aRegistryWithoutSearchTellsItsCatalog() async throws {
        try await Lab.run { request in
            switch request.target {
            case "/v2/_catalog?n=1000":
                .status(
                    200, [("Link", "</v2/_catalog?last=web>; rel=\"next\"")], body: #"{"repositories":["base","web"]}"#)
            case "/v2/_catalog?last=web": .status(200, body: #"{"repositories":["team/web-api"]}"#)
            default: .unknown
            }
        } _: { lab async throws in
            let found = try await lab.client.search(RegistrySearch(term: "\(lab.server.host)/Web"))
            #expect(found.map(\.name) == ["\(lab.server.host)/web", "\(lab.server.host)/team/web-api"])
        }
    }
}
