/// The processes of running containers can be looked at one by one, and signalled.
public protocol ProcessWatching: Sendable {
    /// The processes of a container, by number; throws `.conflict` unless it is running.
    func containerProcesses(of reference: String) async throws -> [ContainerProcess]
    /// Sends a signal to one process of a running container, never to another one: throws `.notFound` when the container has
    /// no such process.
    /// - Parameters:
    ///   - pid: its number on the host.
    ///   - startTicks: when it started, from `ContainerProcess`, so that a number which was given to another process meanwhile
    ///     is told from it; `nil` takes whichever has the number now.
    func signalProcess(
        _ pid: Int32, startedAt startTicks: UInt64?, in reference: String, signal: Int32
    ) async throws
}

extension ProcessWatching {
    /// An engine that signals containers alone.
    public func signalProcess(
        _ pid: Int32, startedAt startTicks: UInt64?, in reference: String, signal: Int32
    ) async throws {
        throw EngineError(.unsupported, "this engine cannot signal a single process of a container")
    }
}

extension ProcessWatching where Self: ContainerListing {
    /// From the table of an engine that knows no more than that.
    public func containerProcesses(of reference: String) async throws -> [ContainerProcess] {
        let table = try await processes(of: reference)
        func cell(_ row: [String], _ titles: String...) -> String? {
            titles.lazy.compactMap { title in table.titles.firstIndex(of: title) }.first
                .flatMap { row.indices.contains($0) ? row[$0] : nil }
        }
        return table.rows.compactMap { row in
            guard let pid = cell(row, "PID").flatMap({ Int32($0) }) else { return nil }
            return ContainerProcess(
                pid: pid, parent: cell(row, "PPID").flatMap { Int32($0) } ?? 0, user: cell(row, "UID", "USER") ?? "",
                command: cell(row, "CMD", "COMMAND") ?? "")
        }
    }
}
