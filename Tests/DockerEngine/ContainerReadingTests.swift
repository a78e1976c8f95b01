import Engine
import Testing

@testable import DockerEngine

struct ContainerReadingTests {
    @Test(arguments: ["docker", "podman"])
    func aContainerIsReadAsItsEngineTellsIt(engine: String) throws {
        let node = try Recording.document("\(engine)-inspect")
        let container = try #require(ContainerReading(node).container)
        #expect(container.name == "web")
        #expect(container.id.rawValue.count == 64)
        #expect(container.imageID.rawValue.hasPrefix("sha256:"))
        #expect(container.command.first == "sh")
        #expect(container.state.name == "running")
        #expect(container.state.pid ?? 0 > 1)
        #expect(container.labels["com.docker.compose.project"] == "shop")
        #expect(container.restartPolicy == .onFailure(maximumRetries: 3))
        #expect(container.limits.memory == 64 << 20)
        #expect(container.limits.nanoCPUs == 500_000_000)
        #expect(container.mounts.map(\.target) == ["/data"])
        #expect(container.mounts.first?.volumeName == "data")
        #expect(container.networkMode == .none)
        #expect(container.createdAt.seconds > 1_700_000_000)
        let details = DetailsReading(node, container).details
        #expect(details.environment.contains("A=1"))
        #expect(details.volumeMountpoints["data"]?.hasSuffix("/_data") == true)
        #expect(details.spec.limits.memory == 64 << 20)
    }

    /// States as both engines spell them.
    @Test(arguments: [
        ("running", "running"), ("paused", "paused"), ("exited", "exited"), ("stopped", "exited"),
        ("created", "created"),
        ("configured", "created"), ("dead", "dead"), ("restarting", "restarting"), ("removing", "exited"),
    ])
    func everySpellingOfAStateIsKnown(status: String, name: String) throws {
        let node = Recording.changed(
            try Recording.document("docker-inspect"), ["State", "Status"], to: .string(status))
        #expect(ContainerReading(node).container?.state.name == name)
    }

    @Test func anUnknownStateIsTakenFromItsFlags() throws {
        let node = Recording.changed(
            try Recording.document("docker-inspect"), ["State", "Status"], to: .string("hibernating"))
        #expect(ContainerReading(node).container?.state.name == "running")
        let ended = Recording.changed(node, ["State", "Running"], to: .bool(false))
        #expect(ContainerReading(ended).container?.state.name == "exited")
    }

    /// Whatever is missing, null, of another kind or too large costs only itself.
    @Test func oddMembersCostOnlyThemselves() throws {
        let whole = try Recording.document("docker-inspect")
        for value in [
            nil, JSONNode.null, .number("1e400"), .number("-99999999999999999999"), .string("x"), .list([]),
            .bool(true),
        ] {
            for path in [
                ["State"], ["State", "Pid"], ["State", "StartedAt"], ["HostConfig"], ["HostConfig", "Memory"],
                ["HostConfig", "RestartPolicy"], ["Config"], ["Config", "Labels"], ["Mounts"], ["NetworkSettings"],
                ["NetworkSettings", "Networks"], ["NetworkSettings", "Ports"], ["Created"], ["Args"], ["Image"],
            ] {
                let node = Recording.changed(whole, path, to: value)
                let container = try #require(ContainerReading(node).container, "\(path) \(String(describing: value))")
                #expect(container.name == "web")
                _ = DetailsReading(node, container).details
            }
        }
        #expect(ContainerReading(.null).container == nil)
        #expect(ContainerReading(Recording.changed(whole, ["Id"], to: nil)).container == nil)
    }

    @Test func publishedAndExposedPortsAreTold() throws {
        let ports = try JSONNode(
            Array(
                #"{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"},{"HostIp":"::","HostPort":"70000"}],"53/udp":null}"#
                    .utf8))
        let node = Recording.changed(
            try Recording.document("docker-inspect"), ["NetworkSettings", "Ports"], to: ports)
        let container = try #require(ContainerReading(node).container)
        #expect(container.ports.map(\.hostPort) == [8080])
        #expect(container.exposedPorts.map(\.description) == ["53/udp", "80/tcp"])
    }
}
