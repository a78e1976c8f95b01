import Engine
import Terminal

/// What panes need of the machine and only the executable can do: files, programs. All of them are asked off the screen's thread.
public struct HostServices: Sendable {
    /// Runs an alert's command and waits for its end, but not for long; answers what went wrong.
    public var runAlert: (@Sendable (AlertCommand) async -> String?)?
    /// Saves a file of the person's, such as a picture of the screen, under a name that is free where such files go; answers
    /// its path.
    public var save: (@Sendable (_ name: String, _ bytes: [UInt8]) async -> Result<String, EngineError>)?
    /// What happens to the configuration while the dashboard runs.
    public var news: (@Sendable () -> AsyncStream<DashboardNews>)?
    /// Has the configuration read again; what comes of it is news.
    public var reload: (@Sendable () -> Void)?
    /// Writes a setting into the configuration, and answers what holds from then on.
    public var changeSetting: (@Sendable (SettingChange) async -> Result<DashboardSettings, EngineError>)?
    /// The names of all themes that can be chosen.
    public var themeNames: (@Sendable () async -> [String])?
    /// A theme by its name, or by a file's path.
    public var theme: (@Sendable (String) async -> Result<Theme, EngineError>)?
    /// Where the configuration is, to be told.
    public var configurationPath: String?
    /// Runs a command of the person's and hands its output on, line by line; a task that is cancelled ends it.
    public var runCommand:
        (@Sendable (CommandInvocation, _ output: @Sendable ([String]) async -> Void) async -> CommandOutcome)?
    /// The same for one that has the terminal to itself.
    public var runCommandInTerminal: (@Sendable (CommandInvocation) async -> CommandOutcome)?
    /// What commands are told of the engine: its directories, this program.
    public var commandFacts: [CommandValue: String] = [:]
    /// Writes a new file, piece by piece until there is no more, and answers its absolute path; refuses one that exists.
    public var writeFile: (@Sendable (_ path: String, _ next: @escaping FilePieces) async throws -> String)?
    /// What `inspect` tells of something, as JSON text.
    public var describe: (@Sendable (Inspected) -> String)?
    /// Lets a person edit a file of a container while the screen is suspended.
    public var editFile: (@Sendable (FileEdit) async -> FileEditOutcome)?
    /// Writes what a person has edited over whatever the container's file is by now, or gives it up.
    public var writeDraft: (@Sendable (FileEdit, _ draft: String) async -> FileEditOutcome)?
    /// Copies a file or a directory of a container into a directory of the host, and tells now and then how far it is;
    /// answers where it is now. A task that is cancelled ends it.
    public var downloadFile:
        (
            @Sendable (
                ContainerID, ContainerPath, _ directory: String, _ progress: @Sendable (FileCopyProgress) async -> Void
            ) async -> Result<String, EngineError>
        )?
    /// Copies a file or a directory of the host into a directory of a container in the same way; answers its name there.
    public var uploadFile:
        (
            @Sendable (
                ContainerID, _ path: String, ContainerPath, _ progress: @Sendable (FileCopyProgress) async -> Void
            ) async -> Result<String, EngineError>
        )?

    /// None of them.
    public init() {}
}

/// The next bytes of something, `nil` at its end.
public typealias FilePieces = @Sendable () async throws -> [UInt8]?
