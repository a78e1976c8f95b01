import Foundation
import Harness
import Testing

/// Attacks on the kernel and the host through system calls, devices and the kernel's file systems.
@Suite(.needsRoot)
struct KernelSurfaceTests {
    /// An attack and the errors that may stop it.
    struct Attempt: Sendable, CustomTestStringConvertible {
        let words: [String]
        let errors: Set<String>
        var testDescription: String { words.joined(separator: " ") }

        init(_ words: String..., stops errors: Set<String> = ["EPERM"]) {
            self.words = words
            self.errors = errors
        }
    }

    static let attempts: [Attempt] = [
        // A version 1 hierarchy with a release_agent of one's own (CVE-2022-0492).
        Attempt("mount", "cgroup", "rdma"), Attempt("mount", "proc"), Attempt("mount", "tmpfs"),
        // A user namespace in which one is root (many of the kernel's holes begin so).
        Attempt("unshare", "0x10000000"), Attempt("clone", "0x10000000"), Attempt("unshare", "0x20000"),
        Attempt("pivot"), Attempt("module"), Attempt("boot"),
        Attempt("handle"),
        Attempt("socket", "40"),
        Attempt("rings"),
        // The first disk, the machine's memory, its ports, the kernel's log.
        Attempt("device", "b", "8", "0"), Attempt("device", "b", "254", "0"), Attempt("device", "c", "1", "1"),
        Attempt("device", "c", "1", "4"), Attempt("device", "c", "1", "11"), Attempt("device", "c", "10", "229"),
        Attempt("open", "/proc/sys/kernel/core_pattern", stops: ["EROFS"]),
        Attempt("open", "/proc/sys/kernel/modprobe", stops: ["EROFS", "ENOENT"]),
        Attempt("open", "/proc/sys/net/ipv4/ip_forward", stops: ["EROFS"]),
        Attempt("open", "/proc/sysrq-trigger", stops: ["EROFS", "ENOENT"]),
        Attempt("open", "/proc/irq/default_smp_affinity", stops: ["EROFS", "ENOENT"]),
        Attempt("open", "/sys/kernel/uevent_helper", stops: ["EROFS", "ENOENT"]),
        Attempt("open", "/sys/kernel/mm/transparent_hugepage/enabled", stops: ["EROFS", "ENOENT"]),
        Attempt("open", "/sys/power/state", stops: ["EROFS", "ENOENT"]),
        Attempt("open", "/sys/fs/cgroup/cgroup.procs", stops: ["EROFS", "ENOENT"]),
        Attempt("open", "/sys/fs/cgroup/cgroup.freeze", stops: ["EROFS", "ENOENT"]),
        Attempt("kill", "\(getpid())", stops: ["ESRCH"]),
        Attempt("trace", "\(getpid())", stops: ["ESRCH", "EPERM"]),
    ]

