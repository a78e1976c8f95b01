import Engine
import HTTP
import OCI
import Testing

@testable import Registry

struct ManifestTypeTests {
    private func check(_ text: String, _ told: String?) throws(EngineError) -> String {
        try ManifestType.check(Array(text.utf8), told: told, name: "a:b", registry: "r")
    }

    @Test func theHeaderFieldTellsTheKind() throws {
        #expect(
            try check(#"{"schemaVersion":2,"layers":[],"config":{}}"#, "\(MediaType.manifest); charset=utf-8")
                == MediaType.manifest)
        #expect(
            try check(#"{"schemaVersion":2,"manifests":[]}"#, MediaType.dockerManifestList)
                == MediaType.dockerManifestList)
    }

    @Test func withoutItTheDocumentTells() throws {
        #expect(try check(#"{"manifests":[]}"#, "application/json") == MediaType.index)
        #expect(
            try check("{\"config\":{},\"mediaType\":\"\(MediaType.dockerManifest)\"}", nil) == MediaType.dockerManifest)
    }

    @Test(arguments: [
        (#"{"schemaVersion":1,"fsLayers":[]}"#, "application/vnd.docker.distribution.manifest.v1+prettyjws"),
        (#"{"schemaVersion":1,"fsLayers":[]}"#, "application/json"),
        (#"{"schemaVersion":2,"mediaType":"application/vnd.oci.artifact.manifest.v1+json"}"#, "application/json"),
    ])
    func whatIsNoImageIsUnsupported(text: String, told: String) {
        let error = #expect(throws: EngineError.self) { try check(text, told) }
        #expect(error?.code == .unsupported)
    }

    @Test func aDocumentOfTwoKindsIsRefused() {
        let both = #"{"schemaVersion":2,"manifests":[],"layers":[],"config":{}}"#
        #expect(#expect(throws: EngineError.self) { try check(both, MediaType.index) }?.code == .corrupted)
        let other = "{\"schemaVersion\":2,\"manifests\":[],\"mediaType\":\"\(MediaType.manifest)\"}"
        #expect(#expect(throws: EngineError.self) { try check(other, MediaType.index) }?.code == .corrupted)
        #expect(#expect(throws: EngineError.self) { try check("no", MediaType.index) }?.code == .corrupted)
    }
}
