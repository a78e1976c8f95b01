import ArgumentParser
import Engine

/// The options of `run` and `create` that shape a container.
struct ContainerOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: .init("Name of the container; without it one is made up.", valueName: "name"))
    var name: String?

    @OptionGroup var process: ProcessOptions
    @OptionGroup var resources: ResourceOptions
    @OptionGroup var health: HealthOptions
    @OptionGroup var blockIO: BlockIOOptions
    @OptionGroup var system: SystemArguments

    @Flag(name: .customLong("rm"), help: "Remove the container when it ends.")
    var autoRemove = false

    @Option(
        name: [.customShort("v", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
        help: .init(
            "Mount a directory or file of the host, or a volume by its name.", valueName: "[source:]container[:ro]"))
    var volume: [String] = []

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Mount a volume, a bind or a tmpfs, spelt out.", valueName: "type=…,src=…,dst=…"))
    var mount: [String] = []

    @Option(
        name: .customLong("volumes-from"), parsing: .unconditionalSingleValue,
        help: .init("Mount what another container mounts.", valueName: "container[:ro]"))
    var volumesFrom: [String] = []

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Mount a file system in memory.", valueName: "path[:options]"))
    var tmpfs: [String] = []

    @Option(name: .long, parsing: .unconditional, help: .init("Replace the image's entrypoint.", valueName: "command"))
    var entrypoint: String?

    @Option(
        name: [.customShort("h", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("Host name in the container.", valueName: "name"))
    var hostname: String?

    @Option(
        name: .customLong("stop-signal"), parsing: .unconditional,
        help: .init("Signal that stops the container.", valueName: "signal"))
    var stopSignal: String?

    @Option(
        name: .customLong("stop-timeout"), parsing: .unconditional,
        help: .init("Seconds between the stop signal and SIGKILL.", valueName: "seconds"))
    var stopTimeout: Int?

    @Flag(name: .customLong("read-only"), help: "Mount the container's root read-only.")
    var readOnly = false

    @Option(
        name: .customLong("cap-add"), parsing: .unconditionalSingleValue,
        help: .init("Add a capability.", valueName: "capability"))
    var capAdd: [String] = []

    @Option(
        name: .customLong("cap-drop"), parsing: .unconditionalSingleValue,
        help: .init("Drop a capability.", valueName: "capability"))
    var capDrop: [String] = []

    @Option(
        name: .customLong("group-add"), parsing: .unconditionalSingleValue,
        help: .init("Add a group to the user's, by name or number.", valueName: "group"))
    var groupAdd: [String] = []

    @Option(
        name: .customLong("security-opt"), parsing: .unconditionalSingleValue,
        help: .init("seccomp=unconfined, seccomp=FILE or no-new-privileges.", valueName: "option"))
    var securityOpt: [String] = []

    @Flag(name: .customLong("init"), help: "Run a reaping pid 1 in front of the command.")
    var useInit = false

    @Option(
        name: [.customShort("l", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
        help: .init("Set a label.", valueName: "key=value"))
    var label: [String] = []

    @Option(
        name: .customLong("label-file"), parsing: .unconditionalSingleValue,
        help: .init("Read labels from a file.", valueName: "file"))
    var labelFile: [String] = []

    @OptionGroup var network: NetworkArguments

    @Option(
        name: .customLong("log-opt"), parsing: .unconditionalSingleValue,
        help: .init("Log rotation: max-size=10m, max-file=3.", valueName: "option"))
    var logOpt: [String] = []

    @Option(
        name: .customLong("log-driver"), parsing: .unconditional,
        help: .init("Accepted for json-file and local: logs are always kept in rotated files.", valueName: "driver"))
    var logDriver: String?

    @Option(name: .long, parsing: .unconditional, help: .init("Write the identifier to a file.", valueName: "file"))
    var cidfile: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("Fetch the image: when it is missing, always, or never.", valueName: "missing|always|never"))
    var pull: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("Of an image for several platforms, this one.", valueName: "os/arch"))
    var platform: String?

    @Flag(name: .shortAndLong, help: "Show no progress of fetching the image.")
    var quiet = false

    /// What is said on standard error before anything is done.
    var warnings: [String] { resources.warnings + network.words.warnings }
}
