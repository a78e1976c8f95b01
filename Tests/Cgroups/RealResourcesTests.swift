import Engine
import Glibc
import LinuxSystem
import Testing

@testable import Cgroups

/// Real cgroups of this host at paths that a configuration names. They need root.
@Suite(.enabled(if: getuid() == 0, "needs root")) struct RealResourcesTests {
    /// A path of this test alone, with the one above it, which goes at the end.
    private struct Spot {
        let path: CgroupPath
        let above: String

        init() throws {
            above = "/spyhop-tests-\(getpid())-\(UInt32.random(in: 0...(.max)))"
            path = try CgroupPath(above + "/box")
        }

        func clear(_ table: CgroupHierarchies) {
            for hierarchy in [table.unified].compactMap({ $0 }) + table.v1.values {
                _ = CgroupDirectory.remove(hierarchy.mountPoint + above)
            }
        }
    }

    private let id = ContainerID(rawValue: "box")

    @Test func aNamedPathIsMadeInEveryHierarchyAndGoesWithWhatIsInIt() throws {
        let table = try CgroupHierarchies.detect()
        let spot = try Spot()
        defer { spot.clear(table) }
        var resources = CgroupResources()
        resources.pids = 50
        let cgroup = try ContainerCgroup.create(id: id, path: spot.path, resources: resources, in: table).cgroup
        #expect(Set(cgroup.paths.keys).isSuperset(of: table.v1.keys.map(\.rawValue)))
        let directories = ([cgroup.v2Directory].compactMap { $0 }) + cgroup.v1Directories
        #expect(!directories.isEmpty)
        for directory in directories {
            #expect(ControlFile.exists(directory))
            #expect(directory.hasSuffix(spot.path.text))
            #expect(mkdir(directory + "/inner", 0o755) == 0)
        }
        #expect(cgroup.place(of: .pids).flatMap { ControlFile.number($0.path("pids.max")) } == 50)
        try cgroup.remove()
        #expect(directories.allSatisfy { !ControlFile.exists($0) })
    }

    @Test func anEmptyCgroupIsTakenOverAndOneInUseIsNot() throws {
        let table = try CgroupHierarchies.detect()
        let spot = try Spot()
        defer { spot.clear(table) }
        let first = try ContainerCgroup.create(id: id, path: spot.path, resources: CgroupResources(), in: table).cgroup
        let again = try ContainerCgroup.create(id: id, path: spot.path, resources: CgroupResources(), in: table).cgroup
        #expect(first == again)
        let sleeper = try Sleeper()
        let directory = try #require(first.v2Directory ?? first.v1Directories.first)
        try ControlFile.write("\(sleeper.pid)", to: directory + "/cgroup.procs")
        let error = #expect(throws: EngineError.self) {
            try ContainerCgroup.create(id: id, path: spot.path, resources: CgroupResources(), in: table)
        }
        #expect(error?.code == .conflict)
        #expect(ControlFile.exists(directory))
        sleeper.end()
        try first.remove()
    }

    /// A whole disk; beside them there are devices without a queue, which take no limit.
    private static let disk: String? = {
        let names = try? Files.list("/sys/block").map(\.name)
        return names?.first { name in ["vd", "sd", "nvme"].contains(where: name.hasPrefix) }
    }()
    private static let hasDevicesController = (try? CgroupHierarchies.detect())?.v1[.devices] != nil

    @Test(.enabled(if: disk != nil, "needs a disk")) func ratesOfARealDeviceAreSet() throws {
        let table = try CgroupHierarchies.detect()
        let spot = try Spot()
        defer { spot.clear(table) }
        let disk = try #require(Self.disk)
        let number = try #require(ControlFile.text("/sys/block/\(disk)/dev"))
        let parts = number.split(separator: ":").compactMap { Int64($0) }
        try #require(parts.count == 2)
        var resources = CgroupResources()
        resources.blockIO.readBps = [.init(major: parts[0], minor: parts[1], rate: 1 << 20)]
        let cgroup = try ContainerCgroup.create(id: id, path: spot.path, resources: resources, in: table).cgroup
        let place = try #require(cgroup.place(of: .blkio))
        let shown = ControlFile.text(place.path(place.isV2 ? "io.max" : "blkio.throttle.read_bps_device"))
        #expect(shown?.contains("1048576") == true)
        resources.blockIO.readBps = [.init(major: parts[0], minor: parts[1], rate: 0)]
        _ = try cgroup.apply(resources)
        #expect(ControlFile.text(place.path(place.isV2 ? "io.max" : "blkio.throttle.read_bps_device")) == "")
        try cgroup.remove()
    }

    @Test(.enabled(if: hasDevicesController, "needs version 1's devices controller"))
    func devicesOfVersionOneFollowTheOrderedRules() throws {
        let table = try CgroupHierarchies.detect()
        let spot = try Spot()
        defer { spot.clear(table) }
        var resources = CgroupResources()
        resources.devices = [
            DeviceRule(.character, major: 9, minor: nil, access: "rwm"),
            DeviceRule(.all, major: nil, minor: nil, access: "rwm", allow: false),
            DeviceRule(.character, major: 1, minor: 3, access: "rwm"),
            DeviceRule(.character, major: 1, minor: nil, access: "m", allow: false),
        ]
        let cgroup = try ContainerCgroup.create(id: id, path: spot.path, resources: resources, in: table).cgroup
        let list = try #require(cgroup.paths["devices"]) + "/devices.list"
        #expect(ControlFile.text(list) == "c 1:3 rw")
        // An update forgets what was allowed before.
        resources.devices = [DeviceRule(.block, major: 7, minor: nil, access: "r")]
        _ = try cgroup.apply(resources)
        #expect(ControlFile.text(list) == "b 7:* r")
        resources.devices = [DeviceRule.everything]
        _ = try cgroup.apply(resources)
        #expect(ControlFile.text(list) == "a *:* rwm")
        try cgroup.remove()
    }

    @Test func limitsWithoutAControllerLeaveNothingBehind() throws {
        let table = try CgroupHierarchies.detect()
        let spot = try Spot()
        defer { spot.clear(table) }
        var resources = CgroupResources()
        resources.unified = ["nonsense.max": "1"]
        let error = #expect(throws: EngineError.self) {
            try ContainerCgroup.create(id: id, path: spot.path, resources: resources, in: table)
        }
        #expect(error?.code == .unsupported)
        for hierarchy in [table.unified].compactMap({ $0 }) + table.v1.values {
            #expect(!ControlFile.exists(hierarchy.mountPoint + spot.path.text))
        }
    }

    @Test(arguments: ["", "/", "a/../b", "/x/..", "a\u{0}b", "a\nb", "./a"])
    func pathsThatClimbAreRefused(text: String) {
        #expect(throws: EngineError.self) { try CgroupPath(text) }
    }
}

/// A process that does nothing until it is ended.
private final class Sleeper {
    private(set) var pid: pid_t = 0

    init() throws {
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("1000"), nil]
        defer { for argument in arguments { free(argument) } }
        try #require(posix_spawn(&pid, "/bin/sleep", nil, nil, &arguments, nil) == 0)
    }

    func end() {
        guard pid > 0 else { return }
        kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        pid = 0
    }

    deinit { end() }
}
