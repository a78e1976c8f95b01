import Engine

/// Takes the samples of one running container: kernel files opened once, read into a shared buffer.
///
/// It belongs to one thread, the collector's.
public final class CgroupSampler {
    /// What it measures.
    public let target: SampleTarget
    /// Whether it also takes what costs more: single cores, version 1's kernel memory, pressure at its finest.
    public var isDetailed = false
    private var cpu: CPUReader
    private var memory: MemoryReader?
    private var pids: PidsReader?
    private var io: BlockIOReader
    private var pressure: PressureReader?
    private var network: NetworkReader?
    private var lastProcessorTime: UInt64?

    /// The most descriptors that one sampler holds open.
    public static let mostDescriptors = 16

    /// Prepares to measure; opens nothing yet.
    /// - Parameter isKept: `false` opens and closes each file at every sample, where descriptors are scarce.
    public init(_ target: SampleTarget, isKept: Bool = true) {
        self.target = target
        let paths = target.cgroupPaths
        cpu = CPUReader(paths: paths, isKept: isKept)
        memory = MemoryReader(paths: paths, isKept: isKept)
        pids = PidsReader(paths: paths, isKept: isKept)
        io = BlockIOReader(paths: paths, isKept: isKept)
        if let unified = paths[ContainerCgroup.unifiedKey] {
            pressure = PressureReader(cgroup: unified, isKept: isKept)
        }
        network = NetworkReader.ofContainer(target, isKept: isKept)
    }

    /// The counters now; `nil` when the container's cgroups are gone.
    public func sample(at time: Timestamp, using buffer: ReadBuffer) -> Sample? {
        var sample = Sample(time: time)
        var isThere = cpu.read(into: &sample.cpu, isDetailed: isDetailed, using: buffer)
        let isIdle = isThere && sample.cpu.total == lastProcessorTime
        lastProcessorTime = sample.cpu.total
        if memory?.read(into: &sample.memory, isIdle: isIdle, isDetailed: isDetailed, using: buffer) == true {
            isThere = true
        }
        guard isThere else { return nil }
        pids?.read(into: &sample, using: buffer)
        io.read(into: &sample.io, using: buffer)
        sample.pressure = pressure?.read(isDetailed: isDetailed, using: buffer)
        sample.interfaces = network?.read(using: buffer) ?? []
        return sample
    }
}
