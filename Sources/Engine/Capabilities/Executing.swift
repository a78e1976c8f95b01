/// Commands can be run in running containers, and their processes' terminals joined.
public protocol Executing: Sendable {
    /// Runs a command in a container and connects to it.
    /// - Throws: `.commandNotFound`, `.commandNotExecutable`, `.conflict` unless the container runs.
    func exec(in reference: String, _ spec: ExecSpec) async throws -> any Session
    /// Runs a command in a container, connected to nothing; returns when it has started.
    func execDetached(in reference: String, _ spec: ExecSpec) async throws
    /// Joins the container's own first process.
    func attach(to reference: String, input: Bool) async throws -> any Session
}
