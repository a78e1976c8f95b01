import Cgroups
import Engine
import LinuxSystem
import Synchronization

/// Measures the host and every running container once a second, on a thread of its own, and keeps the history.
///
/// The newest round wins: a slow reader misses rounds and never holds the collector back.
public final class Collector: StatisticsSource {
    /// How it collects.
    public struct Options: Sendable, Hashable {
        /// From round to round.
        public var interval: Duration
        /// Between the two quick samples that give the first round (and a new container's first) its rates;
        /// `nil` leaves rates 0 until the second round.
        public var firstInterval: Duration?
        /// Where history is kept; `nil` keeps it in memory only.
        public var historyDirectory: String?
        /// Whether history is written, or only read.
        public var writesHistory: Bool
        /// The most that history may take on disk, bytes.
        public var historyByteLimit: Int64

        /// Makes options; one round a second and rates after 18 ms unless told otherwise.
        public init(
            interval: Duration = .seconds(1), firstInterval: Duration? = .milliseconds(18),
            historyDirectory: String? = nil, writesHistory: Bool = true, historyByteLimit: Int64 = 64 << 20
        ) {
            self.interval = interval
            self.firstInterval = firstInterval
            self.historyDirectory = historyDirectory
            self.writesHistory = writesHistory
            self.historyByteLimit = historyByteLimit
        }
    }

    /// What does not change about this host; asked once.
    public let hostFacts: HostFacts
    private let listing: any SampleTargetListing
    private let options: Options
    private let history: HistoryStore
    private let board: FrameBoard

    /// Prepares a collector of the containers that `listing` names; `start` sets it going.
    /// - Throws: `EngineError` `.system` when no descriptors are to be had.
    public init(
        listing: any SampleTargetListing, hierarchies: CgroupHierarchies, options: Options = Options()
    ) throws(EngineError) {
        hostFacts = HostFacts.detect(hierarchies)
        self.listing = listing
        self.options = options
        history = HistoryStore(
            directory: options.historyDirectory, byteLimit: options.historyByteLimit, writes: options.writesHistory)
        do throws(SystemError) {
            board = try FrameBoard()
        } catch {
            throw EngineError(.system, "cannot start measuring", cause: error)
        }
    }

    deinit { board.stop() }

    /// Starts the collector's thread; does nothing when it runs or has been stopped.
    public func start() throws(EngineError) {
        guard board.beginRunning() else { return }
        let rounds = RoundRunner.Setup(
            listing: listing, options: options, history: history, board: board, hostMemory: hostFacts.memoryTotal)
        do throws(SystemError) {
            try CollectorThread.start { RoundRunner(rounds).run() }
        } catch {
            throw EngineError(.system, "cannot start measuring", cause: error)
        }
    }

    /// Ends the thread after its current round, writes what history is due, and ends every stream of frames.
    /// It does not wait for that unless told so.
    public func stop(waiting: Bool = false) {
        board.stop()
        if waiting { board.waitUntilEnded() }
    }

    /// Whether there is something to write at its end.
    public var keepsHistory: Bool { options.historyDirectory != nil && options.writesHistory }

    /// The newest round; `nil` before the first. Cheap: for drawing.
    public var latest: StatisticsFrame? { board.latest }

    /// Why the last round could not ask which containers run; `nil` when it could.
    public var problem: EngineError? { board.problem }

    /// Says that containers were started or ended: they are looked for at once instead of at the next round.
    public func nudge() { board.nudge() }

    /// Rounds of figures from the newest on; a reader that is late gets the newest and misses the ones between.
    public func frames() -> AsyncStream<StatisticsFrame> { board.frames() }

    /// Kept values from the oldest to the newest, merged by maximum into points whose borders are fixed in absolute time;
    /// `nil` where nothing was measured.
    public func history(_ query: HistoryQuery) -> [Double?] { histories([query]).first ?? [] }

    /// The answers to several questions at once.
    public func histories(_ queries: [HistoryQuery]) -> [[Double?]] {
        // The last round's second, not this one's: between rounds an answer does not move.
        let now = latest?.time.seconds ?? Clock.realtime() / 1_000_000_000
        return history.values(queries, now: now)
    }

    /// Measures these containers more closely from the next round on; of a great many, some.
    public func watchDetails(of containers: Set<ContainerID>) { board.watch(containers) }

    /// Drops a removed container's history.
    public func forget(_ id: ContainerID) { history.forget(id) }
}
