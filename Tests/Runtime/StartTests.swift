import Cgroups
import Engine
import Glibc
import LinuxSystem
import Testing

@testable import Runtime

/// Real containers: needs root, busybox-static and the monitor.
@Suite(.enabled(if: ContainerFixture.canRun, "needs root, /bin/busybox and spyhop-monitor"), .serialized)
struct StartTests {
    @Test func outputAndExitCodeComeThroughTheSession() async throws {
        try await ContainerFixture.with { fixture in
            let (output, code) = try await fixture.run("echo one; echo two >&2; hostname; exit 42")
            #expect(output.contains("one\n") && output.contains("two\n") && output.contains("whale\n"))
            #expect(code == 42)
            guard case .exited(let end) = try await fixture.waitForEnd() else {
                throw EngineError(.corrupted, "\(try fixture.status)")
            }
            #expect(end.exit.code == 42 && end.exit.signal == nil && end.exit.startedAt != nil)
            let expected = try ContainerCgroup.expected(id: fixture.id, in: fixture.runtime.hierarchies)
            for directory in expected.directories where directory.hasSuffix(fixture.id.rawValue) {
                #expect(!Files.exists(directory), "\(directory)")
            }
        }
    }

    @Test func theContainerIsApartFromTheHost() async throws {
        try await ContainerFixture.with { fixture in
            let script = """
                echo pid $$; ls /proc | grep -c '^[0-9]' ; cat /etc/hosts; id -u
                grep -E 'Cap(Eff|Bnd|Amb|Inh)|Seccomp:|NoNewPrivs' /proc/self/status
                cat /proc/self/mountinfo | wc -l; ls /dev; cat /proc/kcore | wc -c; ls -A /sys/firmware
                echo x > /proc/sys/kernel/hostname || echo readonly; umask; cat /proc/self/cgroup; ls -l /proc/self/fd
                """
            let (output, code) = try await fixture.run(script)
            #expect(code == 0, "\(output)")
            #expect(output.contains("pid 1\n"))
            #expect(output.contains("hosts of spyhop"))
            #expect(output.contains("CapEff:\t00000000a80425fb"))
            #expect(output.contains("CapBnd:\t00000000a80425fb"))
            #expect(output.contains("CapInh:\t0000000000000000") && output.contains("CapAmb:\t0000000000000000"))
            #expect(output.contains("Seccomp:\t2") && output.contains("NoNewPrivs:\t0"))
            #expect(output.contains("readonly"))
            #expect(output.contains("0022"))
            for name in ["null", "zero", "full", "random", "urandom", "tty", "pts", "shm", "mqueue", "fd", "ptmx"] {
                #expect(output.contains("\(name)\n"), "\(name) in \(output)")
            }
            #expect(!output.contains("spyhop/"), "\(output)")
        }
    }

    @Test(
        arguments: [
            (["nosuch"], EngineError.Code.commandNotFound, 127), (["/bin/nosuch"], .commandNotFound, 127),
            (["/etc"], .commandNotExecutable, 126), (["/etc/hosts"], .commandNotExecutable, 126),
        ] as [([String], EngineError.Code, Int32)])
    func aCommandThatCannotBeExecutedIsTold(command: [String], code: EngineError.Code, exit: Int32) async throws {
        try await ContainerFixture.with { fixture in
            let error = await #expect(throws: EngineError.self) { _ = try await fixture.start(command) }
            #expect(error?.code == code, "\(error?.description ?? "")")
            #expect(error?.message.contains(command[0]) == true)
            guard case .failed(let end) = try await fixture.waitForEnd() else {
                throw EngineError(.corrupted, "\(try fixture.status)")
            }
            #expect(end.exit.code == exit)
            #expect(end.exit.error == error?.description)
        }
    }

