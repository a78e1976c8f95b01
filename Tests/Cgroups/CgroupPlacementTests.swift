import Testing

@testable import Cgroups

struct CgroupPlacementTests {
    static let all: Set<Controller> = [.cpu, .memory, .pids, .io, .cpuset]

    private func level(
        _ directory: String, isRoot: Bool = false, hasProcesses: Bool = false, isWritable: Bool = true,
        controllers: Set<Controller> = all, enabled: Set<Controller> = []
    ) -> CgroupPlacement.Level {
        CgroupPlacement.Level(
            directory: directory, isRoot: isRoot, hasProcesses: hasProcesses, isWritable: isWritable,
            controllers: controllers, enabled: enabled)
    }

    @Test func rootTakesContainersThoughItHoldsProcesses() {
        let placed = CgroupPlacement.choose(among: [level("/c", isRoot: true, hasProcesses: true)], wanted: Self.all)
        #expect(placed == CgroupPlacement(directory: "/c", controllers: Self.all))
    }

    @Test func ownCgroupWithProcessesIsPassedOverForTheSliceAbove() {
        let levels = [
            level("/c/user.slice/s.scope", hasProcesses: true), level("/c/user.slice", enabled: [.memory, .pids]),
            level("/c", isRoot: true, hasProcesses: true),
        ]
        #expect(CgroupPlacement.choose(among: levels, wanted: Self.all)?.directory == "/c/user.slice")
    }

    @Test func unwritableAncestorsAreNoPlace() {
        let levels = [
            level("/c/u/app/x.scope", hasProcesses: true),
            level("/c/u/app", controllers: [.cpu, .memory, .pids]), level("/c/u", isWritable: false),
            level("/c", isRoot: true, isWritable: false),
        ]
        let placed = CgroupPlacement.choose(among: levels, wanted: Self.all)
        #expect(placed == CgroupPlacement(directory: "/c/u/app", controllers: [.cpu, .memory, .pids]))
    }

    @Test func namespaceRootWithProcessesGivesNothingAndIsStillTheLastResort() {
        let placed = CgroupPlacement.choose(among: [level("/c", hasProcesses: true)], wanted: Self.all)
        #expect(placed == CgroupPlacement(directory: "/c", controllers: []))
    }

    @Test func processesAreNoObstacleWhereNothingIsToBeGiven() {
        let placed = CgroupPlacement.choose(
            among: [level("/c/own", hasProcesses: true, controllers: []), level("/c", isRoot: true, controllers: [])],
            wanted: [])
        #expect(placed?.directory == "/c/own")
    }

    @Test func nothingWritableIsNoPlacement() {
        #expect(CgroupPlacement.choose(among: [level("/c", isWritable: false)], wanted: Self.all) == nil)
    }
}
