import Engine
import OCI
import Testing

/// Each case changes one thing in a configuration that is right, and expects the finding by its path.
struct SpecCheckTests {
    static let host = SpecHost(capabilities: ["CAP_CHOWN", "CAP_KILL"])

    static var sound: Spec {
        Spec(
            process: Process(cwd: "/", env: ["PATH=/bin"], args: ["sh"]), root: Root(path: "rootfs"), hostname: "here",
            mounts: [Mount(destination: "/proc", type: "proc", source: "proc")],
            linux: Linux(
                namespaces: [.mount, .pid, .uts, .ipc, .network].map { LinuxNamespace(type: $0) },
                maskedPaths: ["/proc/kcore"]))
    }

    static func findings(_ change: (inout Spec) -> Void) -> String {
        var spec = sound
        change(&spec)
        do throws(EngineError) {
            _ = try SpecCheck.warnings(of: spec, on: host)
            return ""
        } catch { return error.message }
    }

    private func expect(_ path: String, _ change: (inout Spec) -> Void, at location: SourceLocation = #_sourceLocation)
    {
        let findings = Self.findings(change)
        #expect(findings.hasPrefix("config.json: \(path): "), "\(findings)", sourceLocation: location)
    }

    @Test func findsNothingInASoundConfiguration() throws {
        #expect(try SpecCheck.warnings(of: Self.sound, on: Self.host).isEmpty)
    }

    @Test(arguments: ["", "1", "1.2", "2.0.0", "0.1.0", "1.x.0", "one"])
    func refusesVersionsThatAreNoneOrNotOurs(_ version: String) {
        expect("ociVersion") { $0.ociVersion = version }
    }

    @Test(arguments: ["1.0.0", "1.0.2-dev", "1.2.0", "1.3.0", "1.1.0+dev"])
    func takesEveryVersionOne(_ version: String) {
        #expect(Self.findings({ $0.ociVersion = version }) == "")
    }

    @Test func refusesProcessesThatCannotBe() {
        expect("root") { $0.root = nil }
        expect("process.args") { $0.process?.args = nil }
        expect("process.args") { $0.process?.args = [] }
        expect("process.args[0]") { $0.process?.args = [""] }
        expect("process.cwd") { $0.process?.cwd = "tmp" }
        expect("process.cwd") { $0.process?.cwd = "" }
        expect("process.env[1]") { $0.process?.env = ["A=1", "B"] }
        expect("process.env[0]") { $0.process?.env = ["=1"] }
        expect("process.args[1]") { $0.process?.args = ["a", "b\0c"] }
        expect("process.oomScoreAdj") { $0.process?.oomScoreAdj = 1001 }
        expect("process.user.umask") { $0.process?.user.umask = 0o1000 }
    }

    @Test func takesAConfigurationWithoutAProcess() {
        #expect(Self.findings({ $0.process = nil }) == "")
    }

    @Test func refusesLimitsOfProcessesThatContradict() {
        expect("process.rlimits[0].type") { $0.process?.rlimits = [POSIXRlimit(type: "RLIMIT_X", hard: 1, soft: 1)] }
        expect("process.rlimits[0].soft") {
            $0.process?.rlimits = [POSIXRlimit(type: "RLIMIT_CPU", hard: 1, soft: 2)]
        }
        let twice = POSIXRlimit(type: "RLIMIT_CPU", hard: 1, soft: 1)
        expect("process.rlimits[1].type") { $0.process?.rlimits = [twice, twice] }
    }

    @Test func passesOverUnknownCapabilitiesWithAWarning() throws {
        var spec = Self.sound
        spec.process?.capabilities = LinuxCapabilities(bounding: ["CAP_KILL", "CAP_FLY"])
        #expect(
            try SpecCheck.warnings(of: spec, on: Self.host)
                == ["process.capabilities.bounding[1]: unknown capability 'CAP_FLY' is passed over"])
    }

    @Test func refusesSchedulersThatContradict() {
        let at = "process.scheduler"
        expect("\(at).policy") { $0.process?.scheduler = Scheduler(policy: "FIFO") }
        expect("\(at).priority") { $0.process?.scheduler = Scheduler(policy: "SCHED_FIFO") }
        expect("\(at).priority") { $0.process?.scheduler = Scheduler(policy: "SCHED_RR", priority: 100) }
        expect("\(at).priority") { $0.process?.scheduler = Scheduler(policy: "SCHED_OTHER", priority: 1) }
        expect("\(at).nice") { $0.process?.scheduler = Scheduler(policy: "SCHED_OTHER", nice: 20) }
        expect("\(at).flags[0]") { $0.process?.scheduler = Scheduler(policy: "SCHED_OTHER", flags: ["X"]) }
        expect("\(at).runtime") { $0.process?.scheduler = Scheduler(policy: "SCHED_BATCH", runtime: 1) }
        expect("\(at).deadline") {
            $0.process?.scheduler = Scheduler(policy: "SCHED_DEADLINE", runtime: 5, deadline: 4, period: 9)
        }
    }

