import Cgroups
import Engine
import Glibc
import LinuxSystem

/// The collector's thread: round after round until it is stopped.
final class RoundRunner {
    /// What it is given.
    struct Setup: Sendable {
        let listing: any SampleTargetListing
        let options: Collector.Options
        let history: HistoryStore
        let board: FrameBoard
        let hostMemory: UInt64
    }

    private let setup: Setup
    private let interval: Int64
    private let buffer = ReadBuffer()
    private let processes = ProcessRound()
    private var host: TrackedHost
    private var tracked: [ContainerID: TrackedContainer] = [:]
    private var keeper: HistoryKeeper
    /// Subjects whose kept history has not been taken up yet.
    private var unopened: [HistoryQuery.Subject] = [.host]

    /// After the second's border, so that a timer's jitter never puts two rounds into one second and none into the next.
    private static let phase: Int64 = 20_000_000
    /// More wishes than this a second are answered together.
    private static let shortestNudge: Int64 = 50_000_000
    /// Containers that are measured more closely in one round.
    private static let mostWatched = 16
    /// Descriptors left to the rest of the process.
    private static let reservedDescriptors = 256

    init(_ setup: Setup) {
        self.setup = setup
        interval = max(10_000_000, setup.options.interval.inNanoseconds)
        host = TrackedHost(memory: setup.hostMemory)
        keeper = HistoryKeeper(setup.history)
    }

    func run() {
        adopt()
        let start = Clock.monotonic()
        measure()
        if let first = setup.options.firstInterval?.inNanoseconds {
            // Opening every file took its part of the interval already.
            let rest = first - (Clock.monotonic() - start)
            _ = setup.board.wait(nanoseconds: max(rest, first / 3))
            measure()
        }
        finishRound()
        while !setup.board.isStopping {
            if setup.board.wait(nanoseconds: timeToNextRound()) {
                if setup.board.isStopping { break }
                answerNudge()
            } else {
                adopt()
                measure()
                finishRound()
            }
        }
        keeper.finish()
        setup.board.end()
    }

    /// Rounds stand at fixed places of the wall clock, as history does. A clock that is set only moves the next one.
    private func timeToNextRound() -> Int64 {
        let now = Clock.realtime() - Self.phase
        let rest = interval - ((now % interval) + interval) % interval
        return min(rest, interval)
    }

    /// Takes up new containers and lets ended ones go; answers the new ones.
    @discardableResult
    private func adopt() -> [ContainerID] {
        let targets: [SampleTarget]
        do {
            targets = try setup.listing.sampleTargets()
            setup.board.report(nil)
        } catch {
            // What ran a moment ago most likely still does; ended ones fall out by themselves.
            setup.board.report((error as? EngineError) ?? EngineError(.system, "cannot list containers", cause: error))
            return []
        }
        var rest = tracked
        var fresh: [ContainerID] = []
        for target in targets {
            let old = rest.removeValue(forKey: target.id)
            guard old?.sampler.target != target else { continue }
            tracked[target.id] = TrackedContainer(sampler(of: target))
            if old == nil { unopened.append(.container(target.id)) }
            fresh.append(target.id)
        }
        for id in rest.keys {
            tracked[id] = nil
            unopened.removeAll { $0 == .container(id) }
            keeper.close(.container(id))
        }
        return fresh
    }

    private func sampler(of target: SampleTarget) -> any ContainerSampler {
        if target.isElsewhere { return EngineSampler(target, setup.listing) }
        return target.cgroupPaths.isEmpty
            ? ProcessSampler(target, processes) : CgroupSampler(target, isKept: canKeepDescriptors)
    }

    private var canKeepDescriptors: Bool {
        guard let limit = DescriptorLimit.current else { return false }
        let wanted = (tracked.count + 1) * CgroupSampler.mostDescriptors + Self.reservedDescriptors
        return UInt64(wanted) <= limit.soft
    }

    private func measure(_ only: [ContainerID]? = nil) {
        if only == nil { host.measure(using: buffer) }
        let watched = setup.board.watched
        var left = Self.mostWatched
        for id in only ?? Array(tracked.keys) {
            let isWatched = left > 0 && watched.contains(id)
            if isWatched { left -= 1 }
            tracked[id]?.sampler.isDetailed = isWatched
            tracked[id]?.measure(using: buffer, hostMemory: setup.hostMemory)
        }
    }

    private func finishRound() {
        let frame = makeFrame()
        // Who is told of a round asks for its history at once.
        keeper.record(frame, interval: interval)
        setup.board.publish(frame)
        // Files wait until somebody has something to look at: questions meanwhile are answered from them directly.
        for subject in unopened { keeper.open(subject) }
        unopened.removeAll()
        keeper.writeWhenDue()
    }

    /// New containers appear at once; the others keep their last round's figures, for rates over a few milliseconds are noise.
    private func answerNudge() {
        let fresh = adopt()
        measure(fresh)
        if let first = setup.options.firstInterval, !fresh.isEmpty {
            usleep(UInt32(clamping: first.inNanoseconds / 1000))
            measure(fresh)
        }
        setup.board.publish(makeFrame())
        usleep(UInt32(Self.shortestNudge / 1000))
    }

    private func makeFrame() -> StatisticsFrame {
        var containers: [ContainerID: Usage] = [:]
        containers.reserveCapacity(tracked.count)
        for (id, container) in tracked { containers[id] = container.usage }
        let time = Timestamp(nanoseconds: Clock.realtime())
        return StatisticsFrame(time: time, host: host.usage, containers: containers)
    }
}

extension Duration {
    /// Whole nanoseconds, at most about 292 years.
    var inNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
    }
}
