import CSeccomp
import Engine
import LinuxSystem
import OCI
import Testing

@testable import Runtime

@Suite struct FilterTests {
    private func machine(_ capabilities: [Capability] = Capability.standard) throws -> BPFMachine {
        let mask = capabilities.reduce(0) { $0 | $1.bit }
        let program = try FilterCompiler(profile: StandardProfile.profile(), context: context(mask)).compile()
        #expect(program.count % 8 == 0)
        #expect(program.count / 8 < 4096)
        return BPFMachine(program)
    }

    private func context(_ capabilities: UInt64) -> FilterContext {
        FilterContext(
            capabilities: capabilities, architecture: "amd64", kernel: FilterContext.Version(major: 6, minor: 1))
    }

    private func number(_ name: String) -> Int32 { seccomp_syscall_resolve_name_arch(0xc000_003e, name) }

    @Test func everyNameIsKnownToLibseccompOrNewerThanIt() {
        let newer: Set<String> = [
            "cachestat", "fchmodat2", "futex_requeue", "futex_wait", "futex_wake", "map_shadow_stack",
        ]
        let names = (StandardProfile.profile().syscalls ?? []).flatMap { $0.names ?? [] }
        #expect(names.count > 380)
        for name in names where !newer.contains(name) {
            #expect(seccomp_syscall_resolve_name(name) != __NR_SCMP_ERROR, "\(name)")
        }
    }

    @Test(arguments: [
        "read", "write", "openat2", "execve", "futex", "epoll_wait", "capset", "setuid", "prctl", "statx",
    ])
    func ordinaryCallsAreAllowed(name: String) throws {
        #expect(try machine().verdict(number(name)) == .allow)
    }

    @Test(arguments: [
        "mount", "umount2", "setns", "unshare", "bpf", "reboot", "init_module", "kexec_load", "keyctl", "add_key",
        "io_uring_setup", "userfaultfd", "open_by_handle_at", "swapon", "settimeofday", "perf_event_open", "move_mount",
    ])
    func dangerousCallsFailWithEPERM(name: String) throws {
        #expect(try machine().verdict(number(name)) == .errno(1))
    }

    @Test func callsThatNoNameStandsForFailWithEPERM() throws {
        #expect(try machine().verdict(900) == .errno(1))
    }

    @Test func cloneMayNotMakeNamespaces() throws {
        let machine = try machine()
        #expect(machine.verdict(number("clone"), [0x0001_2000]) == .allow)
        for flag in [Namespaces.mount, Namespaces.user, Namespaces.pid, Namespaces.network, Namespaces.cgroup] {
            #expect(machine.verdict(number("clone"), [flag | 17]) == .errno(1))
        }
        #expect(machine.verdict(number("clone3")) == .errno(38))
    }

    @Test func administrationBringsMountsAndNamespaces() throws {
        let machine = try machine(Capability.standard + [.sysAdmin])
        #expect(machine.verdict(number("clone"), [Namespaces.user]) == .allow)
        #expect(machine.verdict(number("clone3")) == .allow)
        #expect(machine.verdict(number("mount")) == .allow)
        #expect(machine.verdict(number("reboot")) == .errno(1))
    }

    @Test func virtualSocketsAreRefused() throws {
        let machine = try machine()
        #expect(machine.verdict(number("socket"), [2]) == .allow)
        #expect(machine.verdict(number("socket"), [16]) == .allow)
        #expect(machine.verdict(number("socket"), [40]) == .errno(1))
    }

    @Test func onlyHarmlessPersonalitiesAreAllowed() throws {
        let machine = try machine()
        for value in StandardProfile.personalities {
            #expect(machine.verdict(number("personality"), [value]) == .allow)
        }
        // ADDR_NO_RANDOMIZE
        #expect(machine.verdict(number("personality"), [0x0004_0000]) == .errno(1))
    }

    @Test func thirtyTwoBitProgramsAreFilteredToo() throws {
        let machine = try machine()
        let i386: UInt32 = 0x4000_0003
        #expect(machine.verdict(seccomp_syscall_resolve_name_arch(i386, "write"), architecture: i386) == .allow)
        #expect(machine.verdict(seccomp_syscall_resolve_name_arch(i386, "mount"), architecture: i386) == .errno(1))
        // Another machine's calls kill.
        let verdict = machine.verdict(1, architecture: 0xc000_00b7)
        #expect(verdict != .allow && verdict != nil)
    }

