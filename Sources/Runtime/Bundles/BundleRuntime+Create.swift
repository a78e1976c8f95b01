import Cgroups
import Engine
import Glibc
import LinuxSystem
import OCI

extension BundleRuntime {
    /// Makes a container from a bundle.
    /// - Parameter terminal: takes the terminal's master where there is no console socket; closed afterwards.
    /// - Returns: the first process, this process's child.
    /// - Throws: `.invalidArgument` for a configuration that is wrong, `.conflict` when the name is taken, and whatever
    ///   the making fails with. Nothing is left behind then.
    public func create(
        _ creation: BundleCreation, terminal: @escaping (Int32) throws -> Void = { _ in }
    ) throws(EngineError) -> Int32 {
        try BundleID.check(creation.id)
        let loaded = try BundleSpec.load(bundle: creation.bundle, host: host)
        try checkTerminal(loaded.spec.process, creation)
        loaded.warnings.forEach(warn)
        try store.reserve(creation.id)
        var record = BundleRecord(
            id: creation.id, bundle: loaded.bundle, rootfs: loaded.spec.root?.path ?? loaded.bundle,
            created: Timestamp(nanoseconds: Clock.realtime()).rfc3339, owner: geteuid(), process: nil,
            creator: BundleProcess(runningAs: getpid()), cgroup: BundleCgroup(),
            annotations: loaded.spec.annotations, usesSystemd: host.usesSystemd,
            hasPoststop: loaded.spec.hooks?.poststop?.isEmpty == false)
        do throws(EngineError) {
            let hierarchies = try CgroupHierarchies.detect()
            let (launch, holder) = try prepare(&record, loaded, creation, hierarchies)
            defer { holder?.end() }
            do throws(EngineError) {
                return try start(launch, &record, loaded.spec, creation, launcher(hierarchies), terminal)
            } catch {
                if let process = record.process { _ = try? process.signal(SIGKILL) }
                // From the hooks of the creation on it is a container that is stopped and deleted, with its last hooks.
                try? destroy(record, spec: loaded.spec)
                throw error
            }
        } catch {
            if try store.exists(creation.id) { try? destroy(record, spec: nil) }
            throw error
        }
    }

    /// Makes all but the process.
    private func prepare(
        _ record: inout BundleRecord, _ loaded: BundleSpec, _ creation: BundleCreation,
        _ hierarchies: CgroupHierarchies
    ) throws(EngineError) -> (BundleLaunch, ScopeHolder?) {
        try store.keep(configuration: loaded.bytes, of: creation.id)
        try store.save(record)
        let holder = try makeCgroup(&record, loaded.spec, hierarchies)
        try store.save(record)
        var spec = loaded.spec
        if !creation.environment.isEmpty {
            spec.process?.env = (loaded.spec.process?.env ?? []) + creation.environment
        }
        var launch = BundleLaunch(
            spec: spec, id: record.id, bundle: record.bundle, rootfs: record.rootfs, cgroup: cgroup(record))
        launch.preservedDescriptors = creation.preservedDescriptors
        launch.noPivot = creation.noPivot
        launch.keepsKeyring = creation.keepsKeyring
        if creation.waits {
            try store.makeFifo(record.id)
            launch.gate = store.fifo(record.id)
        }
        return (launch, holder)
    }

    private func start(
        _ launch: BundleLaunch, _ record: inout BundleRecord, _ spec: Spec, _ creation: BundleCreation,
        _ launcher: BundleLauncher, _ terminal: @escaping (Int32) throws -> Void
    ) throws(EngineError) -> Int32 {
        let console = creation.consoleSocket
        let handlers = handlers(
            record, spec, terminal: console.map { path in { try Self.hand($0, to: path) } } ?? terminal)
        let pid = try launching(spec.process) { try launcher.create(launch, handlers) }
        // Our child, so that the number is its own until it is waited for.
        record.process = BundleProcess(runningAs: pid) ?? BundleProcess(pid: pid, startTicks: 0)
        record.creator = nil
        try store.save(record)
        if let file = creation.pidFile { try Self.write(pid, to: file) }
        if !creation.waits { runPoststart(record, spec) }
        return pid
    }

    func launcher(_ hierarchies: CgroupHierarchies) -> BundleLauncher {
        BundleLauncher(monitorPath: monitorPath, seccompCache: store.root + "/.seccomp", hierarchies: hierarchies)
    }

