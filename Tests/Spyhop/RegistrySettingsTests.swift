import Engine
import LinuxSystem
import Registry
import Testing

@testable import SpyhopCommands

struct RegistrySettingsTests {
    private static func read(_ yaml: String) -> ConfigurationFile { ConfigurationFile(yaml: yaml, path: "c.yaml") }

    @Test func hostsHaveMirrorsAndMayBeInsecure() {
        let file = Self.read(
            """
            registries:
              docker.io:
                mirrors: [https://mirror.example, "http://cache:5000/hub"]
              registry.example:5000: {insecure: true}
              "[::1]:5000": {insecure: no}
            """)
        #expect(file.problems.isEmpty && file.registryProblems.isEmpty, "\(file.problems)")
        let hosts = file.registries.hosts
        #expect(hosts["docker.io"]?.mirrors == ["https://mirror.example", "http://cache:5000/hub"])
        #expect(hosts["docker.io"]?.isInsecure == false && hosts["registry.example:5000"]?.isInsecure == true)
        #expect(hosts["[::1]:5000"]?.isInsecure == false && hosts.count == 3)
    }

    @Test func dockerHubsOtherNameIsDockerHub() {
        #expect(
            Self.read("registries: {index.docker.io: {mirrors: []}}").registries.hosts.keys.sorted() == ["docker.io"])
    }

    @Test(arguments: [
        ("registries: 3", "c.yaml:1:13: "), ("registries:\n  - a", "c.yaml:2:3: "),
        ("registries:\n  plain: {}", "c.yaml:2:3: "), ("registries:\n  a.io/b: {}", "c.yaml:2:3: "),
        ("registries:\n  https://a.io: {}", "c.yaml:2:3: "), ("registries:\n  a.io: yes", "c.yaml:2:9: "),
        ("registries:\n  a.io: {mirror: x}", "c.yaml:2:10: "), ("registries:\n  a.io: {insecure: 3}", "c.yaml:2:20: "),
        ("registries:\n  a.io: {mirrors: https://b}", "c.yaml:2:19: "),
        ("registries:\n  a.io:\n    mirrors:\n      - b.io", "c.yaml:4:9: "),
        ("registries:\n  a.io: {mirrors: [\"https://u:p@b.io\"]}", "c.yaml:2:20: "),
        ("registries:\n  a.io: {mirrors: [\"https://\"]}", "c.yaml:2:20: "),
        ("registries: {a.io: {insecure: true}}\ntheme: [unclosed\n", "c.yaml:3:1: "),
    ])
    func aWrongPartIsToldWithItsPlace(yaml: String, place: String) {
        let file = Self.read(yaml)
        #expect(file.registryProblems.count == 1)
        #expect(file.registryProblems.first?.hasPrefix(place) == true, "\(file.registryProblems)")
        #expect(file.problems == file.registryProblems)
    }

    @Test func wrongLooksAreNoMatterOfRegistries() {
        let file = Self.read("glyphs: round\nregistries: {a.io: {insecure: true}}")
        #expect(file.problems.count == 1 && file.registryProblems.isEmpty)
    }

    private static func with<Value>(
        _ yaml: String?, _ variables: [String: String] = [:], _ body: (ProcessEnvironment, String) async throws -> Value
    ) async throws -> Value {
        let path = "/tmp/spyhop-registries-\(UInt64.random(in: 0 ... .max))"
        try Files.makeDirectories(path)
        defer { try? Files.removeTree(path) }
        if let yaml { try Files.writeAtomically(Array(yaml.utf8), to: path + "/config.yaml") }
        var variables = variables
        variables["SPYHOP_CONFIG"] = path + "/config.yaml"
        let found = variables
        return try await body(
            ProcessEnvironment(lookup: { found[$0] }, workingDirectory: path, isRoot: true), path)
    }

    @Test func theEnvironmentTellsProxiesAndCertificates() async throws {
        let variables = [
            "HTTP_PROXY": "http://upper:1", "http_proxy": "http://lower:1", "https_proxy": "http://lower:2",
            "no_proxy": "a.io, .b.io,10.0.0.0/8", "XDG_CONFIG_HOME": "/x",
        ]
        try await Self.with("registries: {a.io: {insecure: true}}", variables) { environment, _ in
            let configuration = try environment.registries()
            #expect(configuration.httpProxy == "http://upper:1" && configuration.httpsProxy == "http://lower:2")
            #expect(configuration.noProxy == ["a.io", ".b.io", "10.0.0.0/8"])
            #expect(configuration.hosts["a.io"]?.isInsecure == true)
            #expect(
                configuration.certificateDirectories == [
                    "/x/spyhop/certs.d", "/etc/spyhop/certs.d", "/etc/docker/certs.d", "/etc/containers/certs.d",
                ])
            #expect(configuration.userAgent == "spyhop/\(Version.number)")
        }
    }

    @Test func aWrongPartStopsWhoeverAsksRegistries() async throws {
        try await Self.with("registries: {a.io: {insecure: maybe}, b.io: 3}") { environment, path in
            do {
                _ = try environment.registries()
                Issue.record("it was taken")
            } catch let error as EngineError {
                #expect(error.message.hasPrefix("\(path)/config.yaml:1:31: insecure wants true or false (and 1 more)"))
            }
        }
    }

    @Test func credentialsAreWhereDockerAndPodmanHaveThem() async throws {
        let text = "{\"auths\": {\"a.io\": {\"auth\": \"dTpw\"}}}"
        for (variable, file) in [
            ("DOCKER_CONFIG", "d/config.json"), ("HOME", ".docker/config.json"),
            ("REGISTRY_AUTH_FILE", "chosen.json"), ("XDG_RUNTIME_DIR", "containers/auth.json"),
        ] {
            try await Self.with(nil) { base, path in
                try Files.makeDirectories(Files.directory(of: "\(path)/\(file)"))
                try Files.writeAtomically(Array(text.utf8), to: "\(path)/\(file)")
                var environment = base
                let values = ["DOCKER_CONFIG": "d", "REGISTRY_AUTH_FILE": file]
                let home = variable == "HOME" ? path : "\(path)/none"
                environment.lookup = { name in
                    if name == variable { return values[name] ?? path }
                    return name == "HOME" ? home : base.lookup(name)
                }
                let found = try await environment.registries().credentials?.credentials(for: "a.io")
                #expect(found == .password(username: "u", password: "p"), "\(variable)")
            }
        }
    }
}
