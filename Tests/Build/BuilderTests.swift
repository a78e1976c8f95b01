import Build
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

/// Whole builds with files in a real store; only commands are pretended.
@Suite(.enabled(if: geteuid() == 0, "joining layers needs root"))
struct BuilderTests {
    @Test func anImageHasItsLayersItsConfigurationAndItsName() async throws {
        let bench = try BuildBench()
        try bench.addBase(changes: ["ENV LANG=C"])
        try bench.write("hello", to: "greeting.txt")
        let image = try await bench.build(
            """
            FROM base
            WORKDIR /app
            COPY greeting.txt .
            RUN make
            CMD ["serve"]
            """
        ) { $0.tags = ["app:1"] }
        #expect(image.names == ["docker.io/library/app:1"])
        #expect(try bench.store.inspect("app:1").image.id == image.id)
        let configuration = try bench.configuration(image)
        #expect(configuration.rootfs.diffIDs.count == 4)
        #expect(configuration.config?.workingDirectory == "/app" && configuration.config?.command == ["serve"])
        #expect(configuration.config?.environment?.contains("LANG=C") == true)
        #expect(
            configuration.history?.compactMap(\.createdBy).suffix(4) == [
                "WORKDIR /app", "COPY greeting.txt .", "RUN /bin/sh -c make", #"CMD ["serve"]"#,
            ])
        #expect(configuration.history?.suffix(4).map { $0.comment ?? "" } == (2...5).map { "Dockerfile:\($0)" })
        #expect(configuration.created == configuration.history?.last?.created)
        #expect(try bench.read("app/greeting.txt", of: image) == "hello")
        #expect(try bench.read("ran", of: image) == "/bin/sh -c make")
    }

    @Test func aWhollyCachedBuildRunsNothingAndGivesTheSameImage() async throws {
        let bench = try BuildBench()
        try bench.addBase()
        try bench.write("1", to: "a")
        let text = "FROM base\nARG V=1\nRUN make\nCOPY a /a\nWORKDIR /w\nLABEL x=y\nRUN test"
        let first = try await bench.build(text)
        let executor = FakeExecutor()
        let second = try await bench.build(text, executor)
        #expect(executor.commands.isEmpty)
        #expect(first.id == second.id && first.digest == second.digest)
        for step in ["RUN make", "COPY a /a", "WORKDIR /w", "RUN test"] { #expect(bench.state(step) == .cached) }
    }

    @Test func aChangedFileRunsWhatComesAfterItAndNothingBefore() async throws {
        let bench = try BuildBench()
        try bench.addBase()
        try bench.write("1", to: "a")
        let text = "FROM base\nRUN before\nCOPY a /a\nRUN after"
        try await bench.build(text)
        try bench.write("2", to: "a")
        let executor = FakeExecutor()
        try await bench.build(text, executor)
        #expect(executor.commands.map(\.arguments.last) == ["after"])
        #expect(bench.state("RUN before") == .cached)
    }

    @Test func whatALabelSaysDoesNotConcernACommand() async throws {
        let bench = try BuildBench()
        try bench.addBase()
        try await bench.build("FROM base\nLABEL a=1\nRUN make")
        let executor = FakeExecutor()
        try await bench.build("FROM base\nLABEL a=2\nRUN make", executor)
        #expect(executor.commands.isEmpty)
        try await bench.build("FROM base\nENV a=2\nRUN make", executor)
        #expect(executor.commands.count == 1)
    }

    @Test func nothingIsTakenFromTheCacheWhenAskedSo() async throws {
        let bench = try BuildBench()
        try bench.addBase()
        let text = "FROM base AS one\nRUN a\nFROM one AS two\nRUN b"
        try await bench.build(text)
        let all = FakeExecutor()
        try await bench.build(text, all) { $0.noCache = true }
        #expect(all.commands.count == 2)
        let some = FakeExecutor { command, _ in
            try FakeExecutor.write("again", to: "ran", in: command)
            return 0
        }
        try await bench.build(text, some) { $0.noCacheFilter = ["two"] }
        #expect(some.commands.map(\.arguments.last) == ["b"])
    }

    @Test func filesComeFromOtherStagesAndUnusedOnesAreNotBuilt() async throws {
        let bench = try BuildBench()
        try bench.addBase()
        let executor = FakeExecutor()
        let image = try await bench.build(
            """
            FROM base AS builder
            RUN make
            FROM base AS unused
            RUN waste
            FROM base
            COPY --from=builder /ran /result
            COPY --from=0 --chown=bob:staff /ran /second
            """, executor)
        #expect(executor.commands.map(\.arguments.last) == ["make"])
        #expect(try bench.read("result", of: image) == "/bin/sh -c make")
        let layers = try bench.configuration(image).rootfs.diffIDs
        #expect(layers.count == 3)
        let top = try #require(layers.last).dropFirst(7).prefix(12)
        let status = try #require(try Files.status("\(bench.store.layersDirectory)/\(top)/second"))
        #expect(status.uid == 1000 && status.gid == 50)
    }

    @Test func theSameMomentGivesTheSameDigest() async throws {
        let text = "FROM scratch\nCOPY a /a\nRUN make\nLABEL x=y"
        var digests: Set<String> = []
        for _ in 0..<2 {
            let bench = try BuildBench()
            try bench.write("1", to: "a")
            let image = try await bench.build(text) { $0.sourceDateEpoch = 1_700_000_000 }
            digests.insert(image.digest ?? "")
            #expect(try bench.configuration(image).created == "2023-11-14T22:13:20Z")
        }
        #expect(digests.count == 1)
    }

    @Test func triggersOfTheBaseRunFirstAndDoNotStay() async throws {
        let bench = try BuildBench()
        try bench.addBase()
        let base = try await bench.build("FROM base\nONBUILD RUN trigger\nONBUILD ENV T=1") { $0.tags = ["onbuild"] }
        #expect(try bench.configuration(base).config?.onBuild == ["RUN trigger", "ENV T=1"])
        let executor = FakeExecutor()
        let image = try await bench.build("FROM onbuild\nRUN own", executor)
        #expect(executor.commands.map(\.arguments.last) == ["trigger", "own"])
        let configuration = try bench.configuration(image)
        #expect(configuration.config?.onBuild == nil)
        #expect(configuration.config?.environment?.contains("T=1") == true)
    }

    @Test func layersBecomeOneWhenSquashed() async throws {
        let bench = try BuildBench()
        try bench.addBase()
        let executor = FakeExecutor { command, _ in
            try FakeExecutor.write("x", to: command.arguments.last ?? "", in: command)
            return 0
        }
        let image = try await bench.build("FROM base\nRUN one\nRUN two", executor) { $0.squash = true }
        #expect(try bench.configuration(image).rootfs.diffIDs.count == 2)
        #expect(try bench.read("one", of: image) == "x")
        #expect(try bench.read("two", of: image) == "x")
    }

    @Test func labelsAndFetchedFilesGoIn() async throws {
        let bench = try BuildBench()
        let services = FakeServices(pages: ["https://example.org/f.txt": "page"])
        let text = "FROM scratch\nADD https://example.org/f.txt /dir/"
        let image = try await bench.build(text, FakeExecutor(), services) { $0.labels = ["l": "v"] }
        #expect(try bench.read("dir/f.txt", of: image) == "page")
        #expect(try bench.configuration(image).config?.labels == ["l": "v"])
        let digest = Digest(of: Array("page".utf8))
        let checked = "FROM scratch\nADD --checksum=\(digest) https://example.org/f.txt /dir/"
        try await bench.build(checked, FakeExecutor(), services)
        let later = FakeServices()
        try await bench.build(checked, FakeExecutor(), later)
        #expect(later.fetched.isEmpty)
    }

    @Test func cachesElsewhereAreAskedAfterTheOwnAndBringLayersOnlyWhenNeeded() async throws {
        let text = "FROM scratch\nRUN one\nRUN two\nRUN three"
        let origin = try BuildBench()
        let exporter = FakeServices()
        let executor = FakeExecutor { command, _ in
            try FakeExecutor.write(command.arguments.last ?? "", to: command.arguments.last ?? "", in: command)
            return 0
        }
        try await origin.build(text, executor, exporter) {
            $0.cacheTo = [.directory(path: "/nowhere", isComplete: true)]
            $0.sourceDateEpoch = 0
        }
        #expect(exporter.exported.count == 3)
        let remote = FakeRemoteCache(exporter.exported, of: origin.store)
        let bench = try BuildBench()
        let idle = FakeExecutor()
        try await bench.build(text, idle, FakeServices(remote: remote)) {
            $0.cacheFrom = [.directory(path: "/nowhere", isComplete: true)]
            $0.sourceDateEpoch = 0
            $0.outputs = [.none]
        }
        #expect(idle.commands.isEmpty && remote.fetched.isEmpty)
        try await bench.build(text, idle, FakeServices(remote: remote)) {
            $0.cacheFrom = [.directory(path: "/nowhere", isComplete: true)]
            $0.sourceDateEpoch = 0
        }
        #expect(idle.commands.isEmpty && remote.fetched.count == 3)
        try await bench.build(text, idle) { $0.sourceDateEpoch = 0 }
        #expect(idle.commands.isEmpty)
    }

    @Test func stagesThatDoNotNeedEachOtherRunAtOnce() async throws {
        let bench = try BuildBench()
        // Each command ends only after the other has begun.
        let meeting = Meeting(2)
        let executor = FakeExecutor { command, _ in
            await meeting.arrive()
            try FakeExecutor.write(command.arguments.last ?? "", to: command.arguments.last ?? "", in: command)
            return 0
        }
        try await bench.build(
            """
            FROM scratch AS a
            RUN one
            FROM scratch AS b
            RUN two
            FROM scratch
            COPY --from=a /one /
            COPY --from=b /two /
            """, executor
        ) { $0.parallelism = 2 }
        #expect(executor.commands.count == 2)
    }

    @Test func theSameCommandOnTheSameFilesRunsOnceForAllStages() async throws {
        let bench = try BuildBench()
        let executor = FakeExecutor()
        try await bench.build(
            """
            FROM scratch AS a
            RUN make
            FROM scratch AS b
            RUN make
            FROM scratch
            COPY --from=a /ran /a
            COPY --from=b /ran /b
            """, executor)
        #expect(executor.commands.count == 1)
    }
}
