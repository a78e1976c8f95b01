import Foundation
import Harness
import Testing

/// config-linux.md: seccomp. The probe makes the calls; numbers are looked up by architecture.
@Suite(.needsRoot)
struct SeccompTests {
    #if arch(arm64)
    private static let numbers = ["getcpu": 168, "personality": 92, "getpriority": 141, "sync": 81]
    #else
    private static let numbers = ["getcpu": 309, "personality": 135, "getpriority": 140, "sync": 162]
    #endif

    private static func number(_ name: String) -> Int { numbers[name] ?? -1 }

    /// Allows everything, and this for one call.
    private func rule(_ name: String, _ action: String, _ more: JSON = [:]) -> JSON {
        var entry: JSON = ["names": .words([name]), "action": .string(action)]
        for (key, value) in more.fields { entry[key] = value }
        return ["defaultAction": "SCMP_ACT_ALLOW", "syscalls": [entry]]
    }

    @Test(.clause("config-linux.md#seccomp"))
    func errnoRefusesTheCallWithItsNumber() throws {
        try Box.with { (box) throws in
            box.config["linux", "seccomp"] = rule("getcpu", "SCMP_ACT_ERRNO", ["errnoRet": 38])
            #expect(try box.output(of: "probe call \(Self.number("getcpu")) 0 0 0") == "result=-1 errno=38")
        }
    }

    @Test(.clause("config-linux.md#seccomp"))
    func errnoWithoutANumberIsNotPermitted() throws {
        try Box.with { (box) throws in
            box.config["linux", "seccomp"] = rule("getcpu", "SCMP_ACT_ERRNO")
            #expect(try box.output(of: "probe call \(Self.number("getcpu")) 0 0 0") == "result=-1 errno=1")
        }
    }

    @Test(.clause("config-linux.md#seccomp"))
    func defaultErrnoRetIsThatOfTheDefaultAction() throws {
        try Box.with { (box) throws in
            box.config["linux", "seccomp"] = [
                "defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 99,
                "syscalls": [["names": .words(Self.ordinaryCalls), "action": "SCMP_ACT_ALLOW"]],
            ]
            box.config["process", "args"] = .words(["probe", "call", "\(Self.number("sync"))"])
            let outcome = try box.run()
            #expect(outcome.trimmed == "result=-1 errno=99", "\(outcome.errors)")
        }
    }

    /// What a static program and the runtime's last steps before exec need.
    private static let ordinaryCalls = [
        "read", "write", "writev", "close", "fstat", "newfstatat", "mmap", "mprotect", "munmap", "brk", "rt_sigaction",
        "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "ioctl", "access", "faccessat", "faccessat2", "getpid",
        "execve",
        "execveat", "exit", "exit_group", "arch_prctl", "set_tid_address", "set_robust_list", "rseq", "prlimit64",
        "getrandom", "readlink", "readlinkat", "open", "openat", "futex", "gettid", "tgkill", "prctl", "capget",
        "capset",
        "setuid", "setgid", "setgroups", "setresuid", "setresgid", "getuid", "getgid", "geteuid", "getegid", "getppid",
        "fcntl", "chdir", "fchdir", "getcwd", "stat", "lstat", "statfs", "fstatfs", "lseek", "pread64", "epoll_pwait",
        "epoll_ctl",
        "epoll_create1", "eventfd2", "pipe2", "nanosleep", "clock_nanosleep", "clone", "clone3", "madvise", "mincore",
        "sched_yield", "sched_getaffinity", "uname", "getdents64", "sendmsg", "recvmsg", "sendto", "recvfrom", "poll",
        "ppoll",
        "dup", "dup2", "dup3", "umask", "kill", "close_range", "getsockopt", "seccomp", "timer_settime", "timer_delete",
        "timer_create", "restart_syscall", "wait4", "waitid", "setsid", "rt_sigtimedwait",
    ]

    @Test(.clause("config-linux.md#seccomp"))
    func killProcessEndsTheProcess() throws {
        try Box.with { (box) throws in
            box.config["linux", "seccomp"] = rule("getcpu", "SCMP_ACT_KILL_PROCESS")
            let outcome = try box.run("probe call \(Self.number("getcpu")) 0 0 0; echo code $?")
            // 128 and SIGSYS.
            #expect(outcome.trimmed.hasSuffix("code 159"), "\(outcome)")
        }
    }

