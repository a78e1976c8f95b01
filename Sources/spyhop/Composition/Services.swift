import Cgroups
import Collector
import DockerEngine
import Engine
import LinuxSystem
import LocalEngine
import Logging
import Merging
import Registry
import Synchronization

/// The rooms put together. Each is made when it is first asked for: `--version` opens nothing.
final class Services: Sendable {
    /// What is meant where nobody has said which engine.
    enum Scope: Sendable {
        /// The embedded one, as commands do.
        case own
        /// Whoever is there, as in a dashboard.
        case present
    }

    private struct Made {
        var engine: LocalEngine?
        var engines: EngineMaking.Made?
        var collector: Collector?
    }

    private let settings: Settings
    private let environment: ProcessEnvironment
    private let scope: Scope
    private let registries: @Sendable () throws -> RegistryConfiguration
    private let keepsHistory: Bool
    private let logger: Logger
    private let made = Mutex(Made())

    /// - Parameters:
    ///   - scope: what is meant where nobody has said which engine.
    ///   - isQuiet: nothing is told on standard error, as under a dashboard's screen.
    ///   - keepsHistory: figures are kept under the root, as a dashboard wants them.
    init(
        settings: Settings, environment: ProcessEnvironment, scope: Scope = .own, isQuiet: Bool = false,
        keepsHistory: Bool = false
    ) {
        self.settings = settings
        self.environment = environment
        self.scope = scope
        registries = { try environment.registries() }
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

    /// The engine that is meant, or several as one. Others than the embedded one begin to be watched in a dashboard.
    /// - Throws: `EngineError` `.unsupported` when the monitor's program is not installed; for an engine that there is not.
    func engine() throws -> any ContainerEngine {
        let entries = try entries()
        // The embedded engine by itself does not know what it is called: spyhop::web is read where several might be.
        let isAlone = entries == [EngineCatalog.spyhop] && settings.engines.named.isEmpty
        return isAlone ? try local() : try engines(entries).engine
    }

    /// Options with which another command means the same engines.
    func engineWords() throws -> [String] {
        let words = settings.engines.words
        if !words.isEmpty { return words }
        let names = try entries().map(\.name)
        return names == ["spyhop"] ? [] : ["--engine", names.joined(separator: ",")]
    }

    /// Several engines are meant.
    var isMerged: Bool { get throws { try entries().count > 1 } }

    /// Other engines than the embedded one are meant: what runs in them has to be told first.
    var hasOthers: Bool { get throws { try entries() != [EngineCatalog.spyhop] } }

    /// The engines that are meant.
    private func entries() throws(EngineError) -> [EngineCatalog.Entry] {
        let catalog = EngineCatalog(environment)
        if settings.engines.isEmpty, scope == .present, catalog.kept == nil { return catalog.ready() }
        return try catalog.chosen(settings.engines)
    }

    private func engines(_ entries: [EngineCatalog.Entry]) throws -> EngineMaking.Made {
        if let made = made.withLock({ $0.engines }) { return made }
        let new = try EngineMaking(settings: settings, environment: environment, local: local).make(entries)
        return made.withLock { made in
            if let first = made.engines { return first }
            made.engines = new
            if scope == .present { for engine in new.watched { engine.startWatching() } }
            return new
        }
    }

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
        // What an engine tells of its containers has to be known for their figures: it is watched.
        for engine in made.withLock({ $0.engines?.watched ?? [] }) { engine.startWatching() }
        try collector.start()
        return collector
    }

    /// Waits until other engines have told what runs in them, for a table that is to have figures from the beginning.
    func prepareStatistics() async throws {
        let entries = try entries()
        guard entries != [EngineCatalog.spyhop] else { return }
        let engines = try engines(entries)
        for engine in engines.watched {
            engine.startWatching()
            await engine.settle()
        }
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

    /// Whose containers are measured.
    private func listing(_ hierarchies: CgroupHierarchies) throws -> any SampleTargetListing {
        let entries = try entries()
        if entries == [EngineCatalog.spyhop] { return try local() }
        let engines = try engines(entries)
        return JoinedTargets(engines.listings, engines.others, hierarchies)
    }

    private func collector(_ firstInterval: Duration?, writesHistory: Bool = true) throws -> Collector {
        let hierarchies = try CgroupHierarchies.detect()
        let listing = try listing(hierarchies)
        return try made.withLock { made in
            if let collector = made.collector { return collector }
            let options = Collector.Options(
                firstInterval: firstInterval, historyDirectory: keepsHistory ? settings.root + "/history" : nil,
                writesHistory: writesHistory)
            let collector = try Collector(
                listing: listing, hierarchies: hierarchies, options: options)
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
