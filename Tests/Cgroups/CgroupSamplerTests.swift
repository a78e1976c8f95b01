import Engine
import Glibc
import Testing

@testable import Cgroups

/// Figures read from recorded files of each kind of host.
struct CgroupSamplerTests {
    private let buffer = ReadBuffer()

    private func sample(_ paths: [String: String], isDetailed: Bool = false) throws -> Sample {
        let target = SampleTarget(id: ContainerID(rawValue: "a"), pid: 0, cgroupPaths: paths, usesHostNetwork: true)
        let sampler = CgroupSampler(target)
        sampler.isDetailed = isDetailed
        return try #require(sampler.sample(at: Timestamp(seconds: 1), using: buffer))
    }

    /// Lines of a memory.stat in the kernel's order.
    private static let memoryStatV2 = """
        anon 4096000
        file 5000000
        kernel 700000
        kernel_stack 16384
        pagetables 40960
        sec_pagetables 0
        percpu 1200
        sock 0
        vmalloc 0
        shmem 3000000
        zswap 0
        file_mapped 9
        file_dirty 0
        inactive_anon 1
        active_anon 2
        inactive_file 485760
        active_file 3
        unevictable 0
        slab_reclaimable 100000
        slab_unreclaimable 200000
        slab 300000
        workingset_refault_anon 5
        pgfault 99

        """

    @Test func versionTwoIsRead() throws {
        let tree = try TemporaryTree()
        try tree.write(
            "usage_usec 900\nuser_usec 600\nsystem_usec 300\nnr_periods 4\nnr_throttled 3\nthrottled_usec 77\n",
            to: "cpu.stat")
        try tree.write("10485760\n", to: "memory.current")
        try tree.write(Self.memoryStatV2, to: "memory.stat")
        try tree.write("8192\n", to: "memory.swap.current")
        try tree.write("max\n", to: "memory.max")
        try tree.write("low 0\nhigh 0\nmax 9\noom 2\noom_kill 1\noom_group_kill 0\n", to: "memory.events")
        try tree.write("7\n", to: "pids.current")
        try tree.write("64\n", to: "pids.max")
        try tree.write(
            "8:0 rbytes=100 wbytes=200 rios=3 wios=4 dbytes=5 dios=6\n8:16 rbytes=1 wbytes=2 rios=1 wios=1 dbytes=0 dios=0\n",
            to: "io.stat")
        try tree.write(
            "some avg10=12.34 avg60=1.00 avg300=0.00 total=1\nfull avg10=7.50 avg60=0.00 avg300=0.00 total=1\n",
            to: "cpu.pressure")
        try tree.write(
            "some avg10=3.00 avg60=0.00 avg300=0.00 total=1\nfull avg10=2.00 avg60=0.00 avg300=0.00 total=1\n",
            to: "io.pressure")
        try tree.write(
            "some avg10=1.50 avg60=0.00 avg300=0.00 total=1\nfull avg10=0.25 avg60=0.00 avg300=0.00 total=0\n",
            to: "memory.pressure")
        let sample = try sample(["unified": tree.path])
        #expect(sample.cpu.total == 900_000 && sample.cpu.user == 600_000 && sample.cpu.system == 300_000)
        #expect(sample.cpu.periods == 4 && sample.cpu.throttledPeriods == 3 && sample.cpu.throttled == 77_000)
        #expect(sample.memory.current == 10_485_760 && sample.memory.inUse == 10_000_000)
        #expect(sample.memory.anonymous == 4_096_000 && sample.memory.file == 5_000_000)
        #expect(sample.memory.limit == nil && sample.memory.oomKills == 1)
        #expect(sample.memory.kernel == 700_000 && sample.memory.slab == 300_000)
        #expect(sample.memory.shared == 3_000_000 && sample.memory.swap == 8192)
        #expect(sample.pids == 7 && sample.pidsLimit == 64)
        #expect(sample.io.readBytes == 101 && sample.io.writtenBytes == 202 && sample.io.reads == 4)
        #expect(sample.io.writes == 5)
        #expect(abs((sample.pressure?.cpuSome ?? 0) - 12.34) < 1e-9)
        #expect(sample.pressure?.cpuFull == 7.5)
        #expect(sample.pressure?.memorySome == 1.5 && sample.pressure?.memoryFull == 0.25)
        #expect(sample.pressure?.ioSome == 3 && sample.pressure?.ioFull == 2)
        // Version 2 tells nothing of single cores, however closely one looks.
        #expect(try self.sample(["unified": tree.path], isDetailed: true).cpu.cores.isEmpty)
    }

