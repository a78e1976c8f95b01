import Engine

extension FilterSet {
    /// The filters of `volume ls`.
    static let volumeKeys: Set<String> = ["dangling", "driver", "label", "name"]

    /// Checks values that must be of a kind.
    func checkVolumeValues() throws {
        for key in ["dangling", "all"] {
            for value in values[key] ?? [] where OptionWords.truth(value) == nil {
                throw EngineError(.invalidArgument, "filter \(key)=\(value) wants true or false")
            }
        }
    }

    /// Whether a volume passes. A part of the name is enough, as docker has it.
    func matches(_ volume: Volume) -> Bool {
        allows("dangling") { OptionWords.truth($0) == volume.users.isEmpty }
            && allows("driver") { $0 == volume.driver } && allows("name") { volume.name.contains($0) }
            && allowsLabels(volume.labels) && !forbidsLabels(volume.labels)
    }
}
