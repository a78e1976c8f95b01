import Engine
import Terminal

/// The dashboard at work: polls the screen, updates the state, draws frames, runs effects.
public final class DashboardApp {
    private let engine: any ContainerEngine
    private let statistics: any StatisticsSource
    private let options: DashboardOptions

    /// Makes a dashboard; nothing is drawn or asked for before `run`.
    public init(engine: any ContainerEngine, statistics: any StatisticsSource, options: DashboardOptions) {
        self.engine = engine
        self.statistics = statistics
        self.options = options
    }
}
