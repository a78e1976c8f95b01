import ArgumentParser

/// Options of every command; they may stand before the command's name as well.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: .customLong("root"), parsing: .unconditional,
        help: .init("Directory of everything that lasts.", valueName: "dir"))
    var root: String?

    @Option(
        name: .customLong("run-root"), parsing: .unconditional,
        help: .init("Directory of run-time files.", valueName: "dir"))
    var runRoot: String?

    @Option(
        name: .customLong("cgroup-parent"), parsing: .unconditional,
        help: .init("Cgroup beneath which containers' cgroups are made.", valueName: "cgroup"))
    var cgroupParent: String?

    @Option(
        name: .customLong("log-level"), parsing: .unconditional,
        help: .init("What is told on standard error: debug, info, warn, error.", valueName: "level"))
    var logLevel: String?
}
