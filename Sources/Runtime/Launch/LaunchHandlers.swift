/// What the launcher has to do on the way, at the moment it is due; an error gives the container up.
public struct LaunchHandlers {
    /// Runs the hooks of the runtime's namespaces (`prestart`, `createRuntime`); is given the process on the host.
    public var hooks: (Int32) throws -> Void
    /// Takes the master of the process's pseudo-terminal; the descriptor is closed afterwards.
    public var terminal: (Int32) throws -> Void
    /// Takes a seccomp listener and the process on the host; the descriptor is closed afterwards.
    public var listener: (_ descriptor: Int32, _ pid: Int32) throws -> Void

    /// Makes handlers; what is left out does nothing.
    public init(
        hooks: @escaping (Int32) throws -> Void = { _ in }, terminal: @escaping (Int32) throws -> Void = { _ in },
        listener: @escaping (Int32, Int32) throws -> Void = { _, _ in }
    ) {
        self.hooks = hooks
        self.terminal = terminal
        self.listener = listener
    }
}
