import Foundation
import Harness
import Testing

/// One bundle and the containers made from it; whatever a test leaves of them is taken away and counts as a failure.
final class Box {
    let runtime = RuntimeUnderTest.current
    let directory: String
    let id: String
    var config: JSON
    private var hall: MountHall?
    /// Flags between the runtime's name and its verb, beside `--root`.
    var globals: [String] = []
    private var identifiers: Set<String> = []

    var bundle: String { directory + "/bundle" }
    var rootfs: String { bundle + "/rootfs" }
    /// Where the standard output and standard error of a container go that was made by `create`.
    var outputPath: String { directory + "/output" }
    var output: String { Command.text(outputPath) }
    var cgroupsPath: String { "/spyhop-conformance/\(id)" }

    private init() throws {
        directory = try TemporaryDirectory.make("spyhop-conformance")
        id = "c" + String((directory as NSString).lastPathComponent.suffix(6))
        config = .null
        mkdir(directory + "/bundle", 0o755)
        try Rootfs.make(at: rootfs)
        chmod(directory, 0o755)
        config = Self.plainConfiguration(cgroupsPath: cgroupsPath)
    }

    static func with(_ body: (Box) throws -> Void) throws {
        let box = try Box()
        defer { box.cleanUp() }
        try body(box)
        box.deleteAll()
        // Some runtimes only send the signal and do not wait for the end.
        _ = Command.eventually(attempts: 50) { box.leftovers().isEmpty }
        let left = box.leftovers()
        #expect(left == [], "left behind: \(left)")
    }

    /// A shell as root in new pid, mount, ipc and uts namespaces.
    private static func plainConfiguration(cgroupsPath: String) -> JSON {
        let capabilities: JSON = ["CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"]
        return [
            "ociVersion": "1.0.2",
            "process": [
                "terminal": false, "user": ["uid": 0, "gid": 0], "args": ["sh"], "cwd": "/",
                "env": ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root"],
                "capabilities": [
                    "bounding": capabilities, "effective": capabilities, "permitted": capabilities,
                ],
                "noNewPrivileges": true,
            ],
            "root": ["path": "rootfs", "readonly": false],
            "hostname": "box",
            "mounts": [
                ["destination": "/proc", "type": "proc", "source": "proc"],
                [
                    "destination": "/dev", "type": "tmpfs", "source": "tmpfs",
                    "options": ["nosuid", "strictatime", "mode=755", "size=65536k"],
                ],
                [
                    "destination": "/dev/pts", "type": "devpts", "source": "devpts",
                    "options": ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"],
                ],
            ],
            "linux": [
                "cgroupsPath": .string(cgroupsPath),
                "resources": ["devices": [["allow": false, "access": "rwm"]]],
                "namespaces": [["type": "pid"], ["type": "mount"], ["type": "ipc"], ["type": "uts"]],
            ],
        ]
    }

    // MARK: - Configuration

    var namespaces: [String] { config["linux", "namespaces"].items.compactMap { $0["type"].text } }

    /// Asks for a namespace, a new one or the one at `path`.
    func setNamespace(_ type: String, path: String? = nil) {
        removeNamespace(type)
        var entry: JSON = ["type": .string(type)]
        if let path { entry["path"] = .string(path) }
        config["linux", "namespaces"].append(entry)
    }

    func removeNamespace(_ type: String) {
        config["linux", "namespaces"] = .array(config["linux", "namespaces"].items.filter { $0["type"].text != type })
    }

    func addMount(_ destination: String, type: String? = nil, source: String? = nil, options: [String] = []) {
        var mount: JSON = ["destination": .string(destination), "options": .words(options)]
        if let type { mount["type"] = .string(type) }
        if let source { mount["source"] = .string(source) }
        config["mounts"].append(mount)
    }

    /// Gives all five sets these capabilities, by names without CAP_.
    func grant(_ names: String...) {
        let list = JSON.words(names.map { "CAP_" + $0 })
        for set in ["bounding", "effective", "permitted"] { config["process", "capabilities", set] = list }
    }

    func setScript(_ script: String) { config["process", "args"] = .words(["sh", "-c", script]) }

    func writeConfiguration() throws {
        try config.encoded.write(toFile: bundle + "/config.json", atomically: true, encoding: .utf8)
    }

    // MARK: - Commands

    /// The whole command line of one call.
    func commandLine(_ arguments: [String]) -> [String] {
        let words = (hall?.entering ?? runtime.view) + runtime.command
        let program = words[0].hasPrefix("/") ? words[0] : Programs.installed(words[0]) ?? words[0]
        return [program] + words.dropFirst() + ["--root", directory + "/state"] + globals + arguments
    }

    /// Any call, to its end.
    @discardableResult
    func call(_ arguments: [String], input: String = "", descriptors: [(path: String, number: Int32)] = []) throws
        -> Outcome
    {
        try Command.run(
            commandLine(arguments), environment: environment, input: input, scratch: directory,
            descriptors: descriptors,
            seconds: 30)
    }

    @discardableResult
    func call(_ arguments: String...) throws -> Outcome { try call(arguments) }

    var environment: [String] { [Command.searchPath, "HOME=/root", "XDG_RUNTIME_DIR=\(directory)"] }

    /// `run` in the foreground with the configuration as it stands.
    func run(flags: [String] = [], descriptors: [(path: String, number: Int32)] = []) throws -> Outcome {
        try writeConfiguration()
        identifiers.insert(id)
        return try call(["run", "--bundle", bundle] + flags + [id], descriptors: descriptors)
    }

