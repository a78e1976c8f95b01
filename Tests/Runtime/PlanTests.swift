import CMonitorWire
import Cgroups
import Engine
import OCI
import Testing

@testable import Runtime

@Suite struct PlanTests {
    private let all = Capability.allCases.reduce(UInt64(0)) { $0 | $1.bit }
    private let cgroup = ContainerCgroup(
        paths: [
            "unified": "/u/spyhop/" + String(repeating: "a", count: 64),
            "memory": "/m/spyhop/" + String(repeating: "a", count: 64),
        ])

    private func plan(
        uid: UInt32 = 0, filter: [UInt8] = [6, 0, 0, 0, 0, 0, 255, 127],
        _ change: (inout ContainerSpec, inout Bundle) -> Void = { _, _ in }
    ) throws -> PlanReader {
        var request = ContainerSpec(image: "busybox", command: ["sh"])
        var bundle = Bundle(
            id: ContainerID(rawValue: String(repeating: "a", count: 64)), directory: "/c/x",
            root: .overlay(
                base: "/l", layers: ["top", "l:w"], upper: "/c/x/upper", work: "/c/x/work", merged: "/c/x/merged"),
            socketPath: "/r/x.sock", logPath: "/c/x/container.log", eventsPath: "/events",
            eventAttributes: ["name": "we\"b\n", "image": "busybox"])
        change(&request, &bundle)
        bundle.apply(request)
        let spec = try SpecBuilder(
            request: request, process: ResolvedProcess(arguments: request.command, uid: uid, gid: uid),
            hostname: "whale",
            rootPath: "/c/x/merged", nameFilesDirectory: "/c/x",
            host: HostFeatures(capabilities: all, cgroupMode: .hybrid)
        ).spec()
        return try #require(PlanReader(try PlanBuilder.run(spec, bundle, cgroup: cgroup, filter: filter).plan))
    }

    private func kinds(_ plan: PlanReader) -> [sph_op_kind] { plan.operations.map { sph_op_kind($0.kind) } }

    private func order(_ plan: PlanReader, _ kinds: sph_op_kind...) throws -> [Int] {
        try kinds.map { kind in try #require(self.kinds(plan).firstIndex(of: kind), "\(kind)") }
    }

    @Test func theHeaderSaysHowTheMonitorBehaves() throws {
        let plan = try plan { request, bundle in
            request.tty = true
            request.autoRemove = true
            request.restartPolicy = .onFailure(maximumRetries: 3)
            request.stopSignal = 2
            request.stopTimeout = 4
            request.logRotation = .init(maximumSize: 1000, maximumFiles: 2)
            bundle.exitCommand = ["/usr/bin/spyhop", "reap", "x"]
            bundle.terminalSize = TerminalSize(columns: 80, rows: 24)
        }
        let header = plan.header
        #expect(header.mode == SPH_MODE_RUN.rawValue)
        #expect(header.flags == UInt32(SPH_PLAN_TTY.rawValue | SPH_PLAN_AUTO_REMOVE.rawValue))
        #expect(
            header.clone_flags
                == Namespaces.mount | Namespaces.pid | Namespaces.uts | Namespaces.ipc | Namespaces.network)
        #expect(header.restart == SPH_RESTART_ON_FAILURE.rawValue && header.restart_retries == 3)
        #expect(header.stop_signal == 2 && header.stop_timeout_ms == 4000)
        #expect(header.log_max_files == 2 && header.log_max_size == 1000)
        #expect(header.terminal_rows == 24 && header.terminal_columns == 80)
        #expect(plan.text(header.socket_path) == "/r/x.sock" && plan.text(header.directory) == "/c/x")
        #expect(plan.text(header.event_fields) == #""image":"busybox","name":"we\"b\n""#)
        #expect(plan.list(header.exit_command) == ["/usr/bin/spyhop", "reap", "x"])
        #expect(plan.text(header.cgroup_v2) == cgroup.v2Directory)
        // Not the directories in which other containers' cgroups are gathered, too.
        #expect(plan.list(header.cgroup_list) == [cgroup.paths["unified"], cgroup.paths["memory"]].compactMap { $0 })
        #expect(kinds(plan).contains(SPH_OP_TERMINAL))
    }

