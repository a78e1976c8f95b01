/// A command of the person's own, as the configuration has it.
public struct CustomCommand: Sendable, Hashable {
    /// What it is about.
    public enum Scope: String, Sendable, Hashable, CaseIterable {
        case container, image, network, volume
        /// Nothing in particular.
        case everywhere
    }

    /// Where its output goes.
    public enum Output: String, Sendable, Hashable, CaseIterable {
        /// It gets the terminal, until it ends.
        case terminal
        /// Into a pane, line by line.
        case pane
        /// Nowhere; how it went is told.
        case background
    }

    /// How the command is written.
    public enum Line: Sendable, Hashable {
        /// A line for the shell; values stand in it as single words, whatever is in them.
        case shell(CommandTemplate)
        /// A program and its arguments, without a shell.
        case words([CommandTemplate])
    }

    /// Its name, which is shown.
    public var name: String
    /// The key that runs it.
    public var key: KeyChange.Key?
    /// What it is about.
    public var scope: Scope
    /// What is run.
    public var line: Line
    /// What is asked before.
    public var inputs: [CommandInput]
    /// Whether it asks before it is run.
    public var asks: Bool
    /// Where its output goes.
    public var output: Output
    /// It changes nothing, and may be run where nothing may be changed.
    public var isReadOnly: Bool

    /// A command.
    public init(
        name: String, key: KeyChange.Key? = nil, scope: Scope = .container, line: Line, inputs: [CommandInput] = [],
        asks: Bool = false, output: Output = .pane, isReadOnly: Bool = false
    ) {
        self.name = name
        self.key = key
        self.scope = scope
        self.line = line
        self.inputs = inputs
        self.asks = asks
        self.output = output
        self.isReadOnly = isReadOnly
    }

    /// What its key and its line in the menu ask for.
    var action: Action { Action("command:\(name)") }

    /// The values that its lines may ask for.
    public static func values(of scope: Scope, inputs: [CommandInput]) -> [CommandValue] {
        CommandValue.allCases(of: scope) + inputs.map { .input($0.name) }
    }
}

extension CustomCommand.Scope {
    /// Where its keys count.
    var context: KeyContext {
        switch self {
        case .container: .containers
        case .image: .images
        case .network: .networks
        case .volume: .volumes
        case .everywhere: .everywhere
        }
    }
}
