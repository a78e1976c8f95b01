import Foundation
import Harness
import Testing

/// Other hosts by ssh: a real sshd on the loopback, which lets in the key of the test alone.
@Suite(.needsRoot, .serialized, .enabled(if: Programs.installed("sshd") != nil, "needs sshd"))
struct SecureShellTests {
    /// An sshd of its own; its sessions have the variables that it is given.
    private final class SecureShell {
        let directory: String
        let port: UInt16
        private let daemon: Child
        private let madePlace: Bool

        init(_ directory: String, variables: [String]) throws {
            self.directory = directory
            port = UInt16.random(in: 20_000...30_000)
            let files = FileManager.default
            try files.createDirectory(atPath: directory + "/bin", withIntermediateDirectories: true)
            for name in ["host", "user"] {
                _ = try Command.run(
                    ["/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "\(directory)/\(name)"],
                    scratch: directory)
            }
            let server = """
                Port \(port)
                ListenAddress 127.0.0.1
                HostKey \(directory)/host
                AuthorizedKeysFile \(directory)/user.pub
                PidFile none
                StrictModes no
                UsePAM no
                PermitRootLogin yes
                PasswordAuthentication no
                SetEnv \(variables.joined(separator: " "))
                """
            let client = """
                Host *
                  IdentityFile \(directory)/user
                  IdentitiesOnly yes
                  StrictHostKeyChecking no
                  UserKnownHostsFile /dev/null
                  LogLevel ERROR
                """
            try server.write(toFile: directory + "/sshd_config", atomically: true, encoding: .utf8)
            try client.write(toFile: directory + "/ssh_config", atomically: true, encoding: .utf8)
            // ssh asks the user's entry for his home, not the environment.
            try "#!/bin/sh\nexec /usr/bin/ssh -F \(directory)/ssh_config \"$@\"\n".write(
                toFile: directory + "/bin/ssh", atomically: true, encoding: .utf8)
            chmod(directory + "/bin/ssh", 0o755)
            madePlace = mkdir("/run/sshd", 0o755) == 0
            daemon = try Command.start(
                [Programs.installed("sshd") ?? "/usr/sbin/sshd", "-D", "-e", "-f", directory + "/sshd_config"],
                output: directory + "/sshd.log")
            guard Command.eventually({ Command.text(directory + "/sshd.log").contains("listening") }) else {
                throw HarnessError("sshd does not come up: \(Command.text(directory + "/sshd.log"))")
            }
        }

        deinit {
            daemon.signal(SIGTERM)
            daemon.wait()
            if madePlace { rmdir("/run/sshd") }
        }

        var path: String { "PATH=\(directory)/bin:/usr/sbin:/usr/bin:/sbin:/bin" }
        var address: String { "ssh://root@127.0.0.1:\(port)" }
    }

    @Test func aSpyhopOnAnotherHostCarriesCommandsOut() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "far", "busybox", "sleep", "1000")
            let shell = try SecureShell(place.directory + "/ssh", variables: ["SPYHOP_ROOT=\(place.root)"])
            func remote(_ arguments: [String], input: String = "", program: String = Programs.spyhop) throws -> Outcome
            {
                try Command.run(
                    [Programs.spyhop, "--host", shell.address] + arguments,
                    environment: [shell.path, "HOME=\(place.directory)", "SPYHOP_REMOTE_PROGRAM=\(program)"],
                    input: input,
                    scratch: place.directory, seconds: 60)
            }
            #expect(try remote(["ps", "--format", "{{.Names}}"]).output == "far\n")
            let quoted = try remote(["exec", "far", "sh", "-c", "echo \"it's $((1 + 1))  *\"; exit 7"])
            #expect(quoted.output == "it's 2  *\n")
            #expect(quoted.code == 7)
            #expect(try remote(["exec", "-i", "far", "cat"], input: "through\n").output == "through\n")
            let missing = try remote(["ps"], program: "/no/such/spyhop")
            #expect(missing.code == 1 && missing.errors.contains("SPYHOP_REMOTE_PROGRAM"), "\(missing.errors)")
            let frame = try remote(["dashboard", "--once", "--size", "100x20"])
            #expect(frame.output.contains("far"))
            let nobody = try Command.run(
                [Programs.spyhop, "--host", "ssh://root@127.0.0.1:1", "ps"], environment: [shell.path, "HOME=/"],
                scratch: place.directory, seconds: 60)
            #expect(nobody.code == 1 && nobody.errors.contains("ssh did not reach"), "\(nobody.errors)")
        }
    }

    @Test(.enabled(if: DockerDaemon.isInstalled, "needs dockerd"))
    func dockersEngineIsReachedByItsCommandLineThere() throws {
        try ServedEngine.with(.docker) { engine in
            let shell = try SecureShell(engine.directory + "/ssh", variables: ["DOCKER_HOST=unix://\(engine.socket)"])
            func far(_ arguments: String..., address: String? = nil) throws -> Outcome {
                try Command.run(
                    [Programs.spyhop, "--engine", "docker", "-H", address ?? shell.address] + arguments,
                    environment: engine.environment.filter { !$0.hasPrefix("PATH=") } + [shell.path],
                    scratch: engine.directory, seconds: 60)
            }
            #expect(try far("run", "-d", "--network", "none", "--name", "far", "busybox", "sleep", "1000").code == 0)
            #expect(try far("ps", "--format", "{{.Names}}").output == "far\n")
            #expect(try far("exec", "far", "echo", "inside").output == "inside\n")
            // Its cgroups are not asked for: the engine's own figures are.
            let figures = try far("stats", "--no-stream", "--format", "{{.Name}} {{.PIDs}}")
            #expect(figures.output == "far 1\n", "\(figures)")
            let nobody = try far("ps", address: "ssh://root@127.0.0.1:1")
            #expect(nobody.code == 1 && nobody.errors.contains("refused"), "\(nobody.errors)")
        }
    }
}
