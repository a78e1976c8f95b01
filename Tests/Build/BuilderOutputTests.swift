import Build
import Engine
import Glibc
import Images
import LinuxSystem
import Testing

/// What becomes of a result, and what can be known without building.
@Suite(.enabled(if: geteuid() == 0, "joining layers needs root"))
struct BuilderOutputTests {
    @Test func filesAndArchivesAreWrittenAndNothingIsListed() async throws {
        let bench = try BuildBench()
        try bench.write("hello", to: "a")
        let directory = "\(bench.path)/out"
        let (tar, oci, docker) = ("\(bench.path)/o.tar", "\(bench.path)/oci.tar", "\(bench.path)/docker.tar")
        let image = try await bench.build("FROM scratch\nCOPY a /dir/a\nCMD [\"x\"]") {
            $0.tags = ["app:1"]
            $0.outputs = [
                .local(path: directory), .tar(.path(tar)), .oci(.path(oci), unpacked: false), .docker(.path(docker)),
            ]
        }
        #expect(try Files.readText("\(directory)/dir/a") == "hello")
        #expect(try (Files.status(tar)?.size ?? 0) > 0)
        #expect(try bench.store.images().isEmpty)
        for archive in [oci, docker] {
            let other = ImageStore(root: "\(archive).store")
            let file = try OwnedDescriptor.open(archive)
            #expect(try other.load(fromDescriptor: file.rawValue) == ["app:1"])
            #expect(try other.inspect("app:1").image.id == image.id)
        }
    }

    @Test func anImageIsPushedUnderEachOfItsNames() async throws {
        let bench = try BuildBench()
        let services = FakeServices()
        let image = try await bench.build("FROM scratch\nCOPY <<f /\nx\nf", FakeExecutor(), services) {
            $0.tags = ["one"]
            $0.outputs = [.image(names: ["host:5000/two"], push: true)]
        }
        #expect(image.names == ["docker.io/library/one:latest", "host:5000/two:latest"])
        #expect(services.pushed == image.names)
        #expect(bench.state("pushing host:5000/two:latest") != nil)
    }

    @Test func aNameThatIsNoneIsRefusedBeforeAnythingIsDone() async throws {
        let bench = try BuildBench()
        let error = await #expect(throws: EngineError.self) {
            try await bench.build("FROM scratch\nRUN make") { $0.tags = ["Not A Name"] }
        }
        #expect(error?.code == .invalidArgument && bench.steps.isEmpty)
    }

    @Test func checksAndOutlinesBuildNothing() async throws {
        let bench = try BuildBench()
        var request = BuildRequest(context: .directory("\(bench.path)/context"))
        request.file = .text(Array("ARG V=1\nFROM nowhere AS One\nRUN make\nFROM one\nRUN test\n".utf8))
        let executor = FakeExecutor()
        let services = FakeServices()
        let builder = Builder(store: bench.store, services: services, executor: executor)
        #expect(try await builder.check(request).map(\.rule).contains("StageNameCasing"))
        #expect(try await builder.outline(request).targets.count == 2)
        #expect(executor.commands.isEmpty && services.asked.isEmpty)
    }

    @Test func argumentsThatNobodyTakesAreTold() async throws {
        let bench = try BuildBench()
        try await bench.build("FROM scratch\nARG USED\nCOPY <<f /\nx\nf") {
            $0.arguments = ["USED": "1", "LOST": "1", "HTTP_PROXY": "p"]
        }
        let notices = bench.told.compactMap { if case .notice(let text) = $0 { text } else { nil } }
        #expect(notices == ["one or more build-args were not consumed: LOST"])
    }
}
