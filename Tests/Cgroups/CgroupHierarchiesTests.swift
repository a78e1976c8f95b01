import Engine
import Testing

@testable import Cgroups

struct CgroupHierarchiesTests {
    static let hybrid = """
        20 1 254:0 / / rw - ext4 /dev/vda rw
        31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
        32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:5 - cgroup cgroup rw,cpu,cpuacct
        35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
        40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
        41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw

        """

    private func detect(_ mounts: String, _ membership: String) throws -> CgroupHierarchies {
        try CgroupHierarchies.detect(mountInfo: Array(mounts.utf8), membership: Array(membership.utf8))
    }

    @Test func hybridHostHasControllersWhereTheyAreMounted() throws {
        let table = try detect(Self.hybrid, "5:memory:/jobs/a:b\n3:cpu,cpuacct:/\n1:name=systemd:/x\n0::/own\n")
        #expect(table.mode == .hybrid)
        #expect(table.unified?.ownDirectory == "/sys/fs/cgroup/unified/own")
        #expect(table.v1[.memory]?.ownDirectory == "/sys/fs/cgroup/memory/jobs/a:b")
        #expect(table.v1[.cpu]?.ownDirectory == "/sys/fs/cgroup/cpu,cpuacct")
        #expect(table.v1[.cpu] == table.v1[.cpuacct])
        #expect(table.v1[.pids] == nil)
    }

    @Test func pureVersion2ReadsTheControllersOnOffer() throws {
        let tree = try TemporaryTree()
        try tree.write("cpuset cpu io memory hugetlb pids rdma\n", to: "cgroup.controllers")
        let table = try detect("1 1 0:1 / \(tree.path) rw - cgroup2 none rw\n", "0::/user.slice/a.scope\n")
        #expect(table.mode == .v2)
        #expect(table.unifiedControllers == [.cpuset, .cpu, .io, .memory, .pids, .hugetlb, .rdma])
        #expect(table.unified?.ownDirectory == tree.path + "/user.slice/a.scope")
    }

    @Test func versionOneAloneIsToldApart() throws {
        #expect(try detect("35 31 0:32 / /c/memory rw - cgroup cgroup rw,memory\n", "").mode == .v1)
    }

    @Test func boundSubtreeAndNamespaceRootAreTakenOffThePath() throws {
        let mounts = "35 31 0:32 /docker/1 /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
        #expect(try detect(mounts, "4:memory:/docker/1/x\n").v1[.memory]?.ownDirectory == "/sys/fs/cgroup/memory/x")
        #expect(try detect(mounts, "4:memory:/docker/1\n").v1[.memory]?.ownDirectory == "/sys/fs/cgroup/memory")
        #expect(try detect(mounts, "4:memory:/docker/12/x\n").v1[.memory]?.ownDirectory == "/sys/fs/cgroup/memory")
        #expect(try detect(mounts, "4:memory:/../a\n").v1[.memory]?.ownDirectory == "/sys/fs/cgroup/memory")
    }

    @Test func escapedMountPointsAreRead() throws {
        let table = try detect("35 31 0:32 / /a\\040b/memory rw - cgroup cgroup rw,memory\n", "4:memory:/\n")
        #expect(table.v1[.memory]?.mountPoint == "/a b/memory")
    }

    @Test func hostWithoutCgroupsIsRefusedInWords() {
        let error = #expect(throws: EngineError.self) { try detect("20 1 254:0 / / rw - ext4 /dev/vda rw\n", "") }
        #expect(error?.code == .unsupported)
    }

    @Test(arguments: [
        "", "\n\n", " - cgroup", "1 2 3 - cgroup2", "35 31 0:32 / relative rw - cgroup cgroup rw,memory",
        "a b c d /e - cgroup2 x rw", "\u{0}\u{ff}\\0",
    ])
    func malformedLinesAreNoMounts(text: String) {
        #expect(CgroupMount.all(in: Array(text.utf8)).allSatisfy { $0.mountPoint.hasPrefix("/") })
        _ = CgroupMembership(Array(text.utf8))
    }

    @Test func thisHostIsFoundOut() throws {
        let table = try CgroupHierarchies.detect()
        #expect(table.unified != nil || !table.v1.isEmpty)
    }
}
