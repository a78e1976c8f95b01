import CMonitorWire
import Cgroups
import OCI
import Testing

@testable import Runtime

@Suite struct BundlePlanTests {
    /// CVE-2025-52881: the child joins the container's mount namespace with the first operation that is no file's, and
    /// /proc is then what the container makes of it.
    @Test func aFurtherProcessWritesItsFilesBeforeItJoinsTheContainer() throws {
        var process = OCI.Process(cwd: "/", args: ["true"])
        process.apparmorProfile = "docker-default"
        process.selinuxLabel = "a_u:b_r:c_t:s0"
        process.oomScoreAdj = 300
        let exec = BundleExec(
            process: process, spec: Spec(), id: "one", bundle: "/b", target: 2, targetStartTicks: 3,
            cgroup: ContainerCgroup(paths: [:]))
        let bytes = try BundlePlan.exec(
            exec, namespaces: Namespaces.mount | Namespaces.user, host: BundlePlan.Host(), filter: BundleFilter())
        let plan = try #require(PlanReader(bytes))
        let isWrite = plan.operations.map { $0.kind == SPH_OP_WRITE_FILE.rawValue }
        let paths = plan.operations.filter { $0.kind == SPH_OP_WRITE_FILE.rawValue }.map { plan.text($0.s1) }
        let wanted = ["/proc/self/oom_score_adj", "/proc/self/attr/apparmor/exec", "/proc/self/attr/exec"]
        #expect(paths == wanted)
        #expect(isWrite == isWrite.sorted { $0 && !$1 })
    }
}