    @Test func olderKernelsLeaveTheSumOfKernelMemoryToTheReader() {
        let text = Self.memoryStatV2.split(separator: "\n").filter { !$0.hasPrefix("kernel ") }.joined(separator: "\n")
        var memory = Sample.Memory()
        Array(text.utf8).withUnsafeBytes { bytes in
            var scanner = ByteScanner(bytes)
            #expect(MemoryReader.scanV2(&scanner, into: &memory) == 485_760)
        }
        #expect(memory.kernel == 16_384 + 40_960 + 1200 + 300_000)
    }

    @Test func singleCoresAndKernelMemoryOfVersionOneAreReadOnlyWhereAsked() throws {
        let tree = try TemporaryTree()
        try tree.write("usage_usec 900\n", to: "unified/cpu.stat")
        try tree.write("1000 2000 0 4000 \n", to: "acct/cpuacct.usage_percpu")
        try tree.write("5000\n", to: "memory/memory.usage_in_bytes")
        try tree.write("4096\n", to: "memory/memory.kmem.usage_in_bytes")
        try tree.write("total_cache 9\ntotal_shmem 5\ntotal_swap 7\ntotal_inactive_file 1\n", to: "memory/memory.stat")
        let paths = [
            "unified": tree.path + "/unified", "cpuacct": tree.path + "/acct", "memory": tree.path + "/memory",
        ]
        let plain = try sample(paths)
        #expect(plain.cpu.total == 900_000 && plain.cpu.cores.isEmpty && plain.memory.kernel == 0)
        #expect(plain.memory.shared == 5 && plain.memory.swap == 7)
        let detailed = try sample(paths, isDetailed: true)
        #expect(detailed.cpu.cores == [1000, 2000, 0, 4000] && detailed.memory.kernel == 4096)
    }

    @Test func pressureIsRenewedInTurnWhereNobodyLooks() throws {
        let tree = try TemporaryTree()
        func write(_ value: Int) throws {
            for name in ["cpu", "memory", "io"] {
                try tree.write("some avg10=\(value).00 avg60=0.00 avg300=0.00 total=1\n", to: name + ".pressure")
            }
        }
        try write(1)
        var reader = PressureReader(cgroup: tree.path, isKept: false)
        var first = reader.read(isDetailed: false, using: buffer)
        #expect(first?.cpuSome == 1 && first?.memorySome == 1 && first?.ioSome == 1)
        try write(2)
        first = reader.read(isDetailed: false, using: buffer)
        let renewed = [first?.cpuSome, first?.memorySome, first?.ioSome]
        #expect(renewed.filter { $0 == 2 }.count == 1)
        _ = reader.read(isDetailed: false, using: buffer)
        let last = reader.read(isDetailed: false, using: buffer)
        #expect(last?.cpuSome == 2 && last?.memorySome == 2 && last?.ioSome == 2)
    }

    @Test func versionOneIsRead() throws {
        let tree = try TemporaryTree()
        try tree.write("1000\n", to: "acct/cpuacct.usage")
        try tree.write("700\n", to: "acct/cpuacct.usage_user")
        try tree.write("300\n", to: "acct/cpuacct.usage_sys")
        try tree.write("nr_periods 4\nnr_throttled 3\nthrottled_time 77\n", to: "cpu/cpu.stat")
        try tree.write("5000\n", to: "memory/memory.usage_in_bytes")
        try tree.write(
            "cache 1\ninactive_file 2\nhierarchical_memory_limit 9223372036854771712\ntotal_cache 900\ntotal_rss 30\n"
                + "total_inactive_file 1000\n", to: "memory/memory.stat")
        try tree.write("oom_kill_disable 0\nunder_oom 0\noom_kill 5\n", to: "memory/memory.oom_control")
        try tree.write(
            "8:0 Read 10\n8:0 Write 20\n8:0 Sync 30\n8:0 Total 30\n254:0 Read 1\nTotal 31\n",
            to: "blkio/blkio.throttle.io_service_bytes_recursive")
        try tree.write("8:0 Read 1\n8:0 Write 2\nTotal 3\n", to: "blkio/blkio.throttle.io_serviced_recursive")
        let sample = try sample([
            "cpuacct": tree.path + "/acct", "cpu": tree.path + "/cpu", "memory": tree.path + "/memory",
            "blkio": tree.path + "/blkio",
        ])
        #expect(sample.cpu.total == 1000 && sample.cpu.user == 700 && sample.cpu.system == 300)
        #expect(sample.cpu.throttledPeriods == 3 && sample.cpu.throttled == 77)
        #expect(sample.memory.inUse == 4000 && sample.memory.file == 900 && sample.memory.limit == nil)
        #expect(sample.memory.oomKills == 5)
        #expect(sample.io.readBytes == 11 && sample.io.writtenBytes == 20 && sample.io.writes == 2)
        #expect(sample.pressure == nil)
    }