    /// Runs a shell script as the container's process.
    func run(_ script: String, flags: [String] = []) throws -> Outcome {
        setScript(script)
        return try run(flags: flags)
    }

    /// The output of a script that is to end well.
    func output(of script: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        let outcome = try run(script)
        #expect(outcome.code == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
        return outcome.trimmed
    }

    /// `create`; what the command and the container say goes to `output`.
    @discardableResult
    func create(_ flags: [String] = [], id other: String? = nil) throws -> Outcome {
        try writeConfiguration()
        let name = other ?? id
        identifiers.insert(name)
        let pidFile = flags.contains("--pid-file") ? [] : ["--pid-file", pidPath(name)]
        let before = output.utf8.count
        let child = try Command.start(
            commandLine(["create", "--bundle", bundle] + pidFile + flags + [name]), environment: environment,
            output: outputPath)
        let code = try child.wait(seconds: 30)
        let said = String(decoding: Array(output.utf8).dropFirst(before), as: UTF8.self)
        return Outcome(code: code, output: said, errors: said)
    }

    /// Creates a container that runs `script` when started.
    func create(running script: String, flags: [String] = [], sourceLocation: SourceLocation = #_sourceLocation) throws
    {
        setScript(script)
        let outcome = try create(flags)
        try #require(outcome.code == 0, "create: \(outcome.errors)", sourceLocation: sourceLocation)
    }

    /// Creates and starts.
    func start(running script: String, flags: [String] = [], sourceLocation: SourceLocation = #_sourceLocation) throws {
        try create(running: script, flags: flags, sourceLocation: sourceLocation)
        let outcome = try call("start", id)
        try #require(outcome.code == 0, "start: \(outcome.errors)", sourceLocation: sourceLocation)
    }

    /// Starts a container that stays until it is killed.
    func startSleeping(sourceLocation: SourceLocation = #_sourceLocation) throws {
        try start(running: "trap 'exit 0' TERM; sleep 1000 & wait", sourceLocation: sourceLocation)
    }

    /// The state document; null when the runtime knows no such container.
    func state() throws -> JSON {
        let outcome = try call("state", id)
        return outcome.code == 0 ? try JSON(parsing: outcome.output) : .null
    }

    var status: String? { try? state()["status"].text }

    var pid: pid_t { (try? state()["pid"].int).flatMap { pid_t(exactly: $0) } ?? 0 }

    /// Waits until the state says so.
    func waitFor(status wanted: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let happened = Command.eventually(attempts: 250) { status == wanted }
        #expect(happened, "the status never was \(wanted), it is \(status ?? "none")", sourceLocation: sourceLocation)
    }

    /// Waits until the container's output has `text`.
    func waitFor(output text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let happened = Command.eventually(attempts: 250) { output.contains(text) }
        #expect(happened, "“\(text)” never was in the output:\n\(output)", sourceLocation: sourceLocation)
    }

    /// Expects a refusal that leaves nothing.
    func expectRefusal(of outcome: Outcome, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(outcome.code != 0, "was not refused", sourceLocation: sourceLocation)
        #expect(try state() == .null, "a container is left", sourceLocation: sourceLocation)
        let directories = cgroupDirectories()
        #expect(directories == [], "cgroups are left", sourceLocation: sourceLocation)
    }

    /// Has the runtime called in a mount namespace that plays the host from now on.
    func enterHall() throws -> MountHall {
        let hall = try MountHall()
        self.hall = hall
        if !runtime.view.isEmpty { try hall.run("mount -t cgroup2 none /sys/fs/cgroup") }
        return hall
    }

    /// Remembers that a test made the container by a command of its own.
    func adopt() { identifiers.insert(id) }

    // MARK: - The host's side

    /// Leaves a case out that needs cgroups of the container's own.
    func needsCgroups() throws {
        guard runtime.hasCgroups else {
            throw CannotRun(
                "\(runtime.kind.rawValue) needs CAP_SYS_RESOURCE for its cgroups, which this host withholds")
        }
    }

    /// The container's cgroup directories, in every hierarchy.
    func cgroupDirectories() -> [String] { CgroupTree.directories(at: cgroupsPath) }

    private func pidPath(_ name: String) -> String { directory + "/pid-of-\(name)" }

    /// First processes of created containers that live on.
    private func survivors() -> [pid_t] {
        // Without a cgroup and without a pid namespace a runtime has nothing to end the processes by.
        guard runtime.hasCgroups else { return [] }
        return firstProcesses()
    }

    private func firstProcesses() -> [pid_t] {
        identifiers.compactMap { pid_t(Command.text(pidPath($0))) }.filter { $0 > 1 && HostTraces.isAlive($0) }
    }

    private func deleteAll() {
        for name in identifiers { _ = try? call("delete", "--force", name) }
    }

    private func leftovers() -> [String] {
        HostTraces.processes(mentioning: directory) + HostTraces.mounts(mentioning: directory)
            + cgroupDirectories().map { "cgroup \($0)" } + survivors().map { "first process \($0)" }
    }

    private func cleanUp() {
        deleteAll()
        firstProcesses().forEach { kill($0, SIGKILL) }
        for line in HostTraces.processes(mentioning: directory) {
            if let pid = line.split(separator: " ").dropFirst().first.flatMap({ pid_t($0) }) { kill(pid, SIGKILL) }
        }
        hall?.close()
        for cgroup in cgroupDirectories() { CgroupTree.remove(cgroup) }
        try? FileManager.default.removeItem(atPath: directory)
    }
}