    @Test func theOrderOfAStartIsSafe() throws {
        let plan = try plan()
        let found = try order(
            plan, SPH_OP_UNSHARE, SPH_OP_PROPAGATION, SPH_OP_OVERLAY, SPH_OP_ROOT, SPH_OP_MOUNT, SPH_OP_BIND,
            SPH_OP_DEVICE,
            SPH_OP_MASK, SPH_OP_READONLY, SPH_OP_PIVOT_ROOT, SPH_OP_CHDIR, SPH_OP_SECCOMP, SPH_OP_IDENTITY,
            SPH_OP_CAPABILITIES, SPH_OP_EXEC)
        #expect(found == found.sorted())
        #expect(kinds(plan).last == SPH_OP_EXEC)
        // Nothing is mounted once a path has been hidden: it could lie on top.
        let masks = found[7]
        #expect(!kinds(plan)[masks...].contains { $0 == SPH_OP_MOUNT || $0 == SPH_OP_BIND })
    }

    @Test func theFilterIsLastWhereTheKernelLetsIt() throws {
        let withPromise = try plan { request, _ in request.noNewPrivileges = true }
        let promised = try order(
            withPromise, SPH_OP_IDENTITY, SPH_OP_CAPABILITIES, SPH_OP_NO_NEW_PRIVILEGES, SPH_OP_SECCOMP, SPH_OP_EXEC)
        #expect(promised == Array(promised[0]...promised[0] + 4))
        let asAdministrator = try plan { request, _ in request.capAdd = ["SYS_ADMIN"] }
        let kept = try order(asAdministrator, SPH_OP_CAPABILITIES, SPH_OP_SECCOMP, SPH_OP_EXEC)
        #expect(kept == Array(kept[0]...kept[0] + 2))
        // Another user loses CAP_SYS_ADMIN with the identity, whatever was added.
        let asUser = try plan(uid: 1000) { request, _ in request.capAdd = ["SYS_ADMIN"] }
        let early = try order(asUser, SPH_OP_SECCOMP, SPH_OP_IDENTITY)
        #expect(early[0] < early[1])
        #expect(try !kinds(plan(filter: [])).contains(SPH_OP_SECCOMP))
    }

    @Test func theOverlayIsMountedByShortEscapedNames() throws {
        let plan = try plan()
        let overlay = try #require(plan.operations.first { $0.kind == SPH_OP_OVERLAY.rawValue })
        #expect(plan.text(overlay.s1) == "/l" && plan.text(overlay.s3) == "/c/x/merged")
        #expect(plan.text(overlay.s2) == "lowerdir=top:l\\:w,upperdir=/c/x/upper,workdir=/c/x/work")
    }

    @Test func mountsBecomeFlagsAndData() throws {
        let plan = try plan { request, _ in
            request.mounts = [
                MountSpec(source: .tmpfs(size: 4096, mode: 0o1777), target: "/deep/er/"),
                MountSpec(
                    source: .bind(path: "/src", createMissing: true), target: "/deep", readOnly: true,
                    propagation: .rslave),
            ]
            request.readOnlyRoot = true
        }
        let bind = try #require(plan.operations.first { plan.text($0.s1) == "/src" })
        #expect(plan.text(bind.s2) == "/deep" && bind.n3 == 1)
        #expect(bind.n1 == MountOptions.bind | MountOptions.recursive | MountOptions.readOnly)
        #expect(bind.n2 == MountOptions.isSlave | MountOptions.recursive)
        let tmpfs = try #require(plan.operations.first { plan.text($0.s2) == "/deep/er" })
        #expect(plan.text(tmpfs.s3) == "tmpfs" && plan.text(tmpfs.s4) == "size=4096,mode=1777")
        #expect(tmpfs.n1 == MountOptions.noSuid | MountOptions.noDev | MountOptions.noExec)
        // The deeper target lies on top of the other.
        let targets = plan.operations.map { plan.text($0.s2) }
        #expect(try #require(targets.firstIndex(of: "/deep")) < #require(targets.firstIndex(of: "/deep/er")))
        #expect(kinds(plan).contains(SPH_OP_ROOT_READONLY))
    }