    @Test(.clause("config-linux.md#seccomp"))
    func logLetsTheCallThrough() throws {
        try Box.with { (box) throws in
            box.config["linux", "seccomp"] = rule("getcpu", "SCMP_ACT_LOG")
            #expect(try box.output(of: "probe call \(Self.number("getcpu")) 0 0 0") == "result=0 errno=0")
        }
    }

    @Test(.clause("config-linux.md#seccomp"))
    func trapSendsTheSignal() throws {
        try Box.with { (box) throws in
            box.config["linux", "seccomp"] = rule("getcpu", "SCMP_ACT_TRAP")
            let outcome = try box.run("probe call \(Self.number("getcpu")) 0 0 0; echo code $?")
            #expect(outcome.trimmed.hasSuffix("code 159"))
        }
    }

    @Test(.clause("config-linux.md#seccomp"))
    func traceWithoutATracerRefusesTheCall() throws {
        try Box.with { (box) throws in
            box.config["linux", "seccomp"] = rule("getcpu", "SCMP_ACT_TRACE")
            #expect(try box.output(of: "probe call \(Self.number("getcpu")) 0 0 0") == "result=-1 errno=38")
        }
    }

    /// The operators, the value of the rule, and calls that match and do not.
    @Test(
        .clause("config-linux.md#seccomp"),
        arguments: [
            ("SCMP_CMP_EQ", 5, [5], [4, 6]), ("SCMP_CMP_NE", 5, [4, 6], [5]), ("SCMP_CMP_LT", 5, [4], [5, 6]),
            ("SCMP_CMP_LE", 5, [4, 5], [6]), ("SCMP_CMP_GT", 5, [6], [4, 5]), ("SCMP_CMP_GE", 5, [5, 6], [4]),
        ])
    func argumentsAreCompared(operation: String, value: Int, matching: [Int], others: [Int]) throws {
        try Box.with { (box) throws in
            box.config["linux", "seccomp"] = rule(
                "getpriority", "SCMP_ACT_ERRNO",
                ["errnoRet": 77, "args": [["index": 1, "value": .number(Double(value)), "op": .string(operation)]]])
            let script = (matching + others).map { "probe call \(Self.number("getpriority")) 2 \($0)" }.joined(
                separator: "; ")
            let refused = try box.output(of: script).split(separator: "\n").map { $0.hasSuffix("errno=77") }
            #expect(refused == matching.map { _ in true } + others.map { _ in false })
        }
    }

    @Test(.clause("config-linux.md#seccomp"))
    func argumentsAreComparedUnderAMask() throws {
        try Box.with { (box) throws in
            box.config["linux", "seccomp"] = rule(
                "getpriority", "SCMP_ACT_ERRNO",
                ["errnoRet": 77, "args": [["index": 1, "value": 0x10, "valueTwo": 0x10, "op": "SCMP_CMP_MASKED_EQ"]]])
            let script = [0x10, 0x31, 0x01].map { "probe call \(Self.number("getpriority")) 2 \($0)" }.joined(
                separator: "; ")
            let refused = try box.output(of: script).split(separator: "\n").map { $0.hasSuffix("errno=77") }
            #expect(refused == [true, true, false])
        }
    }

    @Test(.clause("config-linux.md#seccomp"))
    func severalArgumentsMustAllMatch() throws {
        try Box.with { (box) throws in
            box.config["linux", "seccomp"] = rule(
                "getpriority", "SCMP_ACT_ERRNO",
                [
                    "errnoRet": 77,
                    "args": [
                        ["index": 0, "value": 2, "op": "SCMP_CMP_EQ"], ["index": 1, "value": 5, "op": "SCMP_CMP_EQ"],
                    ],
                ])
            let number = Self.number("getpriority")
            let text = try box.output(
                of: "probe call \(number) 2 5; probe call \(number) 2 6; probe call \(number) 1 5")
            #expect(text.split(separator: "\n").map { $0.hasSuffix("errno=77") } == [true, false, false])
        }
    }

