import Foundation
import Harness
import Testing

/// The truth about cgroup v2, where memory, CPU and pids have their controllers: the checks of `VirtualMachine/checks`
/// run in a virtual machine. It is a smaller set than the tests beside this file, since the emulation is slow.
@Suite(.needsRoot, .serialized)
struct VirtualMachineTests {
    @Test(.enabled(if: hasEmulator, "needs qemu-system-x86_64"))
    func limitsHoldOnCgroupVersionTwo() throws { try boot(checks: "checks") }

    @Test(.enabled(if: hasEmulator, "needs qemu-system-x86_64"))
    func clausesAboutControlGroupsHoldOnVersionTwo() throws { try boot(checks: "clauses") }

    @Test(.enabled(if: hasEmulator, "needs qemu-system-x86_64"))
    func everyLimitAndDeviceRuleHoldsOnVersionTwo() throws { try boot(checks: "limits") }

    @Test(.enabled(if: hasEmulator, "needs qemu-system-x86_64"))
    func networksHoldOnDebiansKernel() throws { try boot(checks: "networks") }

    private func boot(checks: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "VirtualMachine").path
        let output = "/tmp/spyhop-vm-\(checks)-\(getpid())"
        defer { unlink(output) }
        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        let child = try Child([folder + "/boot", Workplace.products, "\(folder)/\(checks)"], environment: environment) {
            actions in
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }
        let code = child.wait()
        let text = Command.text(output)
        #expect(code == 0, "\(text)")
        let lines = text.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("not ok ") } == [], "\(text)")
        #expect(lines.filter { $0.hasPrefix("ok ") }.count >= 25, "\(text)")
        #expect(lines.last == "checks ended with 0", "\(text)")
    }

    static var hasEmulator: Bool {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/qemu-system-x86_64")
    }
}