    @Test func aCustomProfileIsCompiledWithItsArguments() throws {
        let json = """
            {"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64"], "syscalls": [
              {"names": ["mkdir"], "action": "SCMP_ACT_ERRNO", "errnoRet": 13},
              {"name": "kill", "action": "SCMP_ACT_ERRNO", "args": [{"index": 1, "value": 9, "op": "SCMP_CMP_EQ"}]},
              {"names": ["getpid"], "action": "SCMP_ACT_ERRNO", "includes": {"caps": ["CAP_SYS_TIME"]}}]}
            """
        let profile = try ProfileReader.read(json)
        let machine = BPFMachine(try FilterCompiler(profile: profile, context: context(0)).compile())
        #expect(machine.verdict(number("mkdir")) == .errno(13))
        #expect(machine.verdict(number("kill"), [1, 9]) == .errno(1))
        #expect(machine.verdict(number("kill"), [1, 15]) == .allow)
        #expect(machine.verdict(number("getpid")) == .allow)
    }

    @Test(arguments: [
        (#"{"syscalls": []}"#, "'defaultAction' is missing"),
        (#"{"defaultAction": "NO"}"#, "defaultAction: unknown action 'NO'"),
        (
            #"{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["read"]}]}"#,
            "syscalls[0]: 'action' is missing"
        ),
        (
            #"{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": [1], "action": "SCMP_ACT_LOG"}]}"#,
            "syscalls[0].names[0]: must be a text"
        ),
        (
            #"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["read"],"action":"SCMP_ACT_LOG","#
                + #""args":[{"index":0,"value":1,"op":"IS"}]}]}"#, "syscalls[0].args[0].op: unknown comparison 'IS'"
        ),
        (
            #"{"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_PDP11"]}"#,
            "unknown architecture 'SCMP_ARCH_PDP11'"
        ),
        ("{\"defaultAction\": \"SCMP_ACT_ALLOW\",\n oops}", "line 2"),
    ])
    func aWrongProfileIsToldWhereItIsWrong(json: String, words: String) {
        let error = #expect(throws: EngineError.self) {
            _ = try FilterCompiler(profile: try ProfileReader.read(json), context: context(0)).compile()
        }
        #expect(error?.code == .invalidArgument)
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test func theCacheAnswersWithTheSameBytesAndSurvivesDamage() throws {
        let directory = "/tmp/spyhop-filter-cache-\(UInt32.random(in: 0 ... .max))"
        defer { try? Files.removeTree(directory) }
        let cache = FilterCache(directory: directory)
        let first = try cache.program(.standard, context(0))
        let entries = try Files.list(directory)
        #expect(entries.count == 1)
        let path = directory + "/" + (entries.first?.name ?? "")
        #expect(try cache.program(.standard, context(0)) == first)
        // A capability that no rule looks at shares the filter, one that matters does not.
        #expect(try cache.program(.standard, context(Capability.chown.bit)) == first)
        #expect(try cache.program(.standard, context(Capability.sysAdmin.bit)) != first)
        var damaged = try Files.read(path)
        damaged[damaged.count - 3] ^= 0xff
        try Files.writeAtomically(damaged, to: path)
        #expect(try cache.program(.standard, context(0)) == first)
        #expect(try Files.read(path) != damaged)
    }

    @Test func conditionsOnTheKernelAreCompared() throws {
        let rule = LinuxSeccomp.Rule(names: ["ptrace"], action: "SCMP_ACT_ALLOW", includes: .init(minKernel: "4.8"))
        var context = context(0)
        #expect(context.admits(rule))
        context.kernel = FilterContext.Version(major: 4, minor: 7)
        #expect(!context.admits(rule))
        #expect(FilterContext.Version("6.1.0-18-amd64") == FilterContext.Version(major: 6, minor: 1))
        #expect(FilterContext.Version("nonsense") == nil)
    }
}
