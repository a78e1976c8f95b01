import Cgroups
import Engine
import Glibc
import LinuxSystem

/// A container under observation: its sampler, and what is needed for the next rates.
struct TrackedContainer {
    let sampler: any ContainerSampler
    /// The last round's figures; `nil` until it was measured, or when it is gone.
    private(set) var usage: Usage?
    private var last: (sample: Sample, moment: Int64)?

    init(_ sampler: any ContainerSampler) { self.sampler = sampler }

    mutating func measure(using buffer: ReadBuffer, hostMemory: UInt64) {
        let moment = Clock.monotonic()
        guard let sample = sampler.sample(at: Timestamp(nanoseconds: Clock.realtime()), using: buffer) else {
            usage = nil
            last = nil
            return
        }
        if sampler.keepsOwnTime, let last, last.sample.time >= sample.time { return }
        let elapsed =
            last.map { last in
                sampler.keepsOwnTime
                    ? sample.time.nanoseconds.subtractingClamped(last.sample.time.nanoseconds) : moment - last.moment
            } ?? 0
        usage = Usage(from: last?.sample, to: sample, elapsed: elapsed, hostMemory: hostMemory)
        last = (sample, moment)
    }
}

/// The host under observation.
struct TrackedHost {
    private let sampler = HostSampler()
    private let memory: UInt64
    private let mostProcessor = 100 * Double(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    private(set) var usage: Usage
    private var last: (sample: Sample, moment: Int64)?

    init(memory: UInt64) {
        self.memory = memory
        usage = Usage(time: Timestamp(nanoseconds: 0))
    }

    mutating func measure(using buffer: ReadBuffer) {
        let moment = Clock.monotonic()
        let sample = sampler.sample(at: Timestamp(nanoseconds: Clock.realtime()), using: buffer)
        let elapsed = last.map { moment - $0.moment } ?? 0
        usage = Usage(from: last?.sample, to: sample, elapsed: elapsed, hostMemory: memory)
        // Ticks are counted later than they go by: a round can have some of the one before.
        usage.cpu = min(usage.cpu, mostProcessor)
        last = (sample, moment)
    }
}
