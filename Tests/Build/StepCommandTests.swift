import Build
import Engine
import Testing

struct StepCommandTests {
    @Test func aCommandHasNothingAroundItUnlessToldOtherwise() {
        let command = StepCommand(
            name: "1/1", layers: [], layersDirectory: "/layers", upper: "/upper", work: "/work", arguments: ["true"])
        #expect(command.workingDirectory == "/" && command.mounts.isEmpty && command.network == .default)
    }
}
