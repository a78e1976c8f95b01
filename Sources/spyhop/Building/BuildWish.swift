import Engine

/// A `build` that was understood; context and Dockerfile are still to be opened.
struct BuildWish: Sendable, Equatable {
    var request: BuildRequest
    /// The context as it was given.
    var context: String
    /// The Dockerfile as it was given.
    var file: String?
    var call: BuildCall
    var style: BuildProgressStyle
    /// What is run in a failed step's last state.
    var invoke: String?
    var files = ResultFiles()

    /// Files that are written about the result.
    struct ResultFiles: Sendable, Equatable {
        var identifier: String?
        var metadata: String?
    }

    /// Does it; answers the exit code.
    func carryOut(_ context: CommandContext) async throws -> Int32 {
        let environment = context.environment
        var request = request
        try await BuildSources(context: self.context, file: file, environment: environment).open(&request)
        let engine = try context.engine
        let palette = BuildPalette(isColoured: Self.isColoured(environment))
        guard call.method == .build else {
            return try await BuildAnswer(call: call, request: request, palette: palette).run(engine)
        }
        let run = BuildRun(
            request: request, style: style, palette: palette, invoke: invoke, files: files, environment: environment)
        return try await run.run(engine)
    }

    private static func isColoured(_ environment: ProcessEnvironment) -> Bool {
        StandardStream.error.isTerminal && environment.value("NO_COLOR") == nil && environment.value("TERM") != "dumb"
    }
}

extension BuildProgressStyle {
    /// What `--progress`, `--quiet` and the environment come to.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func chosen(_ progress: String?, isQuiet: Bool, _ environment: ProcessEnvironment) throws -> Self {
        if isQuiet {
            guard progress == nil || progress == "quiet" || progress == "auto" else {
                throw EngineError(.invalidArgument, "--quiet and --progress contradict each other")
            }
            return .quiet
        }
        let text = progress ?? environment.value("BUILDKIT_PROGRESS") ?? "auto"
        guard let style = text == "none" ? .quiet : BuildProgressStyle(rawValue: text) else {
            throw EngineError(
                .invalidArgument, "--progress: there is no kind \"\(text)\"",
                hint: allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard style != .tty || StandardStream.error.isTerminal else {
            throw EngineError(
                .invalidArgument, "--progress tty wants a terminal on standard error", hint: "plain does without")
        }
        return style.resolved(on: .error, term: environment.value("TERM"))
    }
}
