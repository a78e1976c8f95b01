import Testing

@testable import DockerEngine

struct DockerCallTests {
    @Test func whatComesFromOutsideIsEscaped() {
        let call = DockerCall(
            "GET", "/containers/\(DockerCall.part("../a b?c#d/é"))/json", [("filters", #"{"a":["b&c"]}"#)],
            purpose: "look")
        #expect(
            call.target(DockerVersion.Number(major: 1, minor: 41))
                == "/v1.41/containers/..%2Fa%20b%3Fc%23d%2F%C3%A9/json?filters=%7B%22a%22%3A%5B%22b%26c%22%5D%7D")
        #expect(DockerCall.parts("host:5000/a/b@sha256:1") == "host:5000/a/b%40sha256:1")
        #expect(DockerCall("GET", "/version", purpose: "ask").target(nil) == "/version")
    }

    @Test(arguments: [
        ("a", "a", "latest"), ("a:1", "a", "1"), ("host:5000/a", "host:5000/a", "latest"),
        ("host:5000/a:2", "host:5000/a", "2"),
        ("a@sha256:00", "a@sha256:00", ""),
    ])
    func aPortIsNoTag(reference: String, name: String, tag: String) {
        #expect(DockerEngine.split(reference).name == name)
        #expect(DockerEngine.split(reference).tag == tag)
    }

    @Test(arguments: [
        ("a", "docker.io"), ("a/b:1", "docker.io"), ("ghcr.io/a", "ghcr.io"), ("localhost/a", "localhost"),
        ("h:5000/a", "h:5000"),
    ])
    func theRegistryStandsInFrontOfTheFirstSlash(reference: String, registry: String) {
        #expect(DockerEngine.registry(reference) == registry)
    }
}
