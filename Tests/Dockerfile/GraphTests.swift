import Dockerfile
import Engine
import Testing

struct GraphTests {
    @Test func stagesThatTheTargetDoesNotNeedAreLeftOut() throws {
        let graph = try plan(
            """
            FROM alpine AS base
            FROM base AS unused
            FROM base AS builder
            FROM alpine AS tools
            FROM scratch
            COPY --from=builder /a /a
            RUN --mount=from=tools,target=/t true
            """)
        #expect(graph.stages.map(\.stage.index) == [0, 2, 3, 4])
        #expect(graph.target == 4)
        #expect(graph.stages.last?.dependencies == [2, 3])
        #expect(graph.stages.last?.base == .scratch)
        #expect(graph.stages[1].base == .stage(0))
        #expect(graph.stages[0].base == .image("alpine"))
    }

    @Test func aTargetIsChosenByNameOrNumber() throws {
        let text = "FROM a AS First\nFROM b AS second\nFROM c"
        #expect(try plan(text, target: "FIRST").target == 0)
        #expect(try plan(text, target: "1").stages.map(\.stage.index) == [1])
        let error = #expect(throws: DockerfileError.self) { try plan(text, target: "secnod") }
        #expect(error?.suggestion == "did you mean second?")
        #expect(error?.engineError.message.contains("\"secnod\"") == true)
    }

    @Test func numbersAndNamesAreOrigins() throws {
        let graph = try plan(
            "FROM a AS one\nFROM b\nCOPY --from=0 /x /x\nCOPY --from=ONE /y /y\nCOPY --from=busybox /z /z")
        #expect(graph.origin(of: "0", in: 1) == .stage(0))
        #expect(graph.origin(of: "ONE", in: 1) == .stage(0))
        #expect(graph.origin(of: "busybox:1", in: 1) == .image("busybox:1"))
        #expect(graph.origin(of: "scratch", in: 1) == .image("scratch"))
        #expect(graph.stages.map(\.stage.index) == [0, 1])
    }

    @Test func baseNamesAreExpandedWithGlobalArguments() throws {
        let text = "ARG V=1\nARG IMAGE=base:${V}\nFROM $IMAGE AS x\nFROM --platform=$BUILDPLATFORM tool:${V:-9}"
        #expect(try plan(text, target: "x").stages[0].base == .image("base:1"))
        #expect(try plan(text, target: "x", arguments: ["V": "2"]).stages[0].base == .image("base:2"))
        #expect(try plan(text, arguments: ["V": ""]).stages[0].base == .image("tool:9"))
        let graph = try plan(text, targetPlatform: "linux/arm/v7")
        #expect(graph.stages[0].platform == "linux/amd64")
        #expect(graph.globalArguments["IMAGE"] == "base:1")
        #expect(graph.globalArguments["TARGETARCH"] == "arm")
        #expect(graph.globalArguments["TARGETVARIANT"] == "v7")
        #expect(graph.globalArguments["BUILDVARIANT"] == "")
    }

    @Test func aPlatformIsInheritedFromTheStageBelow() throws {
        let graph = try plan("FROM --platform=arm64 a AS b\nFROM --platform=linux/s390x b\nFROM b", target: "1")
        #expect(graph.stages.map(\.platform) == ["linux/arm64", "linux/arm64"])
    }

    @Test func aNameUsedTwiceMeansTheNearestBeforeForFrom() throws {
        let graph = try plan("FROM a AS x\nFROM b AS X\nFROM X AS x\nFROM x")
        #expect(graph.stages.map(\.stage.index) == [1, 2, 3])
        #expect(graph.stages.map(\.base) == [.image("b"), .stage(1), .stage(2)])
    }

    @Test func namedContextsStandInForStagesAndImages() throws {
        let text = """
            FROM docker.io/library/alpine:latest AS base
            FROM debian AS builder
            RUN make
            FROM base
            COPY --from=builder /a /a
            COPY --from=other /b /b
            """
        let graph = try plan(text, contexts: ["alpine", "builder", "other"])
        #expect(graph.stages[0].base == .context("alpine"))
        #expect(graph.stages[1].base == .context("builder"))
        #expect(graph.stages[1].stage.instructions.isEmpty)
        #expect(graph.origin(of: "builder", in: 2) == .stage(1))
        #expect(graph.origin(of: "other", in: 2) == .context("other"))
    }

