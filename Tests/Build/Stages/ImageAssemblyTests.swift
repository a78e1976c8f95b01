import Engine
import OCI
import Testing

@testable import Build

struct ImageAssemblyTests {
    private func history(_ times: [String?]) -> [ImageConfiguration.History] {
        times.map { .init(created: $0, createdBy: "x") }
    }

    @Test func linesWithoutALayerHaveTheTimeOfTheNextLayerElseOfTheLast() {
        let dated = ImageAssembly.dated(history(["base", nil, "first", nil, "second", nil]))
        #expect(dated.map(\.created) == ["base", "first", "first", "first", "second", "second"])
    }

    @Test func withoutAnyNewLayerTheBasesTimeStays() {
        #expect(ImageAssembly.dated(history(["base", nil, nil])).map(\.created) == ["base", "base", "base"])
        #expect(ImageAssembly.dated(history([nil])).map(\.created) == [nil])
    }

    @Test func labelsOfTheRequestAreAddedAndEmptyFieldsAreLeftOut() throws {
        var state = StageState.scratch(Platform(architecture: "amd64", os: "linux"))
        state.defaults.labels = ["a": "1", "b": "2"]
        state.defaults.command = []
        state.defaults.user = ""
        var request = BuildRequest(context: .empty)
        request.labels = ["b": "3"]
        request.sourceDateEpoch = 0
        let configuration = try ImageAssembly.configuration(state, layers: [], request: request)
        #expect(configuration.config?.labels == ["a": "1", "b": "3"])
        #expect(configuration.config?.command == nil && configuration.config?.user == nil)
        #expect(configuration.created == "1970-01-01T00:00:00Z")
    }
}
