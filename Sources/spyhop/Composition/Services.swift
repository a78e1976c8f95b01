import Cgroups
import Collector
import Engine
import LinuxSystem
import LocalEngine
import Logging
import Registry
import Synchronization

/// The rooms put together. Each is made when it is first asked for: `--version` opens nothing.
final class Services: Sendable {
    private struct Made {
        var engine: LocalEngine?
        var collector: Collector?
    }

    private let settings: Settings
    private let registries: @Sendable () throws -> RegistryConfiguration
    private let keepsHistory: Bool
    private let logger: Logger
    private let made = Mutex(Made())

    /// - Parameters:
    ///   - registries: how registries are reached; asked for when the first of them is.
    ///   - isQuiet: nothing is told on standard error, as under a dashboard's screen.
    ///   - keepsHistory: figures are kept under the root, as a dashboard wants them.
    init(
        settings: Settings, registries: @escaping @Sendable () throws -> RegistryConfiguration,
        isQuiet: Bool = false, keepsHistory: Bool = false
    ) {
        self.settings = settings
        self.registries = registries
        self.keepsHistory = keepsHistory
        let level = settings.logLevel
        logger = Logger(label: "spyhop") { _ in
            if isQuiet { return SwiftLogNoOpLogHandler() }
            return StandardErrorLog(logLevel: level.loggerLevel)
        }
    }

    deinit {
        // A collector that keeps history writes what is due before the program ends.
        made.withLock { $0.collector.map { $0.stop(waiting: $0.keepsHistory) } }
    }

    /// The engine.
    /// - Throws: `EngineError` `.unsupported` when the monitor's program is not installed.
    func engine() throws -> any ContainerEngine { try local() }

    /// Removes an `autoRemove` container that has ended.
    func reap(_ id: ContainerID) async throws { try await local().reap(id) }

    /// What does not change about the host; nothing is measured for it.
    func hostFacts() throws -> HostFacts { try collector(nil).hostFacts }

    /// Live figures; the collector's thread starts with the first call.
    /// - Parameters:
    ///   - firstInterval: what the first round's rates are measured over; longer is truer and later.
    ///   - writesHistory: a frame drawn in passing reads history and adds nothing to it.
    func statistics(
        firstInterval: Duration = .milliseconds(18), writesHistory: Bool = true
    ) throws -> any StatisticsSource {
        let collector = try collector(firstInterval, writesHistory: writesHistory)
        try collector.start()
        return collector
    }

    private func local() throws -> LocalEngine {
        try made.withLock { made in
            if let engine = made.engine { return engine }
            if let refusal = settings.engineRefusal { throw refusal }
            let program = try Program.current()
            var configuration = LocalEngine.Configuration(
                root: settings.root, runRoot: settings.runRoot,
                monitorPath: try program.monitorPath(settings.monitorPath), cgroupParent: settings.cgroupParent,
                exitCommand: program.cleanupCommand(settings), logger: logger)
            configuration.fuseOverlay = settings.fuseOverlay
            configuration.systemd = settings.systemd
            configuration.registries = registries
            let engine = LocalEngine(configuration)
            made.engine = engine
            return engine
        }
    }

    private func collector(_ firstInterval: Duration?, writesHistory: Bool = true) throws -> Collector {
        let listing = try local()
        return try made.withLock { made in
            if let collector = made.collector { return collector }
            let options = Collector.Options(
                firstInterval: firstInterval, historyDirectory: keepsHistory ? settings.root + "/history" : nil,
                writesHistory: writesHistory)
            let collector = try Collector(
                listing: listing, hierarchies: try CgroupHierarchies.detect(), options: options)
            made.collector = collector
            return collector
        }
    }
}

extension Settings.LogLevel {
    fileprivate var loggerLevel: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warn: .warning
        case .error: .error
        }
    }
}