    @Test func refusesPrioritiesOfInputThatAreNone() {
        expect("process.ioPriority.class") { $0.process?.ioPriority = LinuxIOPriority(class: "BE") }
        expect("process.ioPriority.priority") {
            $0.process?.ioPriority = LinuxIOPriority(class: "IOPRIO_CLASS_BE", priority: 8)
        }
        expect("process.execCPUAffinity.initial") { $0.process?.execCPUAffinity = CPUAffinity(initial: "0-") }
        expect("process.execCPUAffinity.final") { $0.process?.execCPUAffinity = CPUAffinity(final: "3-1") }
    }

    @Test func refusesLabelsWhereNothingEnforcesThem() {
        expect("process.apparmorProfile") { $0.process?.apparmorProfile = "docker-default" }
        expect("process.selinuxLabel") { $0.process?.selinuxLabel = "a:b:c:d" }
        expect("linux.mountLabel") { $0.linux?.mountLabel = "a:b:c:d" }
        expect("linux.intelRdt") { $0.linux?.intelRdt = LinuxIntelRdt() }
    }

    @Test func refusesNamespacesThatContradict() {
        expect("linux.namespaces[5]") { $0.linux?.namespaces?.append(LinuxNamespace(type: .pid)) }
        expect("linux.namespaces[0].path") { $0.linux?.namespaces?[0].path = "ns/mnt" }
        expect("hostname") { $0.linux?.namespaces?.removeAll { $0.type == .uts } }
        expect("linux.uidMappings") { $0.linux?.uidMappings = [LinuxIDMapping(containerID: 0, hostID: 0, size: 1)] }
        expect("linux.uidMappings") { $0.linux?.namespaces?.append(LinuxNamespace(type: .user)) }
        expect("linux.maskedPaths") { $0.linux?.namespaces?.removeAll { $0.type == .mount } }
        expect("linux.maskedPaths[0]") { $0.linux?.maskedPaths = ["proc"] }
        expect("linux.timeOffsets") { $0.linux?.timeOffsets = ["monotonic": LinuxTimeOffset(secs: 1)] }
        expect("linux.timeOffsets.realtime") {
            $0.linux?.namespaces?.append(LinuxNamespace(type: .time))
            $0.linux?.timeOffsets = ["realtime": LinuxTimeOffset(secs: 1)]
        }
    }

    @Test func refusesMappingsThatOverlap() {
        expect("linux.uidMappings[1].containerID") {
            $0.linux?.namespaces?.append(LinuxNamespace(type: .user))
            $0.linux?.uidMappings = [
                LinuxIDMapping(containerID: 0, hostID: 0, size: 10),
                LinuxIDMapping(containerID: 9, hostID: 50, size: 1),
            ]
            $0.linux?.gidMappings = [LinuxIDMapping(containerID: 0, hostID: 0, size: 1)]
        }
        expect("linux.gidMappings[0]") {
            $0.linux?.namespaces?.append(LinuxNamespace(type: .user))
            $0.linux?.uidMappings = [LinuxIDMapping(containerID: 0, hostID: 0, size: 1)]
            $0.linux?.gidMappings = [LinuxIDMapping(containerID: 0, hostID: 4_294_967_295, size: 2)]
        }
    }

    @Test(arguments: ["vm.swappiness", "kernel.panic", "kernel.hostname", "", "net/../vm/swappiness"])
    func refusesKernelParametersOfTheHost(_ name: String) {
        expect("linux.sysctl[\"\(name)\"]") { $0.linux?.sysctl = [name: "1"] }
    }

    @Test(arguments: ["net.ipv4.ip_forward", "net/ipv4/conf/eth0.1/forwarding", "kernel.sem", "fs.mqueue.msg_max"])
    func takesKernelParametersOfItsNamespaces(_ name: String) {
        #expect(Self.findings({ $0.linux?.sysctl = [name: "1"] }) == "")
        expect("linux.sysctl[\"\(name)\"]") {
            $0.linux?.sysctl = [name: "1"]
            $0.linux?.namespaces?.removeAll { $0.type == .network || $0.type == .ipc }
        }
    }

    @Test func refusesDevicesMountsAndHooksThatCannotBe() {
        expect("linux.devices[0].type") {
            $0.linux?.devices = [LinuxDevice(type: "x", path: "/dev/x", major: 1, minor: 1)]
        }
        expect("linux.devices[0].major") { $0.linux?.devices = [LinuxDevice(type: "c", path: "/dev/x", minor: 1)] }
        expect("linux.devices[0].path") { $0.linux?.devices = [LinuxDevice(type: "p", path: "x")] }
        expect("mounts[0].gidMappings") {
            $0.mounts?[0].uidMappings = [LinuxIDMapping(containerID: 0, hostID: 0, size: 1)]
        }
        expect("mounts[0].source") { $0.mounts?[0] = Mount(destination: "/a", options: ["rbind"]) }
        expect("mounts[0].destination") { $0.mounts?[0].destination = "" }
        expect("hooks.prestart[0].path") { $0.hooks = Hooks(prestart: [Hook(path: "true")]) }
        expect("hooks.poststop[0].timeout") { $0.hooks = Hooks(poststop: [Hook(path: "/bin/true", timeout: 0)]) }
        expect("linux.rootfsPropagation") { $0.linux?.rootfsPropagation = "public" }
        expect("linux.personality.domain") { $0.linux?.personality = LinuxPersonality(domain: "BSD") }
    }

