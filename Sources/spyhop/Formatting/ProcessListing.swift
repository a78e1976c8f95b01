import Engine
import Glibc
import LinuxSystem

/// What the host's ps(1) prints, narrowed to a container's processes.
enum ProcessListing {
    private static let programs = ["/bin/ps", "/usr/bin/ps"]

    /// Process identifiers on the host, as the engine's own table has them.
    static func pids(in table: ProcessTable) -> Set<String> {
        guard let column = table.titles.firstIndex(of: "PID") else { return [] }
        return Set(table.rows.compactMap { $0.indices.contains(column) ? $0[column] : nil })
    }

    /// Runs ps with `options`.
    /// - Throws: `EngineError` `.unsupported` without a ps, `.invalidArgument` for options that it does not take.
    static func table(_ options: [String], of pids: Set<String>) async throws -> ProcessTable {
        guard let program = programs.first(where: { access($0, X_OK) == 0 }) else {
            throw EngineError(
                .unsupported, "options of ps need the host's ps, which is not installed",
                hint: "on Debian: apt-get install procps; without options spyhop top does without it")
        }
        let output: (text: String, code: Int32)
        do { output = try await ProgramOutput.of(program, ["ps"] + options) } catch let error as SystemError {
            throw EngineError(.system, "cannot run \(program)", cause: error)
        }
        guard output.code == 0 else {
            throw EngineError(
                .invalidArgument, "ps does not take the options \"\(options.joined(separator: " "))\"",
                hint: "spyhop top hands them on as they are: try them with ps itself")
        }
        return try table(output.text, of: pids)
    }

    /// The table that `text` prints: its first line are the titles, and the last column takes what is left of a line.
    static func table(_ text: String, of pids: Set<String>) throws -> ProcessTable {
        let lines = text.split(separator: "\n")
        let titles = lines.first?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
        guard let column = titles.firstIndex(of: "PID") else {
            throw EngineError(
                .invalidArgument, "ps prints no PID column with these options",
                hint: "it tells the container's processes from all others: add pid to them")
        }
        let rows = lines.dropFirst().map { line in
            line.split(maxSplits: titles.count - 1, whereSeparator: \.isWhitespace).map { cell in
                // What is left of a line is the last column with the padding before it.
                String(cell.drop(while: \.isWhitespace))
            }
        }
        return ProcessTable(
            titles: titles, rows: rows.filter { $0.indices.contains(column) && pids.contains($0[column]) })
    }
}
