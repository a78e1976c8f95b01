import Engine

/// What an alert looks at. The raw values are the words in the configuration.
public enum AlertFigure: String, Sendable, Hashable, CaseIterable {
    /// Per cent of one core.
    case cpu
    /// Per cent of the time in which the quota held it back.
    case throttled
    /// Bytes, or per cent of the limit in force.
    case memory
    /// Bytes.
    case swap
    /// Processes and threads, or per cent of their limit.
    case pids
    /// Bytes per second from and to the network.
    case receive, send
    /// Bytes per second from and to block devices.
    case read, write
    /// Per cent stalled, `some`, over ten seconds.
    case cpuPressure = "cpu pressure"
    case memoryPressure = "memory pressure"
    case ioPressure = "io pressure"
    /// Kills by the OOM killer in a round.
    case oom
    /// 1 while the health check fails.
    case unhealthy
    /// How often the container was started again.
    case restarts

    /// What a bound of it may be given in.
    enum Measure: Sendable, Hashable {
        case percent
        case bytes
        case bytesPerSecond
        case count
    }

    var measure: Measure {
        switch self {
        case .cpu, .throttled, .cpuPressure, .memoryPressure, .ioPressure: .percent
        case .memory, .swap: .bytes
        case .receive, .send, .read, .write: .bytesPerSecond
        case .pids, .oom, .unhealthy, .restarts: .count
        }
    }

    /// It also makes sense as a share of a limit.
    var hasShare: Bool { self == .memory || self == .pids }

    /// It is a fact that holds or does not, and needs no bound.
    var isFact: Bool { self == .oom || self == .unhealthy }

    /// The figure of a container or the host; `nil` when it is not known.
    /// - Parameter isShare: in per cent of the limit.
    func value(of subject: AlertRound.Subject, isShare: Bool) -> Double? {
        if self == .unhealthy { return subject.health.map { $0 == .unhealthy ? 1 : 0 } }
        if self == .restarts { return subject.restarts.map(Double.init) }
        return subject.usage.flatMap { value(of: $0, isShare: isShare) }
    }

    private func value(of usage: Usage, isShare: Bool) -> Double? {
        switch self {
        case .cpu: usage.cpu
        case .throttled: usage.cpuThrottled
        case .memory: isShare ? usage.memoryPercent : Double(usage.memory)
        case .swap: Double(usage.swap)
        case .pids:
            isShare
                ? usage.pidsLimit.flatMap { $0 > 0 ? Double(usage.pids) / Double($0) * 100 : nil } : Double(usage.pids)
        case .receive: usage.receiveRate
        case .send: usage.sendRate
        case .read: usage.readRate
        case .write: usage.writeRate
        case .cpuPressure: usage.pressure?.cpuSome
        case .memoryPressure: usage.pressure?.memorySome
        case .ioPressure: usage.pressure?.ioSome
        case .oom: Double(usage.newOOMKills)
        case .unhealthy, .restarts: nil
        }
    }

    func text(_ value: Double, isShare: Bool) -> String {
        if isShare { return Format.percent(value) }
        if self == .unhealthy { return value > 0 ? words("yes") : words("no") }
        switch measure {
        case .percent: return Format.percent(value)
        case .bytes: return Format.bytes(value)
        case .bytesPerSecond: return Format.decimalBytes(value) + "/s"
        case .count: return Format.fixed(value, 0)
        }
    }
}