    @Test func vanishedCgroupIsNoSample() {
        let target = SampleTarget(
            id: ContainerID(rawValue: "a"), pid: 0, cgroupPaths: ["unified": "/nonexistent"], usesHostNetwork: true)
        #expect(CgroupSampler(target).sample(at: Timestamp(seconds: 1), using: buffer) == nil)
    }

    @Test func interfacesAreReadWithoutLoopback() throws {
        let tree = try TemporaryTree()
        try tree.write(
            "Inter-| Receive | Transmit\n face |bytes packets\n    lo: 1 2 0 0 0 0 0 0 3 4 0 0 0 0 0 0\n"
                + "  eth0:307446914 5950 1 2 0 0 0 0 229555 2900 3 4 0 0 0 0\nlonger0: 5 6 0 0 0 0 0 0 7 8 0 0 0 0 0 0\n",
            to: "dev")
        var reader = NetworkReader(tree.path + "/dev")
        let interfaces = reader.read(using: buffer)
        #expect(interfaces.map(\.name) == ["eth0", "longer0"])
        #expect(interfaces.first?.receivedBytes == 307_446_914 && interfaces.first?.sentBytes == 229_555)
        #expect(interfaces.first?.receivedPackets == 5950 && interfaces.first?.sentPackets == 2900)
        #expect(interfaces.first?.receivedErrors == 1 && interfaces.first?.receivedDrops == 2)
        #expect(interfaces.first?.sentErrors == 3 && interfaces.first?.sentDrops == 4)
    }

    @Test func theHostsInterfacesAreNoContainersOwn() {
        func target(pid: Int32, usesHostNetwork: Bool = false) -> SampleTarget {
            SampleTarget(
                id: ContainerID(rawValue: "a"), pid: pid, cgroupPaths: [:], usesHostNetwork: usesHostNetwork)
        }
        // This process stands in its own network namespace, as a container that shares the host's through another would.
        let shared = NetworkReader.ofContainer(target(pid: getpid()), isKept: false)
        let isShared = shared == nil
        #expect(isShared)
        let told = NetworkReader.ofContainer(target(pid: 1, usesHostNetwork: true), isKept: false)
        let isTold = told == nil
        #expect(isTold)
    }

    @Test func anyBytesAreSurvived() throws {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("0123456789 \n\t:=.abcdefrstwotalinveus_max\u{0}".utf8)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...200)).compactMap { _ in alphabet.randomElement(using: &generator) }
            bytes.withUnsafeBytes { raw in
                var cpu = Sample.CPU()
                var memory = Sample.Memory()
                var io = Sample.BlockIO()
                var scanner = ByteScanner(raw)
                CPUReader.scan(&scanner, into: &cpu)
                scanner = ByteScanner(raw)
                _ = CPUReader.cores(&scanner)
                scanner = ByteScanner(raw)
                _ = MemoryReader.scanV1(&scanner, into: &memory)
                scanner = ByteScanner(raw)
                _ = MemoryReader.scanV2(&scanner, into: &memory)
                scanner = ByteScanner(raw)
                BlockIOReader.scanV2(&scanner, into: &io)
                scanner = ByteScanner(raw)
                _ = BlockIOReader.sumV1(&scanner)
                scanner = ByteScanner(raw)
                _ = NetworkReader.scan(&scanner)
                scanner = ByteScanner(raw)
                _ = PressureReader.averages(&scanner)
            }
        }
        let huge = Array("99999999999999999999999".utf8)
        let number = huge.withUnsafeBytes { raw in
            var scanner = ByteScanner(raw)
            return scanner.number()
        }
        #expect(number == .max)
    }
}
