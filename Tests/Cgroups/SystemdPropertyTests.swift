import DBus
import Engine
import Testing

@testable import Cgroups

struct SystemdPropertyTests {
    private func limits(isV2: Bool = true, _ set: (inout CgroupResources) -> Void) -> [String: DBusValue] {
        var resources = CgroupResources()
        set(&resources)
        return Dictionary(
            SystemdProperty.limits(resources, isV2: isV2).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }

    @Test func nothingAskedForSetsNothing() {
        #expect(limits { _ in } == [:])
    }

    @Test func memoryIsHeldWithSwapBesideIt() {
        let properties = limits {
            $0.memory.limit = 100
            $0.memory.swap = 150
            $0.memory.reservation = 60
        }
        #expect(properties == ["MemoryMax": .uint64(100), "MemorySwapMax": .uint64(50), "MemoryLow": .uint64(60)])
    }

    @Test func minusOneIsNoBound() {
        let properties = limits {
            $0.memory.limit = -1
            $0.memory.swap = -1
            $0.pids = -1
            $0.cpu.quota = -1
        }
        let unbounded = DBusValue.uint64(.max)
        #expect(
            properties == [
                "MemoryMax": unbounded, "MemorySwapMax": unbounded, "TasksMax": unbounded,
                "CPUQuotaPerSecUSec": unbounded,
            ])
    }

    @Test(
        arguments: [
            (25_000, 50_000, 500_000), (100_000, nil, 1_000_000), (12_345, 100_000, 130_000), (1, 1_000_000, 10_000),
            (Int64.max, 1, UInt64.max),
        ] as [(Int64, UInt64?, UInt64)])
    func quotasAreRoundedUpToWholeHundredths(_ quota: Int64, _ period: UInt64?, _ perSecond: UInt64) {
        let properties = limits {
            $0.cpu.quota = quota
            $0.cpu.period = period
        }
        #expect(properties["CPUQuotaPerSecUSec"] == .uint64(perSecond))
        #expect(properties["CPUQuotaPeriodUSec"] == period.map { .uint64($0) })
    }

    @Test func weightsAndSetsAreSpelledAsTheVersionHasThem() {
        let set = { (resources: inout CgroupResources) in
            resources.cpu.shares = 1024
            resources.cpu.cpus = "0-2,9"
            resources.cpu.mems = "0"
            resources.blockIO.weight = 1000
            resources.memory.limit = 5
        }
        #expect(
            limits(set) == [
                "CPUWeight": .uint64(100), "AllowedCPUs": .bytes([7, 2]), "AllowedMemoryNodes": .bytes([1]),
                "IOWeight": .uint64(10_000), "MemoryMax": .uint64(5),
            ])
        #expect(
            limits(isV2: false, set) == [
                "CPUShares": .uint64(1024), "BlockIOWeight": .uint64(1000), "MemoryLimit": .uint64(5),
            ])
    }

    @Test func filesOfVersionTwoBecomeProperties() {
        let properties = limits {
            $0.unified = [
                "memory.high": "max", "cpu.max": "20000 40000", "pids.max": "7", "cpuset.cpus": "1", "misc.max": "x 1",
                "memory.low": "nonsense",
            ]
        }
        #expect(
            properties == [
                "MemoryHigh": .uint64(.max), "CPUQuotaPerSecUSec": .uint64(500_000),
                "CPUQuotaPeriodUSec": .uint64(40_000),
                "TasksMax": .uint64(7), "AllowedCPUs": .bytes([2]),
            ])
    }

    @Test(arguments: ["", "x", "3-1", "-1", "1-", "1-2-3", "9999999999999999999", "0-8192"])
    func listsThatAreNoneAreLeftToTheKernelToRefuse(_ list: String) {
        #expect(SystemdProperty.mask(list) == nil)
    }

    @Test func onVersionOneSystemdKnowsOfTheDevices() {
        let rules = [
            DeviceRule.everything, DeviceRule(.all, major: nil, minor: nil, access: "rwm", allow: false),
            DeviceRule(.character, major: 1, minor: 3, access: "rw"),
            DeviceRule(.block, major: nil, minor: nil, access: "m"),
            DeviceRule(.character, major: 136, minor: nil, access: "rwm"),
        ]
        func entry(_ name: String, _ access: String) -> DBusValue { .structure([.string(name), .string(access)]) }
        #expect(limits { $0.devices = rules } == [:])
        #expect(limits(isV2: false) { $0.devices = [DeviceRule.everything] } == ["DevicePolicy": .string("auto")])
        #expect(
            limits(isV2: false) { $0.devices = Array(rules.dropFirst()) } == [
                "DevicePolicy": .string("strict"),
                "DeviceAllow": .array(
                    of: "(ss)", [entry("/dev/char/1:3", "rw"), entry("block-*", "m"), entry("char-136", "rwm")]),
            ])
    }

    @Test func aScopeIsDelegatedAndAroundItsHolder() throws {
        let path = try SystemdUnitPath("a-b.slice:p:n", id: "x", isUser: false)
        let properties = SystemdProperty.scope(path, description: "d", holder: 7, isV2: true)
        #expect(properties.contains(SystemdProperty("Delegate", .boolean(true))))
        #expect(properties.contains(SystemdProperty("Slice", .string("a-b.slice"))))
        #expect(properties.contains(SystemdProperty("PIDs", .array(of: "u", [.uint32(7)]))))
    }

    @Test(arguments: [
        ("system.slice:docker:abc", "/system.slice/docker-abc.scope"), ("::abc", "/system.slice/abc.scope"),
        ("a-b-c.slice:p:n", "/a.slice/a-b.slice/a-b-c.slice/p-n.scope"), ("-:p:n", "/p-n.scope"),
        ("-.slice:p:n", "/p-n.scope"), (":p:n+1", "/system.slice/p-n\\x2b1.scope"),
        ("", "/system.slice/spyhop-id.scope"),
    ])
    func pathsNameSlicesAndScopes(_ text: String, _ cgroup: String) throws {
        #expect(try SystemdUnitPath(text, id: "id", isUser: false).cgroup == cgroup)
    }

    @Test func aUsersUsualSliceIsAnother() throws {
        #expect(try SystemdUnitPath(nil, id: "id", isUser: true).cgroup == "/user.slice/spyhop-id.scope")
    }

    @Test(arguments: [
        "/a/b", "a:b", "a.slice:b:", "a:b:c", "a--b.slice:p:n", "-a.slice:p:n", "a/b.slice:p:n", "a.slice:p:b.slice",
        "a:b:c:d",
        ".slice:p:n",
    ])
    func pathsOfOtherKindsAreRefused(_ text: String) {
        #expect(throws: EngineError.self) { try SystemdUnitPath(text, id: "id", isUser: false) }
    }
}
