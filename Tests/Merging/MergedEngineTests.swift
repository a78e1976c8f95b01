import Engine
import Testing

@testable import Merging

struct MergedEngineTests {
    private static func merged(_ engines: [SilentEngine]) -> MergedEngine {
        MergedEngine(
            engines.map {
                MergedEngine.Member(
                    $0, status: EngineStatus(name: $0.name, kind: .docker, address: "", condition: .connected))
            })
    }

    private let both = merged([
        SilentEngine(name: "one", containers: ["a": "web", "b": "front"], images: ["x": "base:1"]),
        SilentEngine(name: "two", containers: ["c": "web", "a": "seen-twice"], images: ["x": "base:1"]),
    ])

    @Test func listsSayWhoseEachIsAndTellNothingTwice() async throws {
        let containers = try await both.containers()
        #expect(Set(containers.map { "\($0.engine ?? "")/\($0.name)" }) == ["one/web", "one/front", "two/web"])
    }

    @Test func anImageOfTwoEnginesIsTwoRowsWithIdentifiersOfTheirOwn() async throws {
        let images = try await both.images()
        #expect(Set(images.map(\.id)).count == 2)
        #expect(Set(images.map(\.id.digest)) == ["x"])
        #expect(try await both.inspectImage(images[0].id.rawValue).image.engine == images[0].engine)
    }

    @Test func aNameIsLookedForInAllAndAnEngineCanBeSaid() async throws {
        #expect(try await both.container("front").engine == "one")
        let error = try await #require(throws: EngineError.self) { _ = try await both.container("web") as Container }
        #expect(error.code == .conflict)
        #expect(try await both.container("two::web").id.rawValue == "c")
        let unknown = try await #require(throws: EngineError.self) {
            _ = try await both.container("three::web") as Container
        }
        #expect(unknown.code == .invalidArgument)
    }

    @Test func anEngineThatFailsIsLeftOutAndAllThatFailAreAFailure() async throws {
        let half = Self.merged([
            SilentEngine(name: "one", containers: ["a": "web"]), SilentEngine(name: "two", isAway: true),
        ])
        #expect(try await half.containers().map(\.name) == ["web"])
        let none = Self.merged([SilentEngine(name: "two", isAway: true)])
        await #expect(throws: EngineError.self) { try await none.containers() }
    }

    @Test func theChosenOneAloneIsListedAndMadeIn() async throws {
        both.chooseEngine("two")
        #expect(try await both.containers().allSatisfy { $0.engine == "two" })
        #expect(try both.target("img").0.name == "two")
        #expect(try both.target("one::img").0.name == "one")
        both.chooseEngine(nil)
        #expect(try both.target("img").0.name == "one")
    }

    @Test func containersJoinNetworksOfTheirOwnEngineAlone() async throws {
        let error = try await #require(throws: EngineError.self) {
            try await both.connect("front", NetworkAttachment(network: "two::net"))
        }
        #expect(error.code == .conflict)
    }
}
