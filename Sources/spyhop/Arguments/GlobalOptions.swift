import ArgumentParser

/// Options of every command; they may stand before the command's name as well.
struct GlobalOptions: ParsableArguments {
    /// What they stand under in a command's help.
    static let title = "Engine options"

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

    @OptionGroup var engines: EngineOptions

    /// What was chosen.
    var choice: GlobalChoice {
        GlobalChoice(
            root: root, runRoot: runRoot, cgroupParent: cgroupParent, logLevel: logLevel, engines: engines.selection)
    }
}

/// The global options' values; `nil` where nothing was said.
struct GlobalChoice: Sendable, Equatable {
    var root: String?
    var runRoot: String?
    var cgroupParent: String?
    var logLevel: String?
    var engines = EngineSelection()
}
