import Engine
import Testing

@testable import Merging

struct EngineChoiceTests {
    private static func member(_ name: String) -> MergedEngine.Member {
        MergedEngine.Member(
            SilentEngine(name: name),
            status: EngineStatus(name: name, kind: .docker, address: "", condition: .connected))
    }

    private static let missing = EngineError(.notFound, "no such container")
    private static let away = EngineError(.unreachable, "it is gone")

    private func choose(_ answers: [(String, Result<Int, any Error>)]) -> Result<(MergedEngine.Member, Int), any Error>
    {
        EngineChoice.choose("web", "container", answers.map { (Self.member($0.0), $0.1) })
    }

    private func failure(_ answers: [(String, Result<Int, any Error>)]) -> EngineError? {
        if case .failure(let error) = choose(answers) { error as? EngineError } else { nil }
    }

    @Test func theOneThatHasItIsMeant() throws {
        let (member, found) = try choose([("a", .failure(Self.missing)), ("b", .success(7))]).get()
        #expect(member.name == "b" && found == 7)
    }

    @Test func severalAreToldWithTheirSpellings() {
        let error = failure([("a", .success(1)), ("b", .success(2))])
        #expect(error?.code == .conflict)
        #expect(error?.hint == "say which: a::web or b::web")
    }

    @Test func noneIsNotFoundAndOneThatIsAwayIsMentioned() {
        #expect(failure([("a", .failure(Self.missing)), ("b", .failure(Self.missing))])?.code == .notFound)
        let error = failure([("a", .failure(Self.missing)), ("b", .failure(Self.away))])
        #expect(error?.code == .notFound)
        #expect(error?.cause?.contains("it is gone") == true)
        #expect(failure([("a", .failure(Self.away))])?.code == .unreachable)
    }

    @Test func anAmbiguousBeginningWithinOneEngineIsToldAsSuch() {
        let ambiguous = EngineError(.conflict, "several begin so")
        #expect(failure([("a", .failure(Self.missing)), ("b", .failure(ambiguous))])?.message == "several begin so")
    }
}
