import ArgumentParser
import Engine

/// The rules of `image layers` by which an image fails.
struct EfficiencyOptions: ParsableArguments {
    @Option(
        name: .customLong("lowest-efficiency"),
        help: .init("Fail when a smaller share of all bytes is seen.", valueName: "0…1"))
    var lowestEfficiency: String?

    @Option(
        name: .customLong("highest-wasted-bytes"),
        help: .init("Fail when more bytes are hidden.", valueName: "size"))
    var highestWastedBytes: String?

    @Option(
        name: .customLong("highest-user-wasted-percent"),
        help: .init("Fail when more is hidden than this share of what stands on the lowest layer.", valueName: "0…1"))
    var highestUserWastedPercent: String?

    /// The rules.
    /// - Throws: `.invalidArgument`.
    func rules() throws -> EfficiencyRules {
        EfficiencyRules(
            lowestEfficiency: try lowestEfficiency.map {
                try EfficiencyRules.share($0, for: "--lowest-efficiency")
            },
            highestWastedBytes: try highestWastedBytes.map {
                try EfficiencyRules.bytes($0, for: "--highest-wasted-bytes")
            },
            highestWastedShare: try highestUserWastedPercent.map {
                try EfficiencyRules.share($0, for: "--highest-user-wasted-percent")
            })
    }
}
