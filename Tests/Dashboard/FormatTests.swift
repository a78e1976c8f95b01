import Engine
import Testing

@testable import Dashboard

@Suite struct FormatTests {
    @Test func digestsInSentencesAreCutAndNothingElse() {
        let digest = String(repeating: "0123456789abcdef", count: 4)
        #expect(Format.shorteningDigests("cannot remove sha256:\(digest): busy") == "cannot remove 0123456789ab: busy")
        #expect(Format.shorteningDigests(digest) == "0123456789ab")
        #expect(Format.shorteningDigests("x\(digest)0") == "x\(digest)0")
        #expect(Format.shorteningDigests("a café: dead beef") == "a café: dead beef")
    }

    @Test(
        arguments: [
            (0, "0B"), (1.0, "1B"), (1023, "1023B"), (1024, "1.00KiB"), (1536, "1.50KiB"), (10_485_760, "10.0MiB"),
            (1_073_741_824, "1.00GiB"), (1023.7, "1.00KiB"), (-5, "0B"), (.nan, "–"), (.infinity, "∞"),
        ] as [(Double, String)])
    func bytesHaveThreeDigits(value: Double, text: String) {
        #expect(Format.bytes(value) == text)
    }

    @Test func theLargestCountOfBytesIsShort() { #expect(Format.bytes(UInt64.max) == "16.0EiB") }

    @Test(
        arguments: [(0.0, "0"), (14_000, "14.0k"), (1_200_000, "1.20M"), (.nan, "–"), (.infinity, "∞"), (-1, "0")]
            as [(Double, String)])
    func ratesAreShort(value: Double, text: String) { #expect(Format.rate(value) == text) }

    @Test(
        arguments: [(0.0, "0.0%"), (12.34, "12.3%"), (99.96, "100%"), (250, "250%"), (.nan, "–"), (1e300, "999999%")]
            as [(Double, String)])
    func sharesAreShort(value: Double, text: String) { #expect(Format.percent(value) == text) }

    @Test(
        arguments: [
            (0, "Less than a second"), (1, "1 second"), (59, "59 seconds"), (60, "About a minute"),
            (180, "3 minutes"), (3600, "About an hour"), (7200, "2 hours"), (86_400 * 3, "3 days"),
            (86_400 * 20, "2 weeks"), (86_400 * 90, "3 months"), (86_400 * 800, "2 years"), (-5, "Less than a second"),
        ] as [(Int64, String)])
    func lengthsOfTimeReadAsDockers(seconds: Int64, text: String) {
        #expect(Format.humanDuration(seconds: seconds) == text)
    }

    @Test func agesNeverTrapOnWildClocks() {
        let first = Timestamp(nanoseconds: .min)
        let last = Timestamp(nanoseconds: .max)
        #expect(Format.age(of: first, now: last) == 0)
        #expect(Format.age(of: last, now: first) == 0)
        #expect(!Format.clock(last, offset: 86_400).isEmpty)
    }

    @Test func statusIsDockers() {
        let now = Timestamp(seconds: 10_000)
        let exit = ContainerState.Exit(code: 137, finishedAt: Timestamp(seconds: 10_000 - 7200))
        #expect(Format.status(of: .running(pid: 1, startedAt: Timestamp(seconds: 9820)), now: now) == "Up 3 minutes")
        #expect(Format.status(of: .exited(exit), now: now) == "Exited (137) 2 hours ago")
        #expect(Format.status(of: .created, now: now) == "Created")
    }
}
