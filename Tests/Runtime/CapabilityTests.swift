import Engine
import OCI
import Testing

@testable import Runtime

@Suite struct CapabilityTests {
    private let all = Capability.allCases.reduce(UInt64(0)) { $0 | $1.bit }

    private func resolve(add: [String] = [], drop: [String] = [], privileged: Bool = false) throws -> Set<Capability> {
        Set(try CapabilityRequest(add: add, drop: drop, privileged: privileged).resolved(available: all))
    }

    @Test func numbersAreTheKernels() {
        #expect(Capability.chown.rawValue == 0)
        #expect(Capability.setpcap.rawValue == 8)
        #expect(Capability.sysAdmin.rawValue == 21)
        #expect(Capability.auditWrite.rawValue == 29)
        #expect(Capability.setfcap.rawValue == 31)
        #expect(Capability.checkpointRestore.rawValue == 40)
        #expect(Capability.sysAdmin.name == "CAP_SYS_ADMIN")
        #expect(Capability(named: "cap_net_admin") == .netAdmin)
        #expect(Capability(named: "NET_ADMIN") == .netAdmin)
        #expect(Capability(named: "NET_ADMIM") == nil)
    }

    @Test func theDefaultSetIsDockersFourteen() throws {
        let set = try resolve()
        #expect(set.count == 14)
        #expect(set.reduce(0) { $0 | $1.bit } == 0xa804_25fb)
    }

    @Test func dockersRulesOfAddingAndDropping() throws {
        #expect(try resolve(add: ["NET_ADMIN"]).contains(.netAdmin))
        #expect(try resolve(drop: ["CHOWN"]).contains(.chown) == false)
        #expect(try resolve(add: ["CHOWN"], drop: ["CHOWN"]).contains(.chown))
        #expect(try resolve(drop: ["ALL"]).isEmpty)
        #expect(try resolve(add: ["KILL"], drop: ["all"]) == [.kill])
        #expect(try resolve(add: ["ALL"], drop: ["MKNOD"]) == Set(Capability.allCases).subtracting([.mknod]))
        #expect(try resolve(add: ["ALL"], drop: ["ALL"]).count == Capability.allCases.count)
        #expect(try resolve(privileged: true).count == Capability.allCases.count)
    }

    @Test func whatTheHostLacksIsLeftOutOfAllAndRefusedByName() throws {
        let available = all & ~Capability.sysResource.bit
        let everything = CapabilityRequest(add: ["ALL"], drop: [], privileged: false)
        #expect(try everything.resolved(available: available).contains(.sysResource) == false)
        let named = CapabilityRequest(add: ["SYS_RESOURCE"], drop: [], privileged: false)
        let error = #expect(throws: EngineError.self) { _ = try named.resolved(available: available) }
        #expect(error?.code == .unsupported)
    }

    @Test func anUnknownNameIsRefused() {
        let error = #expect(throws: EngineError.self) { _ = try resolve(add: ["FLY"]) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains("FLY") == true)
    }

    @Test func onlyRootHoldsThemFromTheStart() throws {
        let request = CapabilityRequest(add: [], drop: [], privileged: false)
        let root = try SpecBuilder.capabilities(of: request, uid: 0, available: all)
        #expect(root.effective?.count == 14)
        #expect(root.ambient == nil && root.inheritable == nil)
        let user = try SpecBuilder.capabilities(of: request, uid: 1000, available: all)
        #expect(user.effective == nil && user.permitted == nil)
        #expect(user.bounding?.count == 14)
    }
}
