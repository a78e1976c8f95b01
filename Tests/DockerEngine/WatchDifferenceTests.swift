import Engine
import Testing

@testable import DockerEngine

struct WatchDifferenceTests {
    private static func container(_ id: String, _ state: ContainerState = .created) -> Container {
        Container(
            id: ContainerID(rawValue: id), name: "n\(id)", image: "i", imageID: ImageID(rawValue: "x"), command: [],
            createdAt: Timestamp(seconds: 1), state: state)
    }

    private static func table(_ containers: [Container]) -> [ContainerID: Container] {
        Dictionary(uniqueKeysWithValues: containers.map { ($0.id, $0) })
    }

    @Test func whatChangedWhileNobodyLookedIsToldAsEvents() {
        let old = Self.table([Self.container("a"), Self.container("b"), Self.container("c")])
        let new = Self.table([Self.container("a"), Self.container("b", .dead), Self.container("d")])
        let events = DockerWatch.differences(old, new)
        #expect(Set(events.map { "\($0.action) \($0.actorID)" }) == ["destroy c", "update b", "create d"])
        #expect(DockerWatch.differences(new, new).isEmpty)
    }
}
