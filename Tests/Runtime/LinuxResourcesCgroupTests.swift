import Cgroups
import Engine
import OCI
import Testing

@testable import Runtime

/// The specification's limits in the room Cgroups' terms.
struct LinuxResourcesCgroupTests {
    @Test func devicesKeepTheirOrderAndEveryContainersComeLast() throws {
        let resources = LinuxResources(devices: [
            LinuxDeviceCgroup(allow: false, access: "rwm"),
            LinuxDeviceCgroup(allow: true, type: "c", major: 10, minor: -1, access: "rw"),
            LinuxDeviceCgroup(allow: true, type: "a", major: 7),
        ])
        let rules = try #require(try resources.cgroupResources().devices)
        #expect(
            rules.prefix(4) == [
                DeviceRule(.all, major: nil, minor: nil, access: "rwm", allow: false),
                DeviceRule(.character, major: 10, minor: nil, access: "rw"),
                DeviceRule(.character, major: 7, minor: nil, access: "rwm"),
                DeviceRule(.block, major: 7, minor: nil, access: "rwm"),
            ])
        #expect(Array(rules.dropFirst(4)) == DeviceRule.standard)
    }

    @Test func devicesAreLeftAloneByAnUpdateThatDoesNotNameThem() throws {
        #expect(try LinuxResources().cgroupResources().devices == DeviceRule.standard)
        #expect(try LinuxResources().cgroupResources(isUpdate: true).devices == nil)
        #expect(try LinuxResources(devices: []).cgroupResources(isUpdate: true).devices == DeviceRule.standard)
    }

    @Test(arguments: [
        LinuxDeviceCgroup(allow: true, type: "x"), LinuxDeviceCgroup(allow: true, type: "c", access: "rx"),
        LinuxDeviceCgroup(allow: true, type: "c", major: -2), LinuxDeviceCgroup(allow: true, type: "b", minor: 1 << 40),
    ])
    func rulesThatMakeNoSenseAreRefusedByTheirPlace(rule: LinuxDeviceCgroup) {
        let error = #expect(throws: EngineError.self) { try LinuxResources(devices: [rule]).cgroupResources() }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.hasPrefix("linux.resources.devices[0].") == true)
    }

    @Test func zerosOfEnginesAreNoLimits() throws {
        let resources = try LinuxResources(
            memory: .init(limit: 0, reservation: 0, swap: 0, kernel: 0, swappiness: .max),
            cpu: .init(quota: 0, period: 0), pids: .init(limit: 0)
        ).cgroupResources()
        #expect(resources.memory == CgroupResources.Memory())
        #expect(resources.cpu == CgroupResources.CPU())
        #expect(resources.pids == nil)
    }
}