    /// The launcher's errors are `EngineError`s or those of a handler.
    func launching(_ process: OCI.Process?, _ work: () throws -> Int32) throws(EngineError) -> Int32 {
        do { return try work() } catch let error as EngineError {
            throw Self.spelled(error, process?.args?.first ?? "")
        } catch { throw EngineError(.system, "cannot start the container", cause: error) }
    }

    /// The words by which dockerd and podman tell 126 and 127 from other failures.
    static func spelled(_ error: EngineError, _ command: String) -> EngineError {
        switch error.code {
        case .commandNotFound where !command.contains("/"):
            EngineError(.commandNotFound, "exec: \"\(command)\": executable file not found in $PATH")
        case .commandNotExecutable where error.message.lowercased().hasSuffix("permission denied"):
            EngineError(.commandNotExecutable, "exec: \"\(command)\": permission denied")
        default: error
        }
    }

    func handlers(
        _ record: BundleRecord, _ spec: Spec, terminal: @escaping (Int32) throws -> Void
    ) -> LaunchHandlers {
        LaunchHandlers(
            hooks: { pid in
                var record = record
                record.process = BundleProcess(pid: pid, startTicks: 0)
                let hooks = BundleHooks(state: hookState(record, .creating))
                try hooks.run(spec.hooks?.prestart, "prestart")
                try hooks.run(spec.hooks?.createRuntime, "createRuntime")
            },
            terminal: terminal,
            listener: { descriptor, pid in
                var record = record
                if record.process == nil { record.process = BundleProcess(pid: pid, startTicks: 0) }
                let state = hookState(record, record.creator == nil ? status(record) : .creating)
                try SeccompListener.hand(descriptor, of: pid, state: state, seccomp: spec.linux?.seccomp)
            })
    }

    private func checkTerminal(_ process: OCI.Process?, _ creation: BundleCreation) throws(EngineError) {
        let terminal = process?.terminal == true
        if creation.waits || creation.isDetached, terminal, creation.consoleSocket == nil {
            throw EngineError(
                .invalidArgument,
                "process.terminal: cannot allocate tty if the runtime will detach without setting console socket")
        }
        if !terminal, creation.consoleSocket != nil {
            throw EngineError(.invalidArgument, "--console-socket is of no use without process.terminal")
        }
    }

    /// A warning and no more (runtime-spec, runtime.md, "Lifecycle").
    func runPoststart(_ record: BundleRecord, _ spec: Spec) {
        let hooks = BundleHooks(state: hookState(record, .running))
        for failure in hooks.runAll(spec.hooks?.poststart, "poststart") { warn(failure) }
    }

    /// Sends a terminal's master to whoever listens on a socket.
    static func hand(_ master: Int32, to path: String) throws(EngineError) {
        do throws(SystemError) {
            let socket = try UnixSocket.connect(path)
            try DescriptorPassing.send(Array("/dev/ptmx".utf8), with: master, to: socket)
        } catch { throw EngineError(.system, "cannot hand the terminal over the console socket \(path)", cause: error) }
    }

    static func write(_ pid: Int32, to path: String) throws(EngineError) {
        do throws(SystemError) { try Files.writeAtomically(Array("\(pid)".utf8), to: path) } catch {
            throw EngineError(.system, "cannot write the pid file", cause: error)
        }
    }
}

/// Hands a seccomp filter's listener to the agent that asked for it (runtime-spec, config-linux.md, "Seccomp").
enum SeccompListener {
    static func hand(
        _ descriptor: Int32, of pid: Int32, state: State, seccomp: LinuxSeccomp?
    ) throws(EngineError) {
        guard let path = seccomp?.listenerPath, !path.isEmpty else { return }
        let document = ContainerProcessState(
            ociVersion: BundleRuntime.specificationVersion, fds: [ContainerProcessState.seccompDescriptor],
            pid: Int(pid), metadata: seccomp?.listenerMetadata, state: state)
        let bytes = try SpecDocument.write(document)
        do throws(SystemError) {
            let socket = try UnixSocket.connect(path)
            try DescriptorPassing.send(bytes, with: descriptor, to: socket)
        } catch { throw EngineError(.system, "cannot hand the seccomp listener to \(path)", cause: error) }
    }
}