    @Test func everyAttemptIsStoppedInTheFirstProcessAndInFurtherOnes() throws {
        try Workplace.with { (place) throws in
            try place.run(["run", "-d", "--name", "box"] + Attacker.volume() + ["busybox", "sleep", "1000"])
            for attempt in Self.attempts {
                let words = ["run", "--rm"] + (try Attacker.volume()) + ["busybox", "/attacker"] + attempt.words
                let first = try place.run(words)
                #expect(
                    attempt.errors.contains(first.trimmed), "run: \(attempt.words): \(first.trimmed)\(first.errors)")
                let further = try place.run(["exec", "box", "/attacker"] + attempt.words)
                #expect(attempt.errors.contains(further.trimmed), "exec: \(attempt.words): \(further.trimmed)")
            }
        }
    }

    @Test func whatTellsOfTheHostReadsAsEmpty() throws {
        try Workplace.with { (place) throws in
            let script =
                "for f in kcore keys timer_list interrupts; do test -e /proc/$f && stat -c '%F %t:%T' /proc/$f; "
                + "wc -c < /proc/$f; done; ls -A /proc/acpi /proc/scsi /sys/firmware 2>/dev/null | grep -v :"
            let lines = try place.run("run", "--rm", "busybox", "sh", "-c", script).lines
            #expect(lines.count >= 4)
            #expect(lines.allSatisfy { $0 == "character special file 1:3" || $0 == "0" }, "\(lines)")
        }
    }

    /// A session keyring of the caller's would open what it keeps there to every container.
    @Test func keysOfTheCallerAreNotFound() throws {
        try Workplace.with { (place) throws in
            let attacker = try #require(Attacker.path)
            func holding(_ words: [String]) throws -> Outcome {
                try Command.run(
                    [attacker, "with-key", "spyhop-key"] + words, environment: place.environment,
                    scratch: place.directory)
            }
            // The key is there for whoever is not in a container.
            try #require(try holding([attacker, "key", "spyhop-key"]).trimmed == "FOUND")
            let open = ["--security-opt", "seccomp=unconfined"]
            let run = [Programs.spyhop, "run"] + open + (try Attacker.volume())
            #expect(try holding(run + ["--rm", "busybox", "/attacker", "key", "spyhop-key"]).trimmed == "ENOKEY")
            _ = try holding(run + ["-d", "--name", "box", "busybox", "sleep", "1000"])
            let further = [Programs.spyhop, "exec", "box", "/attacker", "key", "spyhop-key"]
            #expect(try holding(further).trimmed == "ENOKEY")
            // By default the filter has no word for keys at all.
            #expect(try place.attack("key", "spyhop-key") == "EPERM")
        }
    }

    @Test func abstractSocketsOfTheHostAreOutOfReach() throws {
        try Workplace.with { (place) throws in
            let name = "spyhop-abstract-\(getpid())"
            let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(listener) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.dropFirst().copyBytes(from: name.utf8) }
            let length = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.utf8.count)
            let bound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, length) }
            }
            try #require(bound == 0 && listen(listener, 8) == 0)
            #expect(try place.attack("abstract", name) == "ECONNREFUSED")
            // With the host's network they are the container's too, as docs/SECURITY.md says.
            #expect(try place.attack("abstract", name, options: ["--network", "host"]) == "CONNECTED")
        }
    }

    @Test func setUserIDProgramsGiveNothingWithNoNewPrivileges() throws {
        try Workplace.with { (place) throws in
            let folder = place.directory + "/programs"
            mkdir(folder, 0o755)
            try FileManager.default.copyItem(atPath: try #require(Attacker.path), toPath: folder + "/elevate")
            chmod(folder + "/elevate", 0o4755)
            let words = ["run", "--rm", "-u", "1000", "-v", "\(folder):/p:ro"]
            #expect(try place.run(words + ["busybox", "/p/elevate", "identity"]).trimmed == "1000 0")
            let kept = words + ["--security-opt", "no-new-privileges"]
            #expect(try place.run(kept + ["busybox", "/p/elevate", "identity"]).trimmed == "1000 1000")
        }
    }

    @Test func aContainerSeesItsOwnProcessesAlone() throws {
        try Workplace.with { (place) throws in
            let pids = try place.run("run", "--rm", "busybox", "sh", "-c", "echo /proc/[0-9]*").trimmed
            #expect(pids == "/proc/1")
            #expect(try place.run("run", "--rm", "busybox", "sh", "-c", "cat /proc/net/unix | wc -l").trimmed == "1")
        }
    }

    /// Pid 1 is the runtime's own program with `--init`, and was started with what the caller has.
    @Test(arguments: [[], ["--cap-add", "SYS_PTRACE"]])
    func theInitTellsNothingOfTheHost(_ rights: [String]) throws {
        try Workplace.with { (place) throws in
            let words = ["run", "--rm", "--init"] + rights + (try Attacker.volume())
            let script = "tr '\\0' '\\n' < /proc/1/environ; tr '\\0' '\\n' < /proc/1/cmdline; ls /proc/1/fd"
            let told = try place.run(words + ["busybox", "sh", "-c", script], environment: ["HOST_SECRET=leak"])
            #expect(!told.output.contains("leak") && !told.output.contains(place.directory))
            let opened = try place.run(words + ["busybox", "/attacker", "open", "/proc/1/exe"]).trimmed
            #expect(["EACCES", "EROFS", "ETXTBSY"].contains(opened), "\(opened)")
        }
    }

    @Test func deviceNodesOfImagesOpenNothing() throws {
        try Workplace.with(image: false) { (place) throws in
            let root = place.directory + "/image"
            try FileManager.default.copyItem(atPath: BusyboxRoot.path, toPath: root)
            // The machine's memory, under a harmless name.
            try #require(mknod(root + "/bin/memory", S_IFCHR | 0o666, 0x101) == 0)
            #expect(try place.run("import", root, "false").code == 0)
            let words = ["run", "--rm"] + (try Attacker.volume()) + ["false", "/attacker", "open", "/bin/memory"]
            #expect(["EPERM", "EACCES", "ENOENT"].contains(try place.run(words).trimmed))
        }
    }

    @Test(arguments: [
        "kernel.core_pattern=|/x", "kernel.modprobe=/x", "vm.panic_on_oom=1", "net/../kernel/core_pattern=|/x",
        "net.ipv4.ip_forward/../../../kernel/core_pattern=|/x", "kernel.shm_rmid_forced/../core_pattern=|/x",
    ])
    func parametersOfTheWholeMachineAreNotSet(_ parameter: String) throws {
        try Workplace.with { (place) throws in
            let before = Command.text("/proc/sys/kernel/core_pattern")
            let outcome = try place.run("run", "--rm", "--sysctl", parameter, "busybox", "echo", "ran")
            #expect(outcome.code == 125)
            #expect(!outcome.output.contains("ran"))
            #expect(Command.text("/proc/sys/kernel/core_pattern") == before)
        }
    }

    @Test func aForkBombEndsAtTheLimit() throws {
        try Workplace.with { (place) throws in
            let bomb = "i=0; while [ $i -lt 100 ]; do sleep 1000 & i=$((i+1)); done; echo all"
            let outcome = try place.run("run", "--rm", "--pids-limit", "20", "busybox", "sh", "-c", bomb)
            #expect(outcome.code != 0)
            #expect(!outcome.output.contains("all"))
        }
    }
}
