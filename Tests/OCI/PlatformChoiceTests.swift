import Engine
import OCI
import Testing

struct PlatformChoiceTests {
    private func entry(_ digit: Character, _ platform: Platform?) -> Descriptor {
        Descriptor(
            mediaType: MediaType.manifest, digest: "sha256:" + String(repeating: digit, count: 64), size: 1,
            platform: platform)
    }

    private var index: ImageIndex {
        ImageIndex(manifests: [
            entry("a", Platform(architecture: "unknown", os: "unknown")),
            entry("b", Platform(architecture: "arm", os: "linux", variant: "v6")),
            entry("c", Platform(architecture: "arm", os: "linux", variant: "v7")),
            entry("d", Platform(architecture: "amd64", os: "linux")),
        ])
    }

    @Test func theImageOfThePlatformIsChosen() throws {
        let amd64 = try index.entry(for: Platform(architecture: "amd64", os: "linux"), named: "x")
        #expect(amd64.digest.hasSuffix("d"))
    }

    @Test func theExactVariantGoesBeforeOthers() throws {
        let seven = try index.entry(for: Platform(architecture: "arm", os: "linux", variant: "v7"), named: "x")
        #expect(seven.digest.hasSuffix("c"))
        let any = try index.entry(for: Platform(architecture: "arm", os: "linux"), named: "x")
        #expect(any.digest.hasSuffix("b"))
    }

    @Test func whatIsOfferedIsToldWhenNothingFits() {
        let error = #expect(throws: EngineError.self) {
            try index.entry(for: Platform(architecture: "s390x", os: "linux"), named: "web:1")
        }
        #expect(error?.message == "web:1 has no image for linux/s390x")
        #expect(error?.hint == "it offers linux/amd64, linux/arm/v6, linux/arm/v7: choose one with --platform")
    }

    @Test func anEntryWithoutAPlatformIsTakenOnlyWhenNoneFits() throws {
        let index = ImageIndex(manifests: [entry("e", nil), entry("d", Platform(architecture: "amd64", os: "linux"))])
        #expect(try index.entry(for: Platform(architecture: "amd64", os: "linux"), named: "x").digest.hasSuffix("d"))
        #expect(try index.entry(for: Platform(architecture: "arm64", os: "linux"), named: "x").digest.hasSuffix("e"))
    }
}
