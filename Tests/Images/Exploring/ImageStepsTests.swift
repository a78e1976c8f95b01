import Engine
import OCI
import Testing

@testable import Images

struct ImageStepsTests {
    private func image(
        _ id: String, _ layers: [String], history: [ImageConfiguration.History]? = nil, tags: [String] = []
    ) -> ImageSteps {
        ImageSteps(
            id: ImageID(rawValue: id), tags: tags, layers: layers, sizes: layers.indices.map { Int64($0 + 1) * 10 },
            history: history ?? layers.map { .init(createdBy: "make \($0)") })
    }

    private func lines(_ entries: [ImageHistoryEntry]) -> [String] {
        entries.map { entry in
            "\(entry.imageID?.rawValue ?? "-") \(entry.createdBy) \(entry.size) \(entry.layer ?? "-") "
                + entry.tags.joined(separator: ",")
        }
    }

    @Test func stepsWithoutALayerHaveNone() {
        let entries = image(
            "top", ["a", "b"],
            history: [
                .init(createdBy: "ADD"), .init(createdBy: "CMD", emptyLayer: true), .init(createdBy: "RUN"),
                .init(createdBy: "ENV", emptyLayer: true),
            ], tags: ["x:1"]
        ).entries(among: [])
        #expect(lines(entries) == ["top ENV 0 - x:1", "- RUN 20 b ", "- CMD 0 - ", "- ADD 10 a "])
    }

    @Test func timesAndRemarksAreTold() throws {
        let entry = try #require(
            image("top", ["a"], history: [.init(created: "2026-01-02T03:04:05Z", createdBy: "ADD", comment: "why")])
                .entries(among: []).first)
        #expect(entry.createdAt == Timestamp(rfc3339: "2026-01-02T03:04:05Z"))
        #expect(entry.comment == "why")
    }

    @Test func aHistoryThatIsShortMissingOrLongLeavesNoLayerOut() {
        #expect(lines(image("top", ["a", "b"], history: []).entries(among: [])) == ["top  20 b ", "-  10 a "])
        #expect(
            lines(image("top", ["a", "b"], history: [.init(createdBy: "ADD")]).entries(among: []))
                == ["top  20 b ", "- ADD 10 a "])
        #expect(
            lines(image("top", ["a"], history: [.init(createdBy: "1"), .init(createdBy: "2")]).entries(among: []))
                == ["top 2 0 - ", "- 1 10 a "])
        #expect(image("top", [], history: []).entries(among: []).isEmpty)
    }

    @Test func basesStandWhereTheyEnd() {
        let top = image("top", ["a", "b", "c"], tags: ["app:1"])
        let base = image("base", ["a"], tags: ["base:1"])
        let other = image("other", ["a", "x"], tags: ["other:1"])
        let swapped = image("swapped", ["b", "a"], tags: ["swapped:1"])
        #expect(
            lines(top.entries(among: [top, base, other, swapped]))
                == ["top make c 30 c app:1", "- make b 20 b ", "base make a 10 a base:1"])
    }

    @Test func aBasesOwnStepsWithoutLayersBelongToIt() {
        let steps: [ImageConfiguration.History] = [
            .init(createdBy: "ADD"), .init(createdBy: "CMD", emptyLayer: true), .init(createdBy: "RUN"),
        ]
        let base = image("base", ["a"], history: Array(steps.prefix(2)), tags: ["base:1"])
        #expect(
            lines(image("top", ["a", "b"], history: steps).entries(among: [base]))
                == ["top RUN 20 b ", "base CMD 0 - base:1", "- ADD 10 a "])
        let same = image("same", ["a"], history: steps.prefix(2) + [.init(createdBy: "ENV", emptyLayer: true)])
        #expect(
            lines(same.entries(among: [base])) == ["same ENV 0 - ", "base CMD 0 - base:1", "- ADD 10 a "])
    }

    @Test func anImageOfTheSameLayersIsNoBase() {
        let top = image("top", ["a"], history: [.init(createdBy: "mine")])
        #expect(lines(top.entries(among: [image("twin", ["a"], tags: ["twin:1"])])) == ["top mine 10 a "])
    }

    @Test func severalImagesThatEndAtOneStepAreAllNamed() {
        let top = image("top", ["a", "b"])
        let named = image("z", ["a"], tags: ["z:1"])
        let dangling = image("d", ["a"])
        #expect(lines(top.entries(among: [dangling, named, top])).last == "z make a 10 a z:1")
        #expect(
            lines(top.entries(among: [named, image("y", ["a"], tags: ["y:1"])])).last == "y make a 10 a y:1,z:1")
    }
}
