/// Containers can be made, moved through their life and removed. References are as in `ContainerListing`.
public protocol ContainerLifecycle: Sendable {
    /// Makes a container without starting it.
    func create(_ spec: ContainerSpec) async throws -> ContainerID
    /// Starts it; does nothing when it already runs. Throws `.commandNotFound` or `.commandNotExecutable`
    /// when its command is at fault; the container then stays, exited with 127 or 126.
    func start(_ reference: String) async throws
    /// Starts it with a session connected before its first byte of output.
    /// `owner`: the caller's end of the terminal or pipes is where the output belongs: a slow reader holds the
    /// container back, and the caller removes an `autoRemove` container itself when the session is over.
    func startAttached(_ reference: String, size: TerminalSize?) async throws -> any Session
    /// Sends the stop signal, after `timeout` seconds (`nil`: its own, else 10) SIGKILL. Stopping keeps
    /// its restart policy from starting it again.
    func stop(_ reference: String, timeout: Int?, signal: Int32?) async throws
    func restart(_ reference: String, timeout: Int?, signal: Int32?) async throws
    /// Sends a signal to its first process; throws `.conflict` unless it is running.
    func kill(_ reference: String, signal: Int32) async throws
    func pause(_ reference: String) async throws
    func unpause(_ reference: String) async throws
    /// Removes it and all that belongs to it; a running one only with `force`. With `volumes` also the anonymous volumes
    /// that nobody else mounts (`rm -v`).
    func remove(_ reference: String, force: Bool, volumes: Bool) async throws
    func rename(_ reference: String, to name: String) async throws
    /// Changes limits (at once on a running container) and the restart policy; returns warnings.
    func update(_ reference: String, limits: ResourceLimits, restartPolicy: RestartPolicy?) async throws -> [String]
    /// Waits until it is not running; returns docker's exit code.
    func wait(_ reference: String) async throws -> Int32
}

extension ContainerLifecycle {
    /// Removes it and leaves its volumes.
    public func remove(_ reference: String, force: Bool) async throws {
        try await remove(reference, force: force, volumes: false)
    }
}
