import Engine
import LinuxSystem
import OCI
import Runtime

/// `exec`: a further process in a container, from a file or from arguments.
enum OCIExec {
    static let verb = OCIVerb(
        "exec", "<container-id> <command> [args...]  |  --process <file> <container-id>",
        help: "run a further process in a container",
        options: [
            OCIOption("console-socket", value: "path", help: "unix socket that gets the terminal's master"),
            OCIOption("cwd", value: "dir", help: "working directory in the container"),
            OCIOption("env", "e", value: "name=value", help: "add to the environment; may be given several times"),
            OCIOption("tty", "t", help: "run it on a terminal"),
            OCIOption("user", "u", value: "uid[:gid]", help: "whom it runs as"),
            OCIOption("additional-gids", "g", value: "gid", help: "a further group; may be given several times"),
            OCIOption("process", "p", value: "file", help: "the process as the specification writes it"),
            OCIOption("detach", "d", help: "do not wait for its end"),
            OCIOption("pid-file", value: "path", help: "file that gets the process's number"),
            OCIOption("process-label", value: "label", help: "its SELinux label"),
            OCIOption("apparmor", value: "profile", help: "its AppArmor profile"),
            OCIOption("no-new-privs", help: "it gains no privileges by what it executes"),
            OCIOption("cap", "c", value: "capability", help: "add a capability; may be given several times"),
            OCIOption("preserve-fds", value: "n", help: "hand further descriptors to it, from 3 on"),
            OCIOption("cgroup", value: "[controllers:]path", help: "a cgroup below the container's"),
            OCIOption("ignore-paused", help: "also in a paused container, where it waits"),
        ], words: 1...Int.max, stopsAtWord: true, failureCode: 255
    ) { context, arguments throws(EngineError) in try run(context, arguments) }

    private static func run(_ context: OCIContext, _ arguments: OCIArguments) throws(EngineError) -> Int32 {
        let runtime = try context.runtime()
        let preserved = try OCIDescriptors.preserved(arguments, context.environment)
        let absolute = context.environment.absolute
        var process = try process(arguments, context, runtime)
        if !preserved.environment.isEmpty { process.env = (process.env ?? []) + preserved.environment }
        var execution = BundleExecution(id: arguments.words[0], process: process)
        execution.consoleSocket = arguments["console-socket"].map(absolute)
        execution.pidFile = arguments["pid-file"].map(absolute)
        execution.preservedDescriptors = preserved.count
        execution.subgroups = arguments.all("cgroup")
        execution.ignoresPause = arguments.has("ignore-paused")
        if arguments.has("detach") {
            guard process.terminal != true || execution.consoleSocket != nil else {
                throw EngineError(
                    .invalidArgument, "cannot allocate tty if the runtime will detach without setting console socket")
            }
            _ = try runtime.exec(execution)
            return 0
        }
        let foreground = try OCIForeground()
        let pid = try runtime.exec(execution) { try foreground.take(master: $0) }
        return foreground.wait(for: pid)
    }

    private static func process(
        _ arguments: OCIArguments, _ context: OCIContext, _ runtime: BundleRuntime
    ) throws(EngineError) -> OCI.Process {
        let id = arguments.words[0]
        if let file = arguments["process"] {
            let path = context.environment.absolute(file)
            let bytes: [UInt8]
            do throws(SystemError) { bytes = try Files.read(path, limit: 16 << 20) } catch {
                throw EngineError(.notFound, "cannot read the process", cause: error)
            }
            return try SpecDocument.read(OCI.Process.self, from: bytes, name: path)
        }
        let command = Array(arguments.words.dropFirst())
        guard !command.isEmpty else { throw EngineError(.invalidArgument, "process args cannot be empty") }
        return try OCIExecProcess.process(command, arguments, template: runtime.processTemplate(id))
    }
}

/// Makes a process from the container's own and what the command line changes.
enum OCIExecProcess {
    static func process(
        _ command: [String], _ arguments: OCIArguments, template: OCI.Process
    ) throws(EngineError) -> OCI.Process {
        var process = template
        process.args = command
        process.terminal = arguments.has("tty")
        process.consoleSize = nil
        if let directory = arguments["cwd"] { process.cwd = directory }
        let added = arguments.all("env")
        if !added.isEmpty { process.env = (process.env ?? []) + added }
        if arguments.given("no-new-privs") != nil { process.noNewPrivileges = arguments.has("no-new-privs") }
        if let label = arguments["process-label"] { process.selinuxLabel = label }
        if let profile = arguments["apparmor"] { process.apparmorProfile = profile }
        if let user = arguments["user"] { try set(user, on: &process) }
        let groups = arguments.all("additional-gids")
        if !groups.isEmpty {
            var numbers: [UInt32] = []
            for group in groups { numbers.append(try number(group, "--additional-gids")) }
            process.user.additionalGids = numbers
        }
        let capabilities = arguments.all("cap")
        if !capabilities.isEmpty { add(capabilities, to: &process) }
        return process
    }

    private static func set(_ user: String, on process: inout OCI.Process) throws(EngineError) {
        let parts = user.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        process.user.uid = try number(parts[0], "--user")
        if parts.count == 2 { process.user.gid = try number(parts[1], "--user") }
        // What belonged to the other user does not to this one.
        process.env?.removeAll { $0.hasPrefix("HOME=") }
    }

    private static func number(_ text: String, _ option: String) throws(EngineError) -> UInt32 {
        guard let number = UInt32(text) else {
            throw EngineError(.invalidArgument, "\(option) '\(text)' is not a number", hint: "names are not looked up")
        }
        return number
    }

    /// As runc does: everything but inheritable and ambient.
    private static func add(_ names: [String], to process: inout OCI.Process) {
        var sets = process.capabilities ?? LinuxCapabilities()
        sets.bounding = (sets.bounding ?? []) + names
        sets.effective = (sets.effective ?? []) + names
        sets.permitted = (sets.permitted ?? []) + names
        process.capabilities = sets
    }
}
