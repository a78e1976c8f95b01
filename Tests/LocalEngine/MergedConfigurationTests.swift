import Engine
import Images
import Testing

@testable import LocalEngine

struct MergedConfigurationTests {
    private func image(entrypoint: [String] = [], command: [String] = [], environment: [String] = []) -> ResolvedImage {
        ResolvedImage(
            id: ImageID(rawValue: "sha256:0"), reference: "x:latest", layers: [], layersDirectory: "/l",
            entrypoint: entrypoint, command: command, environment: environment, workingDirectory: "/w", user: "u",
            stopSignal: "SIGQUIT", labels: ["a": "1", "b": "2"], volumes: [], exposedPorts: [])
    }

    @Test func argumentsFollowTheImagesEntrypoint() throws {
        let image = image(entrypoint: ["/e"], command: ["c"])
        #expect(try MergedConfiguration(ContainerSpec(image: "x"), image).command == ["/e", "c"])
        #expect(try MergedConfiguration(ContainerSpec(image: "x", command: ["d"]), image).command == ["/e", "d"])
    }

    @Test func anEntrypointOfTheRequestDropsTheImagesArguments() throws {
        var spec = ContainerSpec(image: "x")
        spec.entrypoint = ["/own"]
        #expect(try MergedConfiguration(spec, image(entrypoint: ["/e"], command: ["c"])).command == ["/own"])
        spec.entrypoint = []
        #expect(throws: EngineError.self) {
            try MergedConfiguration(spec, image(entrypoint: ["/e"], command: ["c"]))
        }
    }

    @Test func theRequestsVariablesWinAndCanTakeAway() throws {
        var spec = ContainerSpec(image: "x", command: ["c"])
        spec.environment = ["B=own", "NEW=1", "GONE", "B=last"]
        let merged = try MergedConfiguration(spec, image(environment: ["A=1", "B=2", "GONE=3"]))
        #expect(merged.environment == ["B=last", "NEW=1", "A=1"])
    }

    @Test func theRestComesFromTheImageUnlessAskedFor() throws {
        var spec = ContainerSpec(image: "x", command: ["c"])
        spec.labels = ["b": "own"]
        let merged = try MergedConfiguration(spec, image())
        #expect(merged.workingDirectory == "/w")
        #expect(merged.user == "u")
        #expect(merged.stopSignal == 3)
        #expect(merged.labels == ["a": "1", "b": "own"])
        spec.workingDirectory = "relative"
        #expect(throws: EngineError.self) { try MergedConfiguration(spec, image()) }
    }

    @Test func healthIsCheckedAsTheRequestOrTheImageSays() throws {
        var image = image()
        var spec = ContainerSpec(image: "x", command: ["c"])
        #expect(try MergedConfiguration(spec, image).healthCheck == nil)
        image.healthCheck = HealthCheck(test: ["CMD", "a"], retries: 4)
        #expect(try MergedConfiguration(spec, image).healthCheck == image.healthCheck)
        spec.healthCheck = HealthCheck(test: ["CMD", "b"])
        #expect(try MergedConfiguration(spec, image).healthCheck == HealthCheck(test: ["CMD", "b"], retries: 4))
        image.healthCheck = HealthCheck(test: ["CMD", "a\0"])
        spec.healthCheck = nil
        #expect(throws: EngineError.self) { try MergedConfiguration(spec, image) }
    }

    @Test(arguments: [("SIGTERM", 15), ("term", 15), ("9", 9), ("RTMIN+3", 37), ("SIGRTMAX-1", 63)])
    func signalsAreReadAsImagesSpellThem(text: String, number: Int32) {
        #expect(StopSignal.number(text) == number)
    }

    @Test(arguments: ["", "SIGNOPE", "0", "65", "RTMIN+99", "-1"])
    func whatIsNoSignalIsNone(text: String) { #expect(StopSignal.number(text) == nil) }
}