    @Test func aContextOfOnePlatformComesFirst() throws {
        let contexts: Set<String> = ["alpine", "alpine::linux/arm64"]
        #expect(
            try plan("FROM alpine", targetPlatform: "linux/arm64", contexts: contexts).stages[0].base
                == .context("alpine::linux/arm64"))
        #expect(try plan("FROM alpine", contexts: contexts).stages[0].base == .context("alpine"))
    }

    @Test func triggersOfAStageRunInThoseThatStandOnIt() throws {
        let graph = try plan(
            """
            FROM alpine AS tools
            FROM alpine AS base
            ONBUILD COPY --from=tools /t /t
            ONBUILD RUN echo trigger
            FROM base AS middle
            RUN echo own
            FROM middle
            """)
        #expect(graph.stages.map(\.stage.index) == [0, 1, 2, 3])
        let middle = try #require(graph.stages.first { $0.stage.index == 2 })
        #expect(
            middle.stage.instructions.map(\.original) == [
                "COPY --from=tools /t /t", "RUN echo trigger", "RUN echo own",
            ])
        #expect(middle.dependencies == [0, 1])
        #expect(middle.stage.instructions[0].range == middle.stage.range)
        // They are used up there.
        #expect(graph.stages.last?.stage.instructions.isEmpty == true)
    }

    @Test func triggersOfABaseImageMayNeedFurtherStages() throws {
        var graph = try plan("FROM a AS tools\nFROM with-triggers\nRUN x")
        #expect(graph.stages.count == 1)
        let trigger = try Dockerfile.parseTrigger("COPY --from=tools /t /t", escape: "\\", image: "with-triggers")
        try graph.addTriggers([trigger], to: 1)
        #expect(graph.stages.map(\.stage.index) == [0, 1])
        #expect(graph.stages[1].stage.instructions.map(\.original) == ["COPY --from=tools /t /t", "RUN x"])
    }

    @Test(arguments: [
        ("FROM $NOPE", "empty"), ("FROM --platform=what a", "no platform"), ("FROM --platform=$NOPE a", "no platform"),
        ("FROM a\nCOPY --from=0 x y", "needs itself"), ("FROM a AS b\nRUN --mount=from=b,target=/x x", "needs itself"),
        ("FROM a AS b\nCOPY --from=c x y\nFROM a AS c\nCOPY --from=b x y", "needs itself"),
        ("FROM a AS b\nCOPY --from=c x y\nFROM b AS c", "needs itself"), ("FROM a\nCOPY --from=7 x y", "no stage 7"),
        ("FROM a\nCOPY --from=$X x y", "not expanded"), ("FROM ${a", "expanded"), ("ARG A=${B:?}\nFROM a", "B: is not"),
    ])
    func whatCannotBePlannedIsRefused(_ text: String, _ part: String) {
        let error = #expect(throws: DockerfileError.self) { try plan(text) }
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
        #expect(error?.excerpt.contains(where: \.isMarked) == true)
    }

    @Test func aLaterStageCannotBeCopiedFromWhenItIsNeeded() throws {
        let text = "FROM a AS b\nCOPY --from=c x y\nFROM a AS c\nFROM a AS d"
        let error = #expect(throws: DockerfileError.self) { try plan(text, target: "b") }
        #expect(error?.message == "the stage b cannot copy from c, which comes later")
        #expect(error?.range.start.line == 2)
        #expect(try plan(text, target: "d").stages.count == 1)
    }

    @Test func manyStagesTakeTimeInProportion() throws {
        var text = "FROM scratch AS s\n"
        for _ in 0..<20_000 { text += "FROM s AS s\n" }
        #expect(try plan(text).stages.count == 20_001)
    }

    @Test(arguments: [
        ("amd64", "linux/amd64"), ("x86_64", "linux/amd64"), ("linux/aarch64", "linux/arm64"),
        ("linux/arm64/v8", "linux/arm64"),
        ("arm", "linux/arm/v7"), ("linux/arm/v6", "linux/arm/v6"), ("linux/arm/7", "linux/arm/v7"),
        ("armhf", "linux/arm/v7"),
        ("LINUX/AMD64", "linux/amd64"), ("linux", "linux/amd64"), ("macos/arm64", "darwin/arm64"),
        ("windows/amd64", "windows/amd64"),
        ("", nil), ("a/b/c/d", nil), ("li nux", nil), ("linux/", nil), ("what", nil),
    ])
    func platformsHaveOneSpelling(_ written: String, _ expected: String?) {
        #expect(PlatformName.normalized(written) == expected)
    }

    @Test func predefinedArgumentsAreKnown() {
        #expect(PredefinedArguments.proxies.isSuperset(of: ["HTTP_PROXY", "https_proxy", "NO_PROXY", "all_proxy"]))
        #expect(PredefinedArguments.platforms.contains("TARGETPLATFORM"))
        #expect(PredefinedArguments.builder.contains("BUILDKIT_INLINE_CACHE"))
        let values = PredefinedArguments.values(
            buildPlatform: "linux/amd64", targetPlatform: "linux/arm/v6", target: nil)
        #expect(values["TARGETVARIANT"] == "v6" && values["BUILDOS"] == "linux" && values["TARGETSTAGE"] == "default")
        #expect(Set(values.keys) == PredefinedArguments.platforms)
    }
}

/// A plan for linux/amd64.
func plan(
    _ text: String, target: String? = nil, arguments: [String: String] = [:], targetPlatform: String = "linux/amd64",
    contexts: Set<String> = []
) throws -> BuildGraph {
    try BuildGraph(
        try Dockerfile.parse(Array(text.utf8), name: "Dockerfile"), target: target, arguments: arguments,
        buildPlatform: "linux/amd64", targetPlatform: targetPlatform, contexts: contexts)
}
