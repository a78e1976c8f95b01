import OCI
import Registry
import Testing

struct RemoteManifestTests {
    @Test func aManifestDescribesItself() {
        let bytes = Array("{}".utf8)
        let manifest = RemoteManifest(bytes: bytes, mediaType: MediaType.manifest, digest: Digest(of: bytes))
        #expect(manifest.descriptor.size == 2)
        #expect(manifest.descriptor.digest == manifest.digest.description)
    }
}
