import Dashboard
import Engine
import Terminal

extension DashboardLauncher {
    /// What the dashboard asks the executable for: its configuration, and the person's commands.
    static func serve(
        _ host: inout HostServices, _ configuration: DashboardConfiguration, _ memory: DashboardMemoryFile,
        _ context: CommandContext
    ) {
        let environment = context.environment
        let watch = ConfigurationWatch(configuration)
        memory.onFailure { watch.fail($0) }
        host.news = watch.news
        host.reload = watch.reload
        host.changeSetting = { configuration.change($0) }
        host.themeNames = { configuration.themeNames() }
        host.theme = { theme($0, environment) }
        host.configurationPath = configuration.path
        let process = CommandProcess(environment: environment)
        host.runCommand = { await process.run($0, $1) }
        host.runCommandInTerminal = { await process.runInTerminal($0) }
        host.commandFacts = [.root: context.settings.root, .runRoot: context.settings.runRoot]
        if let program = try? Program.current() { host.commandFacts[.program] = program.path }
    }

    static func theme(_ name: String, _ environment: ProcessEnvironment) -> Result<Theme, EngineError> {
        do { return .success(try ThemeChoice.theme(name, environment)) } catch {
            return .failure(error as? EngineError ?? EngineError(.system, "\(error)"))
        }
    }

    /// The colours that a screen is to be content with; `nil` leaves it to the terminal.
    static func depth(_ choice: ColorChoice) -> ColorDepth? {
        switch choice {
        case .automatic: nil
        case .full: .direct
        case .indexed: .indexed
        case .sixteen: .sixteen
        case .none: ColorDepth.none
        }
    }
}
