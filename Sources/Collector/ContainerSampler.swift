import Cgroups
import Engine

/// What takes one container's samples.
protocol ContainerSampler: AnyObject {
    /// What it measures.
    var target: SampleTarget { get }
    /// Whether it also takes what costs more: single cores, kernel memory of version 1.
    var isDetailed: Bool { get set }
    /// Samples are of moments of their own, and one may come several times.
    var keepsOwnTime: Bool { get }
    /// The counters now; `nil` when the container is gone.
    func sample(at time: Timestamp, using buffer: ReadBuffer) -> Sample?
}

extension ContainerSampler {
    var keepsOwnTime: Bool { false }
}

extension CgroupSampler: ContainerSampler {}
