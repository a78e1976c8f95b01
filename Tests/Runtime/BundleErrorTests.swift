import Engine
import Testing

@testable import Runtime

struct BundleErrorTests {
    @Test func spellsMissingProgramsAsEnginesReadThem() {
        let missing = EngineError(.commandNotFound, "cannot execute 'x': not found in PATH")
        #expect(BundleRuntime.spelled(missing, "x").message == "exec: \"x\": executable file not found in $PATH")
        let path = EngineError(.commandNotFound, "cannot execute '/x': no such file or directory")
        #expect(BundleRuntime.spelled(path, "/x") == path)
        let forbidden = EngineError(.commandNotExecutable, "cannot execute '/etc': Permission denied")
        #expect(BundleRuntime.spelled(forbidden, "/etc").message == "exec: \"/etc\": permission denied")
        let other = EngineError(.commandNotExecutable, "cannot execute '/x': the kernel does not know its format")
        #expect(BundleRuntime.spelled(other, "/x") == other)
    }
}
