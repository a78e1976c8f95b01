import Engine
import Testing

@testable import Collector

struct UsageRatesTests {
    private func sample(cpu: UInt64 = 0, read: UInt64 = 0, received: UInt64? = nil) -> Sample {
        var sample = Sample(time: Timestamp(seconds: 5))
        sample.cpu.total = cpu
        sample.io.readBytes = read
        if let received {
            sample.interfaces = [
                Sample.Interface(
                    name: "eth0", receivedBytes: received, sentBytes: received / 2, receivedPackets: 0, sentPackets: 0)
            ]
        }
        return sample
    }

    private func usage(_ earlier: Sample?, _ later: Sample, seconds: Double = 1) -> Usage {
        Usage(from: earlier, to: later, elapsed: Int64(seconds * 1e9), hostMemory: 1000)
    }

    @Test func oneCoreBusyIsAHundredPerCent() {
        #expect(usage(sample(cpu: 7), sample(cpu: 1_000_000_007)).cpu == 100)
        #expect(usage(sample(), sample(cpu: 5_000_000_000), seconds: 2).cpu == 250)
    }

    @Test func singleCoresAndHeldBackPeriodsAreShares() {
        var (earlier, later) = (sample(), sample())
        (earlier.cpu.cores, later.cpu.cores) = ([5, 0, 9], [500_000_005, 2_000_000_000, 9])
        (later.cpu.periods, later.cpu.throttledPeriods) = (10, 4)
        let figures = usage(earlier, later)
        #expect(figures.cores == [50, 100, 0] && figures.throttledPeriods == 40)
        // A core that came meanwhile has no rate yet, and neither have the others.
        later.cpu.cores.append(1)
        #expect(usage(earlier, later).cores.isEmpty)
    }

    @Test func onlyNewOOMKillsAreCounted() {
        var (earlier, later) = (sample(), sample())
        (earlier.memory.oomKills, later.memory.oomKills) = (2, 5)
        #expect(usage(earlier, later).newOOMKills == 3)
        #expect(usage(later, earlier).newOOMKills == 0 && usage(nil, later).newOOMKills == 0)
    }

    @Test func totalsStandWithoutAnEarlierSampleAndRatesAreZero() {
        let usage = usage(nil, sample(cpu: 9, read: 70, received: 30))
        #expect(usage.cpu == 0 && usage.readRate == 0 && usage.receiveRate == 0)
        #expect(usage.readTotal == 70 && usage.receivedTotal == 30 && usage.sentTotal == 15)
    }

    @Test func interfaceThatIsNewHasNoRateYet() {
        let usage = usage(sample(), sample(received: 1 << 40))
        #expect(usage.receiveRate == 0 && usage.interfaces.map(\.name) == ["eth0"])
    }

    @Test func eachInterfaceHasItsOwnFigures() throws {
        func interface(_ name: String, _ number: UInt64) -> Sample.Interface {
            var one = Sample.Interface(
                name: name, receivedBytes: number * 10, sentBytes: number * 20, receivedPackets: number * 2,
                sentPackets: number * 4)
            one.receivedErrors = 1
            one.sentErrors = 2
            one.receivedDrops = 3
            one.sentDrops = 4
            return one
        }
        var earlier = sample()
        earlier.interfaces = [interface("eth0", 100), interface("eth1", 1000)]
        var later = sample()
        // eth1 was taken away and made anew meanwhile, and eth2 has come.
        later.interfaces = [interface("eth0", 200), interface("eth1", 1), interface("eth2", 5)]
        let usage = usage(earlier, later, seconds: 2)
        #expect(usage.interfaces.map(\.name) == ["eth0", "eth1", "eth2"])
        let first = try #require(usage.interfaces.first)
        #expect(first.receiveRate == 500 && first.sendRate == 1000)
        #expect(first.receivePackets == 100 && first.sendPackets == 200)
        #expect(first.receivedTotal == 2000 && first.sentTotal == 4000 && first.errors == 3 && first.drops == 7)
        #expect(usage.interfaces.dropFirst().allSatisfy { $0.receiveRate == 0 && $0.sendPackets == 0 })
        #expect(usage.receiveRate == 500 && usage.sendRate == 1000)
        #expect(usage.receivedTotal == 2060 && usage.sentTotal == 4120)
    }

    @Test func limitAboveTheHostsMemoryIsNone() {
        var later = sample()
        later.memory.limit = 4000
        #expect(usage(nil, later).isMemoryLimited == false)
        #expect(usage(nil, later).memoryLimit == 1000)
        later.memory.limit = 400
        #expect(usage(nil, later).isMemoryLimited && usage(nil, later).memoryLimit == 400)
    }

    @Test func ratesAreNeverNegativeHugeOrNoNumbers() {
        var generator = SystemRandomNumberGenerator()
        let edges: [UInt64] = [0, 1, 1 << 32, 1 << 63, .max - 1, .max]
        for _ in 0..<2000 {
            func counter() -> UInt64 {
                Bool.random(using: &generator) ? edges.randomElement(using: &generator) ?? 0 : .random(in: 0 ... .max)
            }
            let earlier = sample(cpu: counter(), read: counter(), received: counter())
            let later = sample(cpu: counter(), read: counter(), received: counter())
            let elapsed = [Int64.min, -1, 0, 1, 1_000_000_000, .max].randomElement(using: &generator) ?? 0
            let usage = Usage(from: earlier, to: later, elapsed: elapsed, hostMemory: counter())
            for value in [usage.cpu, usage.readRate, usage.receiveRate, usage.sendRate, usage.cpuThrottled] {
                #expect(value.isFinite && value >= 0)
            }
            if later.cpu.total < earlier.cpu.total { #expect(usage.cpu == 0) }
            if elapsed <= 0 { #expect(usage.cpu == 0 && usage.readRate == 0) }
        }
    }

    @Test func ratesTimesTimeAreWhatWasUsed() {
        for seconds in [0.025, 0.5, 1, 3, 60] {
            let usage = usage(sample(read: 100), sample(read: 100 + 4096 * 1000), seconds: seconds)
            #expect(abs(usage.readRate * seconds - 4096 * 1000) < 1)
        }
    }
}
