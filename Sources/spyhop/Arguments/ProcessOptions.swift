import ArgumentParser

/// What the process in the container gets, shared by `run`, `create` and `exec`.
struct ProcessOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Keep standard input open.")
    var interactive = false

    @Flag(name: .shortAndLong, help: "Allocate a pseudo-terminal.")
    var tty = false

    @Option(
        name: [.customShort("e", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
        help: .init("Set an environment variable.", valueName: "name=value"))
    var env: [String] = []

    @Option(
        name: .customLong("env-file"), parsing: .unconditionalSingleValue,
        help: .init("Read environment variables from a file.", valueName: "file"))
    var envFile: [String] = []

    @Option(
        name: [.customShort("w", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("Working directory in the container.", valueName: "dir"))
    var workdir: String?

    @Option(
        name: [.customShort("u", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("User name or number and, after a colon, group.", valueName: "user"))
    var user: String?

    @Flag(help: "Give every capability and device.")
    var privileged = false

    /// `KEY=VALUE` for files and options, in docker's order: options win.
    func environment(_ process: ProcessEnvironment) throws -> [String] {
        var entries: [String] = []
        for path in envFile {
            entries += try KeyValueFile.entries(process.readText(path), path: path)
        }
        return try EnvironmentOption.resolve(entries + env, lookup: process.lookup)
    }
}
