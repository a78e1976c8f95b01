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

    /// What the options come to.
    private struct Wish {
        var request: BuildRequest
        var call: BuildCall
        var style: BuildProgressStyle
    }

    func execute(_ context: CommandContext) async throws -> Int32 {
        let environment = context.environment
        var wish: Wish
        do { wish = try self.wish(environment) } catch let error as EngineError {
            // Docker's 125 for options that make no sense.
            let hint = error.hint.map { "  \(GoText.harmless($0))\n" } ?? ""
            try await StandardStream.error.write("spyhop: \(GoText.harmless(error.message))\n" + hint)
            return 125
        }
        let sources = BuildSources(context: self.context, file: build.file, environment: environment)
        try await sources.open(&wish.request)
        let engine = try context.engine
        let palette = BuildPalette(isColoured: Self.isColoured(environment))
        guard wish.call.method == .build else {
            return try await BuildAnswer(call: wish.call, request: wish.request, palette: palette).run(engine)
        }
        let run = BuildRun(
            request: wish.request, style: wish.style, palette: palette, invoke: show.invoke, result: result,
            environment: environment)
        return try await run.run(engine)
    }

    private func wish(_ environment: ProcessEnvironment) throws -> Wish {
        try foreign.check()
        let reader = BuildRequestReader(
            options: build, cache: cache, result: result, steps: steps, environment: environment)
        return Wish(
            request: try reader.request(), call: try BuildCall(show.call, check: show.check),
            style: try style(environment))
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
        if show.quiet {
            guard show.progress == nil || show.progress == "quiet" || show.progress == "auto" else {
                throw EngineError(.invalidArgument, "--quiet and --progress contradict each other")
            }
            return .quiet
        }
        let text = show.progress ?? environment.value("BUILDKIT_PROGRESS") ?? "auto"
        guard let style = text == "none" ? .quiet : BuildProgressStyle(rawValue: text) else {
            throw EngineError(
                .invalidArgument, "--progress: there is no kind \"\(text)\"",
                hint: BuildProgressStyle.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard style != .tty || StandardStream.error.isTerminal else {
            throw EngineError(
                .invalidArgument, "--progress tty wants a terminal on standard error", hint: "plain does without")
        }
        return style.resolved(on: .error, term: environment.value("TERM"))
    }

    private static func isColoured(_ environment: ProcessEnvironment) -> Bool {
        StandardStream.error.isTerminal && environment.value("NO_COLOR") == nil && environment.value("TERM") != "dumb"
    }
}
