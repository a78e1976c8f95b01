import Engine

/// Figures that follow from the container's place and the time alone.
struct FakeStatistics: StatisticsSource {
    let containers: [Container]
    let start: Timestamp
    /// A round every so long; `nil`: one round only.
    var pace: Duration?

    var hostFacts: HostFacts {
        HostFacts(hostname: "reef", kernel: "6.18.0", cpuCount: 2, memoryTotal: 16 << 30, cgroupMode: "hybrid")
    }

    func frame(_ round: Int) -> StatisticsFrame {
        let time = start.advanced(by: .seconds(round))
        var usages: [ContainerID: Usage] = [:]
        for (index, container) in containers.enumerated() where container.state.isAlive {
            usages[container.id] = usage(index, round, time, limits: container.limits)
        }
        return StatisticsFrame(time: time, host: host(round, time), containers: usages)
    }

    private func host(_ round: Int, _ time: Timestamp) -> Usage {
        var host = Usage(time: time)
        host.cpu = Self.wave(round, 40) * 150
        host.memory = UInt64(5 + Self.wave(round, 90)) << 30
        host.memoryLimit = 16 << 30
        host.pids = 412
        host.cores = [Float(Self.wave(round, 40) * 90), Float(Self.wave(round, 40) * 60)]
        setMemoryKinds(&host)
        return host
    }

    private func usage(_ index: Int, _ round: Int, _ time: Timestamp, limits: ResourceLimits) -> Usage {
        var usage = Usage(time: time)
        usage.cpu = Self.wave(round + index * 13, 20 + index * 7 % 50) * Double(20 + index * 37 % 130)
        usage.memory = UInt64(Self.wave(round + index * 5, 60) * 300 + 20) << 20
        usage.memoryLimit = limits.memory.map { UInt64(max(0, $0)) } ?? 16 << 30
        usage.isMemoryLimited = limits.memory != nil
        setMemoryKinds(&usage)
        if index % 2 == 1 { usage.newOOMKills = ((round % 40) + 40) % 40 == 20 ? 1 : 0 }
        usage.pids = UInt64(1 + index % 9)
        usage.receiveRate = index % 3 == 0 ? Self.wave(round, 12) * 1_300_000 : 0
        usage.sendRate = index % 3 == 0 ? Self.wave(round, 9) * 90_000 : 0
        usage.interfaces = containers[index].endpoints.enumerated().map { place, endpoint in
            var rate = Usage.InterfaceRate(
                name: endpoint.interface, receiveRate: usage.receiveRate * (place == 0 ? 0.75 : 0.25),
                sendRate: usage.sendRate * (place == 0 ? 0.75 : 0.25))
            rate.receivedTotal = 12_000_000
            rate.sentTotal = 340_000
            rate.drops = UInt64(place)
            return rate
        }
        usage.readRate = index % 4 == 1 ? 5_000_000 : 0
        usage.writeRate = index % 4 == 1 ? Self.wave(round, 30) * 800_000 : 0
        return usage
    }

    private func setMemoryKinds(_ usage: inout Usage) {
        usage.memoryAnonymous = usage.memory / 2
        usage.memoryFile = usage.memory / 4
        usage.memoryShared = usage.memory / 16
        usage.memoryKernel = usage.memory / 8
        usage.memorySlab = usage.memory / 16
        var pressure = Sample.Pressure()
        (pressure.cpuSome, pressure.cpuFull) = (usage.cpu / 4, usage.cpu / 8)
        (pressure.memorySome, pressure.ioSome) = (1.5, usage.cpu / 10)
        usage.pressure = pressure
    }

    /// Between 0 and 1, a triangle with rounded feet: no floating-point library needed, the same everywhere.
    static func wave(_ round: Int, _ period: Int) -> Double {
        let period = max(2, period)
        let phase = Double(((round % period) + period) % period) / Double(period)
        let triangle = phase < 0.5 ? phase * 2 : 2 - phase * 2
        return triangle * triangle * (3 - 2 * triangle)
    }

    func frames() -> AsyncStream<StatisticsFrame> {
        AsyncStream { continuation in
            guard let pace else {
                continuation.yield(frame(0))
                continuation.finish()
                return
            }
            let task = Task {
                var round = 0
                while !Task.isCancelled {
                    continuation.yield(frame(round))
                    round += 1
                    try? await Task.sleep(for: pace)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    func history(_ query: HistoryQuery) -> [Double?] {
        let step = max(1, Int(query.span.components.seconds) / max(1, query.points))
        var index: Int?
        if case .container(let id) = query.subject {
            index = containers.firstIndex { $0.id == id && $0.state.isAlive }
            if index == nil { return [Double?](repeating: nil, count: query.points) }
        }
        return (0..<query.points).map { point in
            let round = (point - query.points) * step
            let time = start.advanced(by: .seconds(round))
            let figures = index.map { usage($0, round, time, limits: containers[$0].limits) } ?? host(round, time)
            return value(figures, query.metric)
        }
    }

    private func value(_ usage: Usage, _ metric: HistoryQuery.Metric) -> Double? {
        switch metric {
        case .cpu: usage.cpu
        case .memory: Double(usage.memory)
        case .receive: usage.receiveRate
        case .send: usage.sendRate
        case .read: usage.readRate
        case .write: usage.writeRate
        case .pids: Double(usage.pids)
        case .cpuUser: usage.cpu * 0.75
        case .cpuSystem: usage.cpu * 0.25
        case .core(let core): usage.cores.indices.contains(core) ? Double(usage.cores[core]) : nil
        case .throttled: usage.cpuThrottled
        case .throttledPeriods: usage.throttledPeriods
        case .anonymous: Double(usage.memoryAnonymous)
        case .file: Double(usage.memoryFile)
        case .kernel: Double(usage.memoryKernel)
        case .slab: Double(usage.memorySlab)
        case .shared: Double(usage.memoryShared)
        case .swap: Double(usage.swap)
        case .memoryLimit: usage.isMemoryLimited ? Double(usage.memoryLimit) : nil
        case .oomKills: Double(usage.newOOMKills)
        case .cpuPressure: usage.pressure?.cpuSome
        case .memoryPressure: usage.pressure?.memorySome
        case .ioPressure: usage.pressure?.ioSome
        case .cpuPressureFull: usage.pressure?.cpuFull
        case .memoryPressureFull: usage.pressure?.memoryFull
        case .ioPressureFull: usage.pressure?.ioFull
        }
    }
}
