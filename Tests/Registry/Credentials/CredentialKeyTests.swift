import Testing

@testable import Registry

struct CredentialKeyTests {
    @Test(arguments: [
        ("docker.io", "https://index.docker.io/v1/"), ("index.docker.io", "https://index.docker.io/v1/"),
        ("https://index.docker.io/v1/", "https://index.docker.io/v1/"), ("localhost:5000", "localhost:5000"),
        ("https://Example.com/v2/", "example.com"), ("quay.io", "quay.io"),
    ])
    func registriesAreCalledAsDockerCallsThem(registry: String, key: String) {
        #expect(CredentialKey(registry).written == key)
    }

    @Test(arguments: [
        "quay.io", "https://quay.io", "http://quay.io/", "https://quay.io/v1/", "quay.io/v2", "https://QUAY.io/v2/",
    ])
    func olderSpellingsAreFound(spelling: String) {
        #expect(CredentialKey("quay.io").found(among: ["other.io", spelling]) == spelling)
    }

    @Test(arguments: ["quay.io:443", "quay.io/team", "https://quay.io/team/v1/", "notquay.io", "quay.io.evil.example"])
    func otherKeysAreNotTheRegistrys(spelling: String) {
        #expect(CredentialKey("quay.io").found(among: [spelling]) == nil)
    }

    @Test func theExactKeyIsPreferredAndPodmansNameOfDockerHubIsKnown() {
        let key = CredentialKey("docker.io")
        #expect(key.found(among: ["docker.io", "https://index.docker.io/v1/"]) == "https://index.docker.io/v1/")
        #expect(key.found(among: ["quay.io", "docker.io"]) == "docker.io")
    }
}
