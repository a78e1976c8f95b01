import Engine
import Runtime

/// `create`, `start` and `run`.
enum OCICreation {
    private static let shared = [
        OCIOption("bundle", "b", value: "dir", help: "the bundle; the working directory unless named"),
        OCIOption("console-socket", value: "path", help: "unix socket that gets the terminal's master"),
        OCIOption("pid-file", value: "path", help: "file that gets the process's number"),
        OCIOption("no-pivot", help: "move the root instead of pivoting, as on an initramfs"),
        OCIOption("no-new-keyring", help: "keep the caller's session keyring"),
        OCIOption("preserve-fds", value: "n", help: "hand further descriptors to the program, from 3 on"),
    ]

    static let verbs = [
        OCIVerb("create", "<container-id>", help: "create a container", options: shared) {
            context, arguments throws(EngineError) in
            let creation = try creation(arguments, context, waits: true)
            _ = try context.runtime().create(creation)
            return 0
        },
        OCIVerb("start", "<container-id>", help: "run the program of a created container") {
            context, arguments throws(EngineError) in
            try context.runtime().start(arguments.words[0])
            return 0
        },
        OCIVerb(
            "run", "<container-id>", help: "create a container and run its program",
            options: shared + [
                OCIOption("detach", "d", help: "do not wait for the program's end"),
                OCIOption("keep", help: "do not delete the container when its program has ended"),
                OCIOption("no-subreaper", help: "accepted, and of no effect"),
            ]
        ) { context, arguments throws(EngineError) in try run(context, arguments) },
    ]

    private static func creation(
        _ arguments: OCIArguments, _ context: OCIContext, waits: Bool
    ) throws(EngineError) -> BundleCreation {
        let preserved = try OCIDescriptors.preserved(arguments, context.environment)
        let absolute = context.environment.absolute
        var creation = BundleCreation(
            id: arguments.words[0], bundle: absolute(arguments["bundle"] ?? "."), waits: waits)
        creation.consoleSocket = arguments["console-socket"].map(absolute)
        creation.pidFile = arguments["pid-file"].map(absolute)
        creation.preservedDescriptors = preserved.count
        creation.environment = preserved.environment
        creation.noPivot = arguments.has("no-pivot")
        creation.keepsKeyring = arguments.has("no-new-keyring")
        return creation
    }

    private static func run(_ context: OCIContext, _ arguments: OCIArguments) throws(EngineError) -> Int32 {
        var creation = try creation(arguments, context, waits: false)
        let runtime = try context.runtime()
        if arguments.has("detach") {
            creation.isDetached = true
            _ = try runtime.create(creation)
            return 0
        }
        let foreground = try OCIForeground()
        let pid = try runtime.create(creation) { try foreground.take(master: $0) }
        let code = foreground.wait(for: pid)
        if !arguments.has("keep") { try runtime.delete(creation.id, force: true) }
        return code
    }
}
