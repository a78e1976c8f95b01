import Engine
import Testing

@testable import SpyhopCommands

struct ImageDemandTests {
    private static func create(
        _ image: String, _ engine: FakeImages, _ policy: PullPolicy = .missing, platform: String? = nil
    ) async -> EngineError? {
        let demand = ImageDemand(policy: policy, platform: platform, isQuiet: true)
        do {
            _ = try await demand.create(ContainerSpec(image: image), engine)
            return nil
        } catch { return error as? EngineError ?? EngineError(.system, "\(error)") }
    }

    @Test func anImageThatIsHereCostsNoQuestion() async {
        let engine = FakeImages(["busybox"])
        #expect(await Self.create("busybox", engine) == nil)
        #expect(engine.calls == ["create busybox"])
    }

    @Test func aMissingImageIsFetched() async {
        let engine = FakeImages()
        #expect(await Self.create("busybox", engine) == nil)
        #expect(engine.calls == ["create busybox", "inspect busybox", "pull busybox:latest", "create busybox"])
    }

    @Test func whatIsMissingBesideTheImageIsNotFetched() async {
        let engine = FakeImages(["busybox"], lacks: "network: x")
        #expect(await Self.create("busybox", engine)?.message == "no such network: x")
        #expect(engine.calls == ["create busybox", "inspect busybox"])
    }

    @Test func neverFetchesNothingAndAlwaysDoesFirst() async {
        let never = FakeImages()
        #expect(await Self.create("busybox", never, .never)?.code == .notFound)
        #expect(never.calls == ["create busybox"])
        let always = FakeImages(["busybox"])
        #expect(await Self.create("busybox", always, .always) == nil)
        #expect(always.calls == ["pull busybox:latest", "create busybox"])
    }

    @Test func whatCannotBeHadIsTheRegistrysError() async {
        let engine = FakeImages()
        #expect(await Self.create("nowhere", engine)?.code == .denied)
    }

    @Test func anIdentifierIsNotAskedOfARegistry() async {
        let engine = FakeImages()
        #expect(await Self.create(String(repeating: "a", count: 64), engine)?.code == .notFound)
        #expect(engine.calls.count == 1)
    }

    @Test func anImageForAnotherPlatformIsFetched() async {
        let other = FakeImages(["busybox"])
        #expect(await Self.create("busybox", other, platform: "linux/arm64") == nil)
        #expect(other.calls == ["inspect busybox", "pull busybox:latest for linux/arm64", "create busybox"])
        let same = FakeImages(["busybox"])
        #expect(await Self.create("busybox", same, platform: "x86_64") == nil)
        #expect(same.calls == ["inspect busybox", "create busybox"])
        let missing = FakeImages()
        #expect(await Self.create("busybox", missing, platform: "arm64") == nil)
        #expect(missing.calls.contains("pull busybox:latest for arm64"))
    }
}
