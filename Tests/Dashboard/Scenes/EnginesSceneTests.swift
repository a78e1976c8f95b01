import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct EnginesSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.engines, "one", view: .engines, colors: false),
        GoldenScene(.engines, "three", view: .engines).then { arrive(&$0) },
        GoldenScene(.engines, "ascii", view: .engines, isASCII: true, colors: false).then { arrive(&$0) },
        GoldenScene(.containers, "engines", view: .containers).then { state in
            arrive(&state)
            _ = state.update(.containers(.success(spread)))
        },
    ]

    /// The harbour's containers, of three engines.
    private static var spread: [Container] {
        Scenery.containers.enumerated().map { place, container in
            var container = container
            container.engine = ["spyhop", "docker", "podman"][place % 3]
            return container
        }
    }

    private static func arrive(_ state: inout DashboardState) {
        _ = state.update(.answer(.engines, statuses(since: state.now.advanced(by: .seconds(-75)))))
        _ = state.update(.containers(.success(spread)))
    }

    private static func statuses(since: Timestamp) -> [EngineStatus] {
        let gone = EngineError(
            .unreachable, "cannot list containers: engine podman cannot be reached",
            cause: EngineError(.system, "unix:///run/podman/podman.sock refuses connections"))
        return [
            EngineStatus(
                name: "spyhop", kind: .spyhop, address: "/var/lib/spyhop", version: "0.1.0", condition: .connected),
            EngineStatus(
                name: "docker", kind: .docker, address: "unix:///var/run/docker.sock", version: "20.10.24",
                condition: .connected),
            EngineStatus(
                name: "podman", kind: .podman, address: "unix:///run/podman/podman.sock",
                condition: .unreachable(gone, since: since)),
            EngineStatus(name: "host", kind: .host, address: "/sys/fs/cgroup", condition: .connected),
        ]
    }

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
