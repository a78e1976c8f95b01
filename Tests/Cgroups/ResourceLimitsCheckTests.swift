import Engine
import Testing

@testable import Cgroups

struct ResourceLimitsCheckTests {
    @Test(arguments: [
        (ResourceLimits(memory: 1 << 20), "memory"), (ResourceLimits(memory: -7), "memory"),
        (ResourceLimits(memorySwap: 1 << 30), "memory swap"),
        (ResourceLimits(memory: 1 << 30, memorySwap: 1 << 29), "memory swap"),
        (ResourceLimits(memory: 1 << 28, memoryReservation: 1 << 30), "memory reservation"),
        (ResourceLimits(nanoCPUs: 5_000_000_000), "cpus"), (ResourceLimits(nanoCPUs: 1), "cpus"),
        (ResourceLimits(nanoCPUs: -1), "cpus"), (ResourceLimits(cpuShares: 1), "cpu shares"),
        (ResourceLimits(cpusetCPUs: "0-"), "cpuset cpus"), (ResourceLimits(cpusetCPUs: "3-1"), "cpuset cpus"),
        (ResourceLimits(cpusetMems: "a"), "cpuset mems"), (ResourceLimits(cpusetCPUs: "0,,1"), "cpuset cpus"),
        (ResourceLimits(pids: -2), "pids limit"),
    ])
    func nonsenseIsRefusedByField(limits: ResourceLimits, field: String) {
        let error = #expect(throws: EngineError.self) { try limits.check(cpuCount: 4) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.hasPrefix(field + ":") == true)
    }

    @Test(arguments: [
        ResourceLimits(), ResourceLimits(memory: 6 << 20, memorySwap: -1), ResourceLimits(memory: -1),
        ResourceLimits(memory: 1 << 30, memorySwap: 1 << 30), ResourceLimits(nanoCPUs: 4_000_000_000),
        ResourceLimits(cpuShares: 2, cpusetCPUs: "0-2,4", cpusetMems: "0", pids: -1),
    ])
    func senseIsAccepted(limits: ResourceLimits) throws {
        try limits.check(cpuCount: 4)
    }

    @Test func sharesBecomeWeightsOnTheCurveOfBothDefaults() {
        #expect(CPUController.weight(shares: 2) == 1)
        #expect(CPUController.weight(shares: 1024) == 100)
        #expect(CPUController.weight(shares: 262_144) == 10_000)
        let weights = (2...262_144).map { CPUController.weight(shares: $0) }
        #expect(zip(weights, weights.dropFirst()).allSatisfy { $0 <= $1 })
    }
}
