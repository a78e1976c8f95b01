import Dashboard
import Engine
import Glibc
import LinuxSystem
import Terminal

/// Makes a dashboard out of command line, environment and configuration, and opens it or draws a frame of it.
struct DashboardLauncher {
    /// One frame without a terminal.
    struct Frame: Sendable {
        var size: Size
        /// A container to select.
        var container: String?
        /// Where an SVG picture goes; `nil` prints text.
        var pictureFile: String?
    }

    /// How long there will be something to see.
    enum Stay: Sendable {
        /// One frame: history is read and nothing is added to it.
        case passing
        /// Until the person leaves.
        case staying
    }

    private let context: CommandContext
    private let services: Services
    private let options: DashboardOptions
    private let memory: DashboardMemoryFile
    private let isASCII: Bool

    /// Settles looks and keys: command line, else `SPYHOP_THEME`, else configuration, else the defaults.
    /// - Parameter beginning: the figures, which take longest, are begun with before anything else; `nil` waits for
    ///   `open` or `draw`.
    /// - Throws: `EngineError` for a theme or view that was asked for on the command line and is not there.
    init(_ looks: DashboardLooks, _ context: CommandContext, beginning: Stay? = nil) throws {
        self.context = context
        let environment = context.environment
        services = Services(
            settings: context.settings, environment: environment, scope: .present, isQuiet: true, keepsHistory: true)
        // What is wrong with it is told by whoever needs the figures. One frame's figures are the first round's: that begins
        // when other engines have told what runs in them.
        if let beginning, beginning == .staying || (try? services.hasOthers) == false {
            _ = try? Self.measure(services, beginning)
        }
        let configuration = DashboardConfiguration(
            environment,
            DashboardConfiguration.Wishes(
                theme: looks.theme, view: try looks.view.map(Self.view), isASCII: looks.isASCII,
                isReadOnly: looks.isReadOnly, isForScreenReader: looks.isForScreenReader))
        let settings = try configuration.start()
        var problems = settings.problems + settings.keyProblems.map(\.description)
        isASCII = !Self.drawsUnicode(environment)
        let browser = Browser(environment: environment)
        let now: @Sendable () -> Timestamp = { Timestamp(nanoseconds: Clock.realtime()) }
        let memory = DashboardMemoryFile(environment)
        self.memory = memory
        let (remembered, memoryProblem) = memory.load()
        if let memoryProblem { problems.append(memoryProblem) }
        var options = DashboardOptions(
            theme: settings.theme, glyphs: isASCII ? .ascii : .unicode,
            notice: problems.isEmpty ? nil : problems.joined(separator: "; "),
            runShell: Self.terminalCommand(
                context, services, { ["exec", "-it"] + $0 + ["/bin/sh", "-c", Self.shell] }),
            runAttach: Self.terminalCommand(
                context, services, advice: Self.wayBack, { ["attach", "--sig-proxy=false"] + $0 }),
            openBrowser: browser.open, runBrowser: browser.takesTerminal ? browser.run : nil,
            makeSpec: RunFormReader(environment: environment, cgroupParent: context.settings.cgroupParent).spec,
            makeBuild: BuildFormReader(environment: environment).request, enterStep: StepVisit.run,
            now: now)
        let services = services
        options.host = HostServices.make(environment) { try services.engine() }
        options.host.runAlert = { await AlertRunner().run($0) }
        options.memory = remembered
        options.remember = memory.remember
        options.settings = settings
        Self.serve(&options.host, configuration, memory, context)
        options.themeNames = configuration.themeNames()
        options.loadTheme = { Self.theme($0, environment) }
        options.host.writeFile = FileSaving(environment: environment).write
        // Who asked for it at the start is not to leave it by a slip of the fingers.
        options.mayLeaveReadOnly = !looks.isReadOnly
        let saved = SavedFiles(environment)
        options.host.save = { saved.save($0, $1) }
        self.options = options
    }

    /// Opens the dashboard and stays until the person leaves it.
    /// - Throws: `EngineError` `.unsupported` without a terminal.
    func open() async throws -> Int32 {
        guard isatty(0) == 1, isatty(1) == 1 else {
            throw EngineError(
                .unsupported, "the dashboard needs a terminal",
                hint: "spyhop dashboard --once --size 120x40 draws one frame without one")
        }
        let engine = try services.engine()
        let statistics = try Self.measure(services, .staying)
        let (options, screenOptions) = (options, screenOptions())
        defer { memory.write() }
        return try await MainThread.run { try Self.run(engine, statistics, options, screenOptions) }
    }

    private static func measure(_ services: Services, _ stay: Stay) throws -> any StatisticsSource {
        // Sixteen files are kept open for each container that is watched.
        if stay == .staying { DescriptorLimit.raise() }
        return try services.statistics(writesHistory: stay == .staying)
    }