    @Test(.clause("config-linux.md#seccomp"))
    func namesThatTheKernelDoesNotKnowAreNoError() throws {
        try Box.with { (box) throws in
            box.config["linux", "seccomp"] = [
                "defaultAction": "SCMP_ACT_ALLOW",
                "syscalls": [["names": ["no_such_call", "getcpu"], "action": "SCMP_ACT_ERRNO"]],
            ]
            #expect(try box.output(of: "probe call \(Self.number("getcpu")) 0 0 0") == "result=-1 errno=1")
        }
    }

    @Test(.clause("config-linux.md#seccomp"), arguments: [true, false])
    func theFilterIsThereWithAndWithoutNoNewPrivileges(wanted: Bool) throws {
        try Box.with { (box) throws in
            box.config["process", "noNewPrivileges"] = .bool(wanted)
            box.config["linux", "seccomp"] = rule("getcpu", "SCMP_ACT_ERRNO")
            #expect(try box.output(of: "grep ^Seccomp: /proc/1/status") == "Seccomp:\t2")
        }
    }

    @Test(
        .clause("config-linux.md#seccomp"),
        arguments: ["SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW", "SECCOMP_FILTER_FLAG_TSYNC"])
    func flagsAreTaken(flag: String) throws {
        try Box.with { (box) throws in
            var profile = rule("getcpu", "SCMP_ACT_ERRNO")
            profile["flags"] = .words([flag])
            box.config["linux", "seccomp"] = profile
            #expect(try box.output(of: "probe call \(Self.number("getcpu")) 0 0 0") == "result=-1 errno=1")
        }
    }

    @Test(.clause("config-linux.md#seccomp"), arguments: ["action", "op", "architecture", "flag"])
    func anUnknownWordIsRefused(place: String) throws {
        try Box.with { (box) throws in
            var profile = rule("getcpu", place == "action" ? "SCMP_ACT_DANCE" : "SCMP_ACT_ERRNO")
            switch place {
            case "op":
                profile = rule("getcpu", "SCMP_ACT_ERRNO", ["args": [["index": 0, "value": 1, "op": "SCMP_CMP_ODD"]]])
            case "architecture": profile["architectures"] = ["SCMP_ARCH_ABACUS"]
            case "flag": profile["flags"] = ["SECCOMP_FILTER_FLAG_DANCE"]
            default: break
            }
            box.config["linux", "seccomp"] = profile
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config-linux.md#containerprocessstate"))
    func theListenerGetsTheStateAndAnswersTheCalls() throws {
        try Box.with { (box) throws in
            let socket = box.directory + "/listener"
            let told = box.directory + "/told"
            let peer = try Command.start([Probe.path ?? "", "supervise", socket, "4242"], output: told)
            defer {
                peer.signal(SIGKILL)
                peer.wait()
            }
            #expect(Command.eventually { access(socket, F_OK) == 0 })
            var profile = rule("getcpu", "SCMP_ACT_NOTIFY")
            profile["listenerPath"] = .string(socket)
            profile["listenerMetadata"] = "metadata of the test"
            box.config["linux", "seccomp"] = profile
            box.config["annotations"] = ["org.example.key": "value"]
            try box.start(running: "probe call \(Self.number("getcpu")) 0 0 0")
            box.waitFor(output: "result=4242")
            let state = try JSON(parsing: Command.text(told))
            #expect(state["metadata"].text == "metadata of the test")
            #expect(state["fds"].items.compactMap(\.text) == ["seccompFd"])
            #expect(state["state", "id"].text == box.id)
            #expect(state["state", "bundle"].text == box.bundle)
            #expect(state["state", "annotations", "org.example.key"].text == "value")
            #expect((state["pid"].int ?? 0) > 0)
            #expect(!(state["ociVersion"].text ?? "").isEmpty)
        }
    }

    @Test(.clause("config-linux.md#containerprocessstate"))
    func notifyWithoutAListenerIsRefused() throws {
        try Box.with { (box) throws in
            box.config["linux", "seccomp"] = rule("getcpu", "SCMP_ACT_NOTIFY")
            try box.expectRefusal(of: box.create())
        }
    }
}
