import Engine
import Testing

struct GoDurationTests {
    @Test(arguments: [
        ("30s", 30_000_000_000), ("1m30s", 90_000_000_000), ("1.5h", 5_400_000_000_000), ("500ms", 500_000_000),
        ("0", 0), ("-1s", -1_000_000_000), ("2us", 2000), ("7ns", 7), ("+3s", 3_000_000_000),
    ])
    func whatGoReadsIsRead(text: String, nanoseconds: Int64) {
        #expect(GoDuration.nanoseconds(text) == nanoseconds)
    }

    @Test(arguments: ["", "s", "1", "1 s", "1x", "-", "1e3s", "99999999999999999999h", "1..5s"])
    func whatGoDoesNotReadIsNone(text: String) {
        #expect(GoDuration.nanoseconds(text) == nil)
    }

    @Test(arguments: [
        (0, "0s"), (1, "1ns"), (1500, "1.5µs"), (2_000_000, "2ms"), (30_000_000_000, "30s"), (90_000_000_000, "1m30s"),
        (3_600_000_000_000, "1h0m0s"), (5_400_500_000_000, "1h30m0.5s"), (-1_500_000_000, "-1.5s"),
    ])
    func itIsWrittenAsGoWritesIt(nanoseconds: Int64, text: String) {
        #expect(GoDuration.text(nanoseconds) == text)
    }
}
