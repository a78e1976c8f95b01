import Cgroups
import Engine

/// Passes on what an engine tells of a container whose cgroups are out of reach.
///
/// It belongs to one thread, the collector's.
final class EngineSampler: ContainerSampler {
    let target: SampleTarget
    /// Engines tell no more than they always do.
    var isDetailed = false
    /// The engine's figures are of its own moments.
    let keepsOwnTime = true
    private let listing: any SampleTargetListing

    init(_ target: SampleTarget, _ listing: any SampleTargetListing) {
        self.target = target
        self.listing = listing
    }

    func sample(at time: Timestamp, using buffer: ReadBuffer) -> Sample? { listing.engineSample(of: target.id) }
}
