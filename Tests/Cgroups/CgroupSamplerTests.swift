import Engine
import Glibc
import Testing

@testable import Cgroups

/// Figures read from recorded files of each kind of host.
struct CgroupSamplerTests {
    private let buffer = ReadBuffer()

    private func sample(_ paths: [String: String]) throws -> Sample {
        let target = SampleTarget(id: ContainerID(rawValue: "a"), pid: 0, cgroupPaths: paths, usesHostNetwork: true)
        return try #require(CgroupSampler(target).sample(at: Timestamp(seconds: 1), using: buffer))
    }

    @Test func versionTwoIsRead() throws {
        let tree = try TemporaryTree()
        try tree.write(
            "usage_usec 900\nuser_usec 600\nsystem_usec 300\nnr_periods 4\nnr_throttled 3\nthrottled_usec 77\n",
            to: "cpu.stat")
        try tree.write("10485760\n", to: "memory.current")
        try tree.write(
            "anon 4096000\nfile 5000000\nkernel 3\nshmem 1\nfile_mapped 9\ninactive_anon 1\ninactive_file 485760\n",
            to: "memory.stat")
        try tree.write("max\n", to: "memory.max")
        try tree.write("low 0\nhigh 0\nmax 9\noom 2\noom_kill 1\noom_group_kill 0\n", to: "memory.events")
        try tree.write("7\n", to: "pids.current")
        try tree.write("64\n", to: "pids.max")
        try tree.write(
            "8:0 rbytes=100 wbytes=200 rios=3 wios=4 dbytes=5 dios=6\n8:16 rbytes=1 wbytes=2 rios=1 wios=1 dbytes=0 dios=0\n",
            to: "io.stat")
        try tree.write("some avg10=12.34 avg60=1.00 avg300=0.00 total=1\n", to: "cpu.pressure")
        try tree.write(
            "some avg10=1.50 avg60=0.00 avg300=0.00 total=1\nfull avg10=0.25 avg60=0.00 avg300=0.00 total=0\n",
            to: "memory.pressure")
        let sample = try sample(["unified": tree.path])
        #expect(sample.cpu.total == 900_000 && sample.cpu.user == 600_000 && sample.cpu.system == 300_000)
        #expect(sample.cpu.throttledPeriods == 3 && sample.cpu.throttled == 77_000)
        #expect(sample.memory.current == 10_485_760 && sample.memory.inUse == 10_000_000)
        #expect(sample.memory.anonymous == 4_096_000 && sample.memory.file == 5_000_000)
        #expect(sample.memory.limit == nil && sample.memory.oomKills == 1)
        #expect(sample.pids == 7 && sample.pidsLimit == 64)
        #expect(sample.io.readBytes == 101 && sample.io.writtenBytes == 202 && sample.io.reads == 4)
        #expect(sample.io.writes == 5)
        #expect(abs((sample.pressure?.cpuSome ?? 0) - 12.34) < 1e-9)
        #expect(sample.pressure?.memorySome == 1.5 && sample.pressure?.memoryFull == 0.25)
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