    @Test func warnsOfMountsThatAreNotAbsolute() throws {
        var spec = Self.sound
        spec.mounts?[0].destination = "proc"
        #expect(try SpecCheck.warnings(of: spec, on: Self.host).first?.hasPrefix("mounts[0].destination: ") == true)
    }

    @Test func refusesFiltersThatContradict() {
        func seccomp(_ path: String, _ change: (inout LinuxSeccomp) -> Void) {
            expect("linux.seccomp.\(path)") {
                var seccomp = LinuxSeccomp(
                    defaultAction: "SCMP_ACT_ALLOW",
                    syscalls: [.init(names: ["mkdir"], action: "SCMP_ACT_ERRNO", errnoRet: 1)])
                change(&seccomp)
                $0.linux?.seccomp = seccomp
            }
        }
        seccomp("defaultAction") { $0.defaultAction = "ALLOW" }
        seccomp("defaultAction") { $0.defaultAction = "SCMP_ACT_NOTIFY" }
        seccomp("architectures[0]") { $0.architectures = ["SCMP_ARCH_Z80"] }
        seccomp("flags[0]") { $0.flags = ["X"] }
        seccomp("syscalls[0].action") { $0.syscalls?[0].action = "X" }
        seccomp("syscalls[0].errnoRet") { $0.syscalls?[0].action = "SCMP_ACT_KILL" }
        seccomp("syscalls[0].names") { $0.syscalls?[0].names = [] }
        seccomp("syscalls[0].args[0].op") { $0.syscalls?[0].args = [.init(index: 0, value: 1, op: "EQ")] }
        seccomp("syscalls[0].args[0].index") { $0.syscalls?[0].args = [.init(index: 6, value: 1, op: "SCMP_CMP_EQ")] }
        seccomp("listenerPath") { $0.syscalls?[0] = .init(names: ["mkdir"], action: "SCMP_ACT_NOTIFY") }
        seccomp("listenerMetadata") { $0.listenerMetadata = "x" }
    }

    @Test func refusesLimitsThatContradict() {
        func resources(_ path: String, _ resources: LinuxResources) {
            expect("linux.resources.\(path)") { $0.linux?.resources = resources }
        }
        resources("memory.swap", LinuxResources(memory: .init(limit: 10, swap: 5)))
        resources("memory.limit", LinuxResources(memory: .init(limit: -2)))
        resources("memory.swappiness", LinuxResources(memory: .init(swappiness: 101)))
        resources("cpu.cpus", LinuxResources(cpu: .init(cpus: "a")))
        resources("cpu.idle", LinuxResources(cpu: .init(idle: 2)))
        resources("cpu.burst", LinuxResources(cpu: .init(quota: 1000, burst: 2000)))
        resources("pids.limit", LinuxResources(pids: .init(limit: -2)))
        resources("devices[0].type", LinuxResources(devices: [LinuxDeviceCgroup(allow: true, type: "x")]))
        resources("devices[0].access", LinuxResources(devices: [LinuxDeviceCgroup(allow: true, access: "x")]))
        resources("blockIO.weight", LinuxResources(blockIO: .init(weight: 5)))
        resources("hugepageLimits[0].pageSize", LinuxResources(hugepageLimits: [.init(pageSize: "2M", limit: 1)]))
        resources(#"unified["a/b"]"#, LinuxResources(unified: ["a/b": "1"]))
    }

    @Test func holdsCgroupPathsToTheirForm() {
        expect("linux.cgroupsPath") { $0.linux?.cgroupsPath = "/a/../b" }
        expect("linux.cgroupsPath") { $0.linux?.cgroupsPath = "/" }
        #expect(Self.findings({ $0.linux?.cgroupsPath = "a/b" }) == "")
        var spec = Self.sound
        var host = Self.host
        host.usesSystemd = true
        spec.linux?.cgroupsPath = "/a/b"
        #expect(throws: EngineError.self) { try SpecCheck.warnings(of: spec, on: host) }
        spec.linux?.cgroupsPath = "system.slice:spyhop:x"
        #expect(throws: Never.self) { try SpecCheck.warnings(of: spec, on: host) }
    }

    @Test func tellsEveryProblemAtOnce() {
        let findings = Self.findings {
            $0.root = nil
            $0.process?.cwd = "x"
        }
        #expect(findings.contains("root: ") && findings.contains("process.cwd: "))
    }
}
