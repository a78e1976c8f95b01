import Engine
import FoundationEssentials
import Testing

@testable import LocalEngine

struct DefinitionTextTests {
    /// A request in which nothing is as it is by default.
    private static var full: ContainerSpec {
        var spec = ContainerSpec(image: "a:b", command: ["sh", "-c", "echo \"$A\" \\ \n\u{1}é🐳"])
        spec.name = "n"
        spec.entrypoint = ["e", ""]
        spec.environment = ["A=\u{7}", "B="]
        spec.workingDirectory = "/w"
        spec.user = "u:g"
        spec.hostname = "h"
        spec.labels = ["k": "v", "": "", "\"": "\\"]
        spec.tty = true
        spec.openStdin = true
        spec.autoRemove = true
        spec.mounts = [
            MountSpec(source: .bind(path: "/a", createMissing: true), target: "/b", readOnly: true),
            MountSpec(source: .tmpfs(size: 1 << 40, mode: nil), target: "/c", propagation: .rslave),
        ]
        spec.readOnlyRoot = true
        spec.limits = ResourceLimits(memory: 1 << 30, nanoCPUs: 1_500_000_000, pids: -1)
        spec.restartPolicy = .onFailure(maximumRetries: 3)
        spec.stopSignal = 3
        spec.stopTimeout = -1
        spec.capAdd = ["NET_ADMIN"]
        spec.capDrop = ["ALL"]
        spec.privileged = true
        spec.noNewPrivileges = true
        spec.seccomp = .custom(json: "{\"a\": 1}")
        spec.useInit = true
        spec.networkMode = .host
        spec.logRotation = ContainerSpec.LogRotation(maximumSize: 5, maximumFiles: 2)
        spec.healthCheck = HealthCheck(test: ["CMD", "a\n"], interval: 5, retries: 2)
        spec.groupAdd = ["g"]
        var system = SystemOptions()
        system.devices = [SystemOptions.Device(pathOnHost: "/dev/a", pathInContainer: "/dev/b", access: "r")]
        system.deviceRules = ["c 1:3 r"]
        system.ulimits = [SystemOptions.Ulimit(name: "nofile", soft: 5, hard: -1)]
        system.sysctls = ["net.a": "1"]
        system.shmSize = 7
        system.cgroupParent = "/p"
        system.hostCgroupNamespace = true
        spec.system = system
        spec.domainname = "d"
        spec.volumesFrom = ["other:ro"]
        var network = NetworkOptions()
        network.attachments = [
            NetworkAttachment(
                network: "own", ipv4: IPAddress("10.0.0.2"), ipv6: IPAddress("fd00::2"),
                macAddress: MACAddress(bits: 0x0200_0000_0001), aliases: ["a", "\""]),
            NetworkAttachment(network: "other"),
        ]
        network.ports = [
            PortMapping(hostAddress: IPAddress("::1"), hostPorts: 80...90, container: ExposedPort(80, .udp)),
            PortMapping(hostPorts: nil, container: ExposedPort(81)),
        ]
        network.publishesAll = true
        network.exposed = [ExposedPort(82)]
        network.dns = [IPAddress("10.0.0.1")].compactMap { $0 }
        network.dnsSearch = ["s"]
        network.dnsOptions = ["o"]
        network.extraHosts = ["h:10.0.0.9"]
        spec.network = network
        spec.limits.deviceReadBps = [DeviceLimit(path: "/dev/a", value: .max)]
        return spec
    }

    private static func definition(_ spec: ContainerSpec) -> ContainerDefinition {
        ContainerDefinition(
            spec: spec, environment: ["PATH=/bin"], workingDirectory: "/d", user: "me", hostname: "host",
            stopSignal: 9, stopTimeout: 4, layers: ["x", "y"], healthCheck: HealthCheck(test: ["NONE"]))
    }

    private static func names(_ value: Any) -> Set<String> {
        Set(Mirror(reflecting: value).children.compactMap(\.label))
    }

    /// JSON's members, whatever their values are.
    private struct Members: Decodable {
        struct Name: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        var own: Set<String>
        var spec: Set<String> = []

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Name.self)
            own = Set(members.allKeys.map(\.stringValue))
            if let key = Name(stringValue: "spec"), members.contains(key) {
                spec = Set(try members.nestedContainer(keyedBy: Name.self, forKey: key).allKeys.map(\.stringValue))
            }
        }
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    @Test func everyMemberIsWritten() throws {
        let definition = Self.definition(Self.full)
        let members = try Self.decode(Members.self, DefinitionText.write(definition))
        #expect(members.own == Self.names(definition))
        #expect(members.spec == Self.names(definition.spec))
    }

    @Test func whatIsWrittenIsReadBack() throws {
        var emptied = Self.full
        emptied.entrypoint = []
        emptied.seccomp = .unconfined
        emptied.restartPolicy = .unlessStopped
        for spec in [Self.full, emptied, ContainerSpec(image: "x")] {
            let definition = Self.definition(spec)
            #expect(try Self.decode(ContainerDefinition.self, DefinitionText.write(definition)) == definition)
        }
    }
}
