import Engine
import Testing

@testable import SpyhopCommands

struct EfficiencyRulesTests {
    private func image(_ sizes: [Int64], wasted: Int64) -> ImageLayers {
        var image = LayersReportTests.image
        image.layers = sizes.map { ImageLayer(diffID: "", digest: "", size: $0, createdBy: "", files: []) }
        image.waste = wasted > 0 ? [.init(path: "x", count: 2, bytes: wasted)] : []
        return image
    }

    @Test func brokenRulesAreToldInSentences() {
        let rules = EfficiencyRules(lowestEfficiency: 0.95, highestWastedBytes: 50, highestWastedShare: 0.1)
        #expect(
            rules.broken(by: image([900, 100], wasted: 100)) == [
                "efficiency 0.9 is lower than --lowest-efficiency 0.95",
                "100 wasted bytes are more than --highest-wasted-bytes 50",
                "wasted share 1 of what stands on the lowest layer is higher than --highest-user-wasted-percent 0.1",
            ])
    }

    @Test func aLimitItselfIsKept() {
        let rules = EfficiencyRules(lowestEfficiency: 0.9, highestWastedBytes: 100, highestWastedShare: 1)
        #expect(rules.broken(by: image([900, 100], wasted: 100)) == [])
        #expect(EfficiencyRules().broken(by: image([1, 1], wasted: 2)) == [])
    }

    @Test func anImageOfItsBaseAloneWastesNothingOfItsOwn() {
        let rules = EfficiencyRules(lowestEfficiency: 1, highestWastedBytes: 0, highestWastedShare: 0)
        #expect(rules.broken(by: image([900], wasted: 0)) == [])
        #expect(rules.broken(by: image([], wasted: 0)) == [])
        #expect(EfficiencyRules(highestWastedShare: 1).broken(by: image([900, 0], wasted: 9)).count == 1)
    }

    @Test(
        arguments: [
            ("20MB", 20_000_000), ("20MiB", 20 << 20), ("1.5k", 1500), ("0", 0), ("7B", 7), ("1 GB", 1_000_000_000),
            ("3tib", 3 << 40),
        ] as [(String, Int64)])
    func sizesAreReadAsDiveReadsThem(text: String, bytes: Int64) throws {
        #expect(try EfficiencyRules.bytes(text, for: "--x") == bytes)
    }

    @Test(arguments: ["", "MB", "-1", "1xb", "5i", "1e400", "99999999999p"])
    func whatIsNoSizeIsRefused(text: String) {
        #expect(throws: EngineError.self) { try EfficiencyRules.bytes(text, for: "--x") }
    }

    @Test(arguments: ["1.1", "-0.1", "x", "", "95%"])
    func whatIsNoShareIsRefused(text: String) {
        #expect(throws: EngineError.self) { try EfficiencyRules.share(text, for: "--x") }
    }
}
