import Engine

/// Showing inspected values as JSON or by a template.
enum Inspection {
    /// Shows what `look` finds for each reference; failures are told after the rest.
    static func show(
        _ references: [String], format: String?, _ context: CommandContext,
        _ look: (String) async throws -> JSONValue
    ) async throws {
        let template = try format.flatMap { $0 == "json" || $0.isEmpty ? nil : try Template($0) }
        var found: [JSONValue] = []
        var failures: [EngineError] = []
        for reference in references {
            do { found.append(try await look(reference)) } catch let error as EngineError { failures.append(error) }
        }
        if let template {
            for value in found { try await context.print(try template.render(value) + "\n") }
            // Docker ends its output even where there is none.
            if found.isEmpty { try await context.print("\n") }
        } else {
            let all = JSONValue.array(found)
            try await context.print((format == "json" ? all.compact : all.pretty) + "\n")
        }
        for failure in failures { try await context.warn(failure.description) }
        if !failures.isEmpty { throw CommandFailure(code: 1) }
    }
}
