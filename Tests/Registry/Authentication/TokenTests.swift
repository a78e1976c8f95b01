import Testing

@testable import Registry

struct TokenTests {
    @Test func aTokenLivesAsLongAsItSaysButAMinuteAtLeast() throws {
        let long = try #require(Token(answer: Array(#"{"token":"t","expires_in":300}"#.utf8), now: 1000))
        #expect(long.isGood(at: 1290))
        #expect(!long.isGood(at: 1300))
        let short = try #require(Token(answer: Array(#"{"access_token":"t","expires_in":3}"#.utf8), now: 1000))
        #expect(short.isGood(at: 1050))
        let silent = try #require(Token(answer: Array(#"{"token":"t"}"#.utf8), now: 1000))
        #expect(silent.isGood(at: 1050))
        #expect(!silent.isGood(at: 1061))
    }

    @Test func theTimeOfIssueCountsUnlessItsClockIsWrong() throws {
        // 1970-01-01T00:16:00Z is 960.
        let early = #"{"token":"t","expires_in":300,"issued_at":"1970-01-01T00:16:00Z"}"#
        let token = try #require(Token(answer: Array(early.utf8), now: 1000))
        #expect(token.end == 1260)
        let future = try #require(Token(answer: Array(early.utf8), now: 900))
        #expect(future.end == 1200)
        let over = try #require(Token(answer: Array(early.utf8), now: 5000))
        #expect(over.end == 5300)
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"token":""}"#, #"{"token":"a\r\nX-Evil: 1"}"#, #"{"token":"a b"}"#, #"{"token":7}"#,
    ])
    func whatNoHeaderFieldCanCarryIsNoToken(answer: String) {
        #expect(Token(answer: Array(answer.utf8), now: 1000) == nil)
    }
}
