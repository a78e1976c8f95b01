/// A command that is to be run: what, and with which values.
public struct CommandInvocation: Sendable, Hashable {
    /// What is run.
    public enum Program: Sendable, Hashable {
        /// A text for `/bin/sh -c`.
        case shell(String)
        /// A program, looked up as a shell does, and its arguments.
        case words([String])
    }

    /// What is run.
    public var program: Program
    /// Variables beside those of the dashboard itself.
    public var environment: [String: String]

    /// An invocation.
    public init(_ program: Program, environment: [String: String] = [:]) {
        self.program = program
        self.environment = environment
    }
}

/// How a command ended.
public enum CommandOutcome: Sendable, Hashable {
    /// With an exit code; 128 and more for a signal, as shells have it.
    case exited(Int32)
    /// It could not be started.
    case failed(String)
}

extension CustomCommand {
    /// The command with the values of one thing that it is about, and the answers to what it asks.
    func invocation(_ subject: [CommandValue: String], answers: [String: String]) -> CommandInvocation {
        var values = subject
        for input in inputs { values[.input(input.name)] = answers[input.name] ?? input.initial }
        var environment: [String: String] = [:]
        for (value, text) in values { environment[value.variable] = text.filter { $0 != "\0" } }
        switch line {
        case .shell(let template): return CommandInvocation(.shell(template.shellText), environment: environment)
        case .words(let templates):
            return CommandInvocation(.words(templates.map { $0.argument(values) }), environment: environment)
        }
    }
}