    private static func run(
        _ engine: any ContainerEngine, _ statistics: any StatisticsSource, _ options: DashboardOptions,
        _ screenOptions: ScreenOptions
    ) throws -> Int32 {
        let screen: any Display
        do {
            screen =
                options.settings.isForScreenReader
                ? try LineScreen(isInTmux: screenOptions.isInTmux) : try Screen(screenOptions)
        } catch {
            throw EngineError(.unsupported, "cannot open the dashboard: \(error)")
        }
        defer { screen.close() }
        // When everything has been drawn once, the larger part of the program has done its work.
        Task.detached {
            try? await Task.sleep(for: .seconds(2))
            ProgramPages.release()
        }
        let app = DashboardApp(engine: engine, statistics: statistics, screen: screen, options: options)
        return app.run().map { 128 + $0 } ?? 0
    }

    /// Draws one frame, after figures were collected for `warmUp`, so that graphs have something to show.
    func draw(_ frame: Frame, warmUp: Duration = .zero) async throws {
        try await services.prepareStatistics()
        if warmUp > .zero {
            _ = try Self.measure(services, .passing)
            try await Task.sleep(for: warmUp)
        }
        let canvas = try await renderOnce(
            engine: try services.engine(), statistics: try Self.measure(services, .passing), size: frame.size,
            options: options, container: frame.container)
        guard let path = frame.pictureFile else {
            return try await context.print(canvas.lines.map { $0 + "\n" }.joined())
        }
        let picture = SvgRenderer(theme: options.theme).render(canvas)
        do { try Files.writeAtomically(Array(picture.utf8), to: path) } catch {
            throw EngineError(.system, "cannot write \(path): \(error.reason)")
        }
    }

    /// Reads `WxH`; the terminal's size, else 120x40, when nothing was given.
    static func size(_ text: String?) throws -> Size {
        guard let text else {
            let terminal = RawTerminal.size()
            return Size(width: terminal?.columns ?? 120, height: terminal?.rows ?? 40)
        }
        let parts = text.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let width = parts[0], let height = parts[1], (20...1000).contains(width),
            (5...500).contains(height)
        else {
            throw EngineError(
                .invalidArgument, "--size wants columns and rows such as 120x40, not \"\(text)\"",
                hint: "from 20x5 to 1000x500")
        }
        return Size(width: width, height: height)
    }

    private static func view(_ name: String) throws -> ViewName {
        guard let view = ViewName(rawValue: name) else {
            throw EngineError(
                .invalidArgument, "there is no view \"\(name)\"",
                hint: "views are \(ViewName.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return view
    }

    private var isInTmux: Bool { context.environment.value("TMUX") != nil }

    private func screenOptions() -> ScreenOptions {
        let environment = context.environment
        return ScreenOptions(
            term: environment.value("TERM") ?? "xterm-256color", colorTerm: environment.value("COLORTERM"),
            noColor: environment.value("NO_COLOR") != nil, forceASCII: isASCII,
            hover: options.settings.usesMouse,
            notification: .detect(
                term: environment.value("TERM") ?? "", hasVTE: environment.value("VTE_VERSION") != nil),
            isInTmux: isInTmux)
    }

    /// Whether the locale is a UTF-8 one, by the rules of locale(7), and the terminal no console: its font has 512 characters
    /// at most, and braille is not among them (console_codes(4), setfont(8)).
    private static func drawsUnicode(_ environment: ProcessEnvironment) -> Bool {
        if environment.value("TERM") == "linux" { return false }
        let locale = environment.value("LC_ALL") ?? environment.value("LC_CTYPE") ?? environment.value("LANG") ?? ""
        let name = locale.lowercased()
        // Without any locale (a bare container or service) a terminal of today still speaks UTF-8.
        return locale.isEmpty || name.contains("utf-8") || name.contains("utf8")
    }

    private static let shell = "command -v bash >/dev/null 2>&1 && exec bash || exec sh"

    /// A spyhop command on the terminal that the dashboard has given back for it.
    /// Without a terminal of the container's own the detach keys are input like any other, and an interrupt is for us.
    private static let wayBack =
        "Ctrl-P Ctrl-Q comes back, or Ctrl-C where the container has no terminal; it runs on.\n"

    private static func terminalCommand(
        _ context: CommandContext, _ services: Services, advice: String? = nil,
        _ words: @escaping @Sendable ([String]) -> [String]
    ) -> @Sendable (ContainerID) async -> String? {
        let settings = context.settings
        return { id in
            do {
                let program = try Program.current()
                var arguments = [program.path, "--root", settings.root, "--run-root", settings.runRoot]
                if let parent = settings.cgroupParent { arguments += ["--cgroup-parent", parent] }
                arguments += try services.engineWords()
                if let advice { try await context.print(advice) }
                let code = try await ChildProcess.run(arguments + words([id.rawValue]))
                if advice != nil, code == 128 + SIGINT { return nil }
                return code == 0 ? nil : "the command in \(id.short) ended with exit code \(code)"
            } catch { return "\(error)" }
        }
    }
}
