import ArgumentParser
import Engine

/// `build`: an image out of a Dockerfile.
struct BuildCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Build an image from a Dockerfile.",
        usage: "spyhop build [<options>] <path>|<url>|-",
        discussion: """
            The context is a directory, the URL of a git repository or an archive, or - for an archive or a Dockerfile on \
            standard input. Steps that were done before come from the cache, which spyhop builder du shows.
            SOURCE_DATE_EPOCH makes the same image twice. BUILDKIT_PROGRESS is the usual --progress.
            """)

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions
    @OptionGroup var build: BuildOptions
    @OptionGroup(title: "Cache") var cache: BuildCacheOptions
    @OptionGroup(title: "Result") var result: BuildResultOptions
    @OptionGroup(title: "Steps") var steps: BuildStepOptions
    @OptionGroup var show: BuildShowOptions
    @OptionGroup var foreign: BuildForeignOptions

    @Argument(
        help: .init("Where COPY and ADD find files.", valueName: "path"), completion: .directory)
    var context: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let wish: BuildWish
        do { wish = try self.wish(context.environment) } catch let error as EngineError {
            // Docker's 125 for options that make no sense.
            let hint = error.hint.map { "  \(GoText.harmless($0))\n" } ?? ""
            try await StandardStream.error.write("spyhop: \(GoText.harmless(error.message))\n" + hint)
            return 125
        }
        return try await wish.carryOut(context)
    }

    /// What the options come to.
    /// - Throws: `EngineError` that names the option.
    func wish(_ environment: ProcessEnvironment) throws -> BuildWish {
        try foreign.check()
        let reader = BuildRequestReader(
            options: build, cache: cache, result: result, steps: steps, environment: environment)
        return BuildWish(
            request: try reader.request(), context: context, file: build.file,
            call: try BuildCall(show.call, check: show.check), style: try style(environment), invoke: show.invoke,
            files: .init(identifier: result.iidfile, metadata: result.metadataFile))
    }

    private func style(_ environment: ProcessEnvironment) throws -> BuildProgressStyle {
        if let invoke = show.invoke {
            guard !invoke.isEmpty else {
                throw EngineError(.invalidArgument, "--invoke has no command", hint: "- is the step's shell")
            }
            guard RawTerminal.isInput, StandardStream.output.isTerminal else {
                throw EngineError(.invalidArgument, "--invoke wants a terminal")
            }
        }
        return try .chosen(show.progress, isQuiet: show.quiet, environment)
    }
}
