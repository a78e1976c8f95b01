import ArgumentParser

/// What an image is built from and what becomes of it.
struct BuildOptions: ParsableArguments {
    @Option(
        name: [.customShort("t", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
        help: .init("Name of the image; may be given several times.", valueName: "name[:tag]"))
    var tag: [String] = []

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("The Dockerfile; - is standard input. Else Dockerfile in the context.", valueName: "file"),
        completion: .file())
    var file: String?

    @Option(
        name: .customLong("build-arg"), parsing: .unconditionalSingleValue,
        help: .init("Value of an ARG; without one that of the environment.", valueName: "name[=value]"))
    var buildArg: [String] = []

    @Option(
        name: .long, parsing: .unconditional, help: .init("Stage to build; else the last.", valueName: "stage"))
    var target: String?

    @Option(
        name: .customLong("build-context"), parsing: .unconditionalSingleValue,
        help: .init(
            "Further context for FROM and --from: a directory, docker-image://…, a URL.", valueName: "name=place"))
    var buildContext: [String] = []

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Label of the image.", valueName: "key=value"))
    var label: [String] = []

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Platform to build for; else this machine's.", valueName: "os/arch"))
    var platform: [String] = []

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Secret for RUN --mount=type=secret: a file or a variable.", valueName: "id=…[,src=…|,env=…]"))
    var secret: [String] = []

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Socket of an ssh agent for RUN --mount=type=ssh.", valueName: "default|id[=socket]"))
    var ssh: [String] = []

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("What a Dockerfile may ask for: network.host, security.insecure.", valueName: "right"))
    var allow: [String] = []

    @Flag(help: "Ask registries for base images even when they are here.")
    var pull = false
}

/// Where steps are taken from and put.
struct BuildCacheOptions: ParsableArguments {
    @Flag(name: .customLong("no-cache"), help: "Take no step from the cache.")
    var noCache = false

    @Option(
        name: .customLong("no-cache-filter"), parsing: .unconditionalSingleValue,
        help: .init("Take no step of these stages from the cache.", valueName: "stage,…"))
    var noCacheFilter: [String] = []

    @Option(
        name: .customLong("cache-from"), parsing: .unconditionalSingleValue,
        help: .init("Take steps from: an image's name, type=registry,ref=…, type=local,src=….", valueName: "cache"))
    var cacheFrom: [String] = []

    @Option(
        name: .customLong("cache-to"), parsing: .unconditionalSingleValue,
        help: .init("Put steps to: type=registry,ref=… or type=local,dest=…, mode=min|max.", valueName: "cache"))
    var cacheTo: [String] = []
}

/// What becomes of the result.
struct BuildResultOptions: ParsableArguments {
    @Option(
        name: [.customShort("o", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
        help: .init(
            "Write the result: a directory, - for a tar, or type=local|tar|oci|docker|image|registry,dest=….",
            valueName: "result"))
    var output: [String] = []

    @Flag(help: "Send the image to its registry (type=registry).")
    var push = false

    @Flag(help: "Keep the image here (type=docker), as is usual without --output.")
    var load = false

    @Flag(help: "Make one layer of those that the build adds.")
    var squash = false

    @Option(
        name: .long, parsing: .unconditional, help: .init("Write the image's identifier to a file.", valueName: "file"),
        completion: .file())
    var iidfile: String?

    @Option(
        name: .customLong("metadata-file"), parsing: .unconditional,
        help: .init("Write digests and names to a file, as JSON.", valueName: "file"), completion: .file())
    var metadataFile: String?
}

/// What is shown, and what is done instead of building.
struct BuildShowOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: .init("Progress: auto, plain, tty, quiet or rawjson.", valueName: "kind"),
        completion: .list(BuildProgressStyle.allCases.map(\.rawValue)))
    var progress: String?

    @Flag(name: .shortAndLong, help: "Show nothing but the image's identifier.")
    var quiet = false

    @Flag(help: "Check the Dockerfile and build nothing (--call=check).")
    var check = false

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("Instead of building: check, outline or targets; ,format=json.", valueName: "method"),
        completion: .list(["build", "check", "outline", "targets"]))
    var call: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("When a RUN fails, run this in its last state; - is the step's shell.", valueName: "command"))
    var invoke: String?
}
