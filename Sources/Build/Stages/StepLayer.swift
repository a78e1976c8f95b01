import Images
import OCI

/// A layer of a stage: here, or known of and to be fetched once somebody needs its files.
enum StepLayer: Sendable {
    case here(BuiltLayer)
    case elsewhere(CachedStep, diffID: Digest, any RemoteCache)

    /// What its archive hashes to, which every key needs.
    var diffID: Digest {
        switch self {
        case .here(let layer): layer.diffID
        case .elsewhere(_, let diffID, _): diffID
        }
    }
}