    @Test func aFailingStepIsToldInWordsAndLeavesNoCgroup() async throws {
        try await ContainerFixture.with { fixture in
            let error = await #expect(throws: EngineError.self) {
                _ = try await fixture.start(["true"]) {
                    $0.mounts = [MountSpec(source: .bind(path: "/nonexistent/x", createMissing: false), target: "/x")]
                }
            }
            #expect(error?.message == "cannot mount /nonexistent/x on /x: No such file or directory")
            _ = try await fixture.waitForEnd()
            let expected = try ContainerCgroup.expected(id: fixture.id, in: fixture.runtime.hierarchies)
            for directory in expected.directories where directory.hasSuffix(fixture.id.rawValue) {
                #expect(!Files.exists(directory), "\(directory)")
            }
        }
    }

    @Test func mountsOfThePersonAreThere() async throws {
        try await ContainerFixture.with { fixture in
            let shared = fixture.directory + "/shared"
            try Files.makeDirectories(shared)
            try Files.writeAtomically([65, 10], to: shared + "/file")
            let (output, code) = try await fixture.run(
                "cat /data/file; echo b > /data/new; echo c > /ro/x || echo refused; echo d > /tmp/a/x && mount | grep /tmp/a; "
                    + "echo e > /root/x || echo rootrefused; ls -d /made"
            ) {
                $0.mounts = [
                    MountSpec(source: .bind(path: shared, createMissing: false), target: "/data"),
                    MountSpec(source: .bind(path: shared, createMissing: false), target: "/ro", readOnly: true),
                    MountSpec(source: .bind(path: shared + "/made", createMissing: true), target: "/made"),
                    MountSpec(source: .tmpfs(size: 1 << 20, mode: 0o700), target: "/tmp/a"),
                ]
                $0.readOnlyRoot = true
            }
            #expect(code == 0, "\(output)")
            #expect(output.contains("A\n") && output.contains("refused") && output.contains("rootrefused"))
            #expect(output.contains("size=1024k") && output.contains("mode=700") && output.contains("noexec"))
            #expect(try Files.readText(shared + "/new") == "b\n")
            #expect(Files.exists(shared + "/made"))
        }
    }

    @Test func anotherUserHasNoCapabilitiesAndStillAFilter() async throws {
        try await ContainerFixture.with { fixture in
            let (output, code) = try await fixture.run(
                "id -u; id -g; grep -E 'CapEff|CapPrm|CapBnd|Seccomp:' /proc/self/status; echo err > /dev/stderr",
                user: 1000
            ) { $0.workingDirectory = "/srv/dir" }
            #expect(code == 0, "\(output)")
            #expect(output.hasPrefix("1000\n1000\n"))
            #expect(output.contains("CapEff:\t0000000000000000") && output.contains("CapPrm:\t0000000000000000"))
            #expect(output.contains("CapBnd:\t00000000a80425fb") && output.contains("Seccomp:\t2"))
            #expect(output.contains("err\n"))
        }
    }

    @Test func privilegedHasEverythingAndNoFilter() async throws {
        try await ContainerFixture.with { fixture in
            let (output, code) = try await fixture.run(
                "grep -E 'Seccomp:|CapEff' /proc/self/status; mount -t tmpfs x /mnt || mkdir /mnt; ls /dev | wc -l"
            ) { $0.privileged = true }
            #expect(code == 0, "\(output)")
            let own = HostFeatures.detect(fixture.runtime.hierarchies).capabilities
            let digits = String(own, radix: 16)
            #expect(output.contains("Seccomp:\t0"))
            #expect(
                output.contains("CapEff:\t" + String(repeating: "0", count: 16 - digits.count) + digits), "\(output)")
        }
    }

    @Test func noNewPrivilegesAndCapabilitiesAreAsAskedFor() async throws {
        try await ContainerFixture.with { fixture in
            let (output, _) = try await fixture.run("grep -E 'NoNewPrivs|Seccomp:|CapEff' /proc/self/status") {
                $0.noNewPrivileges = true
                $0.capDrop = ["ALL"]
                $0.capAdd = ["KILL"]
            }
            #expect(output.contains("NoNewPrivs:\t1") && output.contains("Seccomp:\t2"))
            #expect(output.contains("CapEff:\t0000000000000020"), "\(output)")
        }
    }

    @Test func theFilterIsInForce() async throws {
        try await ContainerFixture.with { fixture in
            let (output, code) = try await fixture.run("mkdir /a; echo $?") {
                $0.seccomp = .custom(
                    json: """
                        {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
                         {"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 95}]}
                        """)
            }
            #expect(code == 0)
            #expect(output.contains("not supported"), "\(output)")
        }
    }
}