    @Test func theProcessIsWhatWasAskedFor() throws {
        let plan = try plan(uid: 7) { request, bundle in
            request.capDrop = ["ALL"]
            request.capAdd = ["KILL"]
            request.useInit = true
            request.networkMode = .host
        }
        let exec = try #require(plan.operations.last)
        #expect(plan.list(exec.s1) == ["sh"])
        #expect(plan.list(exec.s2).contains("HOSTNAME=whale") && plan.list(exec.s2).contains("HOME=/root"))
        let identity = try #require(plan.operations.first { $0.kind == SPH_OP_IDENTITY.rawValue })
        #expect(identity.n1 == 7 && identity.n2 == 7)
        let capabilities = try #require(plan.operations.first { $0.kind == SPH_OP_CAPABILITIES.rawValue })
        #expect(capabilities.n1 == Capability.kill.bit)
        #expect(capabilities.n2 == 0 && capabilities.n3 == 0 && capabilities.n4 == 0)
        #expect(kinds(plan).contains(SPH_OP_INIT))
        #expect(plan.header.clone_flags & Namespaces.network == 0 && !kinds(plan).contains(SPH_OP_LOOPBACK_UP))
        let device = try #require(
            plan.operations.first { plan.text($0.s1) == "/dev/null" && $0.kind == SPH_OP_DEVICE.rawValue })
        #expect(device.n1 == 0o020666 && device.n2 == 0x103)
    }

    @Test func protectionsFallOnlyWithPrivileges() throws {
        let plan = try plan { request, _ in request.privileged = true }
        #expect(!kinds(plan).contains(SPH_OP_MASK) && !kinds(plan).contains(SPH_OP_READONLY))
        let masked = try self.plan()
        let paths = masked.operations.filter { $0.kind == SPH_OP_MASK.rawValue }.map { masked.text($0.s1) }
        #expect(paths == SpecBuilder.maskedPaths)
    }

    @Test func mountsAreSharedWithTheHostOnlyWhereABindAsksForIt() throws {
        let usual = try plan()
        let first = try #require(usual.operations.first { $0.kind == SPH_OP_PROPAGATION.rawValue })
        #expect(first.n1 == MountOptions.isSlave | MountOptions.recursive)
        #expect(!kinds(usual).contains(SPH_OP_PARENT_PROPAGATION))
        let shared = try plan { request, _ in
            request.mounts = [
                MountSpec(source: .bind(path: "/a", createMissing: true), target: "/x", propagation: .rshared)
            ]
        }
        let found = try order(shared, SPH_OP_PROPAGATION, SPH_OP_PARENT_PROPAGATION, SPH_OP_OVERLAY)
        #expect(found == found.sorted())
        #expect(shared.operations[found[0]].n1 == MountOptions.isShared | MountOptions.recursive)
        #expect(shared.text(shared.operations[found[1]].s1) == "/c/x/merged")
    }

    @Test func whatIsBelowAReadOnlyBindFollowsItUnlessItMayNot() throws {
        func binds(_ recursion: MountSpec.Recursion?) throws -> (sph_op, Bool) {
            let plan = try plan { request, _ in
                request.mounts = [
                    MountSpec(
                        source: .bind(path: "/a", createMissing: false), target: "/x", readOnly: true,
                        recursion: recursion)
                ]
            }
            let bind = try #require(
                plan.operations.first { $0.kind == SPH_OP_BIND.rawValue && plan.text($0.s2) == "/x" })
            return (bind, kinds(plan).contains(SPH_OP_ATTRIBUTES))
        }
        let flags = MountOptions.bind | MountOptions.recursive | MountOptions.readOnly
        #expect(try binds(nil).0.n1 == flags)
        #expect(try binds(.disabled).0.n1 == flags & ~MountOptions.recursive)
        #expect(try binds(.readonly).0.n4 == MountOptions.readOnly)
        let writable = try binds(.writable)
        #expect(writable.0.n1 == flags & ~MountOptions.readOnly && writable.1)
    }

    @Test func senselessRequestsAreRefused() {
        let refused: [(inout ContainerSpec) -> Void] = [
            { $0.command = [] }, { $0.mounts = [MountSpec(source: .tmpfs(size: nil, mode: nil), target: "relative")] },
            { $0.mounts = [MountSpec(source: .tmpfs(size: nil, mode: nil), target: "/.")] },
            { $0.mounts = [MountSpec(source: .bind(path: "rel", createMissing: true), target: "/x")] },
            { $0.command = ["a\u{0}b"] },
        ]
        for change in refused {
            #expect(throws: EngineError.self) { _ = try plan { request, _ in change(&request) } }
        }
    }

    @Test func environmentsAreCompletedAsDockerDoes() {
        let process = ResolvedProcess(arguments: ["x"], environment: ["A=1", "PATH=/p", "A=2", "TERM=dumb"], home: "")
        #expect(
            process.completeEnvironment(hostname: "h", tty: true)
                == ["PATH=/p", "HOSTNAME=h", "TERM=dumb", "A=2", "HOME=/"])
    }

    @Test func damagedPlansAreNoPlans() throws {
        var writer = PlanWriter(mode: SPH_MODE_EXEC)
        writer.add(SPH_OP_EXEC, s1: writer.list(["a", "", "b"]))
        let bytes = try writer.encoded()
        let reader = try #require(PlanReader(bytes))
        #expect(reader.list(reader.operations[0].s1) == ["a", "", "b"])
        #expect(PlanReader(Array(bytes.dropLast())) == nil)
        #expect(PlanReader([]) == nil)
        #expect(reader.data(sph_span(offset: .max, length: .max)).isEmpty)
    }
}
