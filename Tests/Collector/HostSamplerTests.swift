import Cgroups
import Engine
import Glibc
import LinuxSystem
import Testing

@testable import Collector

struct HostSamplerTests {
    private func scan<Value>(_ text: String, _ body: (inout ByteScanner) -> Value) -> Value {
        Array(text.utf8).withUnsafeBytes { bytes in
            var scanner = ByteScanner(bytes)
            return body(&scanner)
        }
    }

    @Test func processorTimeLeavesIdleAndStolenTimeOut() {
        let cpu = scan("cpu  10 20 30 4000 50 6 7 80 9 1\ncpu0 1 1 1 1\n") {
            HostSampler.processor(&$0, nanosecondsPerTick: 10)
        }
        #expect(cpu.user == 300 && cpu.system == 430 && cpu.total == 730)
    }

    @Test func everyCoreHasItsTimeAndOneThatIsOfflineNone() {
        let cpu = scan("cpu  1 1 1 1\ncpu0 10 0 5 900 70 1 2 0 0 0\ncpu2 1 0 0 5 5 0 0 0 0 0\nintr 5 6\n") {
            HostSampler.processor(&$0, nanosecondsPerTick: 10)
        }
        #expect(cpu.cores == [180, 0, 10])
    }

    @Test func theHostsMemoryIsToldByKind() {
        let text = [
            "MemTotal: 1000 kB", "MemFree: 1 kB", "MemAvailable: 400 kB", "Buffers: 5 kB", "Cached: 7 kB",
            "SwapCached: 3 kB", "SwapTotal: 50 kB", "SwapFree: 20 kB", "AnonPages: 9 kB", "Shmem: 4 kB", "Slab: 11 kB",
            "SReclaimable: 8 kB", "KernelStack: 2 kB", "PageTables: 3 kB", "Bounce: 0 kB",
        ]
        let memory = scan(text.joined(separator: "\n") + "\n") { HostSampler.memory(&$0) }
        #expect(memory.swap == 30 << 10 && memory.shared == 4 << 10 && memory.slab == 11 << 10)
        #expect(memory.kernel == 16 << 10 && memory.anonymous == 9 << 10 && memory.file == 12 << 10)
    }

    @Test func memoryInUseIsWhatIsNotAvailable() {
        let memory = scan(
            "MemTotal: 1000 kB\nMemFree: 1 kB\nMemAvailable: 400 kB\nBuffers: 5 kB\nCached: 7 kB\nSwapCached: 3 kB\n"
                + "AnonPages: 9 kB\n"
        ) { HostSampler.memory(&$0) }
        #expect(memory.inUse == 600 << 10 && memory.file == 12 << 10 && memory.anonymous == 9 << 10)
    }

    @Test func tasksStandBehindTheSlash() {
        #expect(scan("0.35 0.55 0.41 1/98 32592\n") { HostSampler.tasks(&$0) } == 98)
        #expect(scan("") { HostSampler.tasks(&$0) } == 0)
    }

    @Test func disksAreCountedOnceWhole() {
        let text = """
            254 0 vda 10 1 100 5 20 2 200 7 0 1 2
            254 1 vda1 10 1 100 5 20 2 200 7 0 1 2
            7 0 loop0 1 1 1 1 1 1 1

            """
        let io = scan(text) { HostSampler.blockIO(&$0) { $0 == "vda" } }
        #expect(io.readBytes == 51_200 && io.writtenBytes == 102_400 && io.reads == 10 && io.writes == 20)
    }

    @Test func whatHasADeviceCountsAndWithoutAnyNamesDecide() throws {
        let directory = try TemporaryDirectory()
        for name in ["lo", "docker0", "veth1", "eth0", "local0", "br0", "br0/bridge"] {
            try Files.makeDirectories("\(directory.path)/\(name)")
        }
        var byName = DeviceFilter.interfaces(directory.path)
        let names = ["lo", "docker0", "veth1", "eth0", "local0", "br0", "gone", "../x", ""]
        #expect(names.filter { byName.counts($0) } == ["eth0", "local0"])
        try Files.makeDirectories("\(directory.path)/eth0/device")
        var byDevice = DeviceFilter.interfaces(directory.path)
        #expect(names.filter { byDevice.counts($0) } == ["eth0"])
    }

    @Test func thisHostHasFigures() {
        let sample = HostSampler().sample(at: Timestamp(seconds: 1), using: ReadBuffer())
        #expect(sample.cpu.total > 0 && sample.memory.inUse > 0 && sample.pids > 0)
    }
}
