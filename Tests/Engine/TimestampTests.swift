import Engine
import Testing

struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00.000000000Z", Int64(0)),
        ("2016-10-06T00:17:09.669794202Z", 1_475_713_029_669_794_202),
        ("2024-02-29T23:59:59.000000001Z", 1_709_251_199_000_000_001),
        ("1969-12-31T23:59:59.500000000Z", -500_000_000),
    ])
    func writesAndReadsRFC3339(text: String, nanoseconds: Int64) {
        #expect(Timestamp(nanoseconds: nanoseconds).rfc3339 == text)
        #expect(Timestamp(rfc3339: text)?.nanoseconds == nanoseconds)
    }

    @Test func theEarliestAndTheLatestMomentHaveText() {
        #expect(Timestamp(nanoseconds: .min).rfc3339 == "1677-09-21T00:12:43.145224192Z")
        #expect(Timestamp(nanoseconds: .max).rfc3339 == "2262-04-11T23:47:16.854775807Z")
    }

    @Test func readsOffsetsAndShortFractions() {
        #expect(Timestamp(rfc3339: "2026-01-02T03:04:05.5+01:30") == Timestamp(rfc3339: "2026-01-02T01:34:05.500Z"))
        #expect(Timestamp(rfc3339: "2026-01-02") == Timestamp(rfc3339: "2026-01-02T00:00:00Z"))
    }

    @Test(arguments: [
        "", "2026", "2026-13-01T00:00:00Z", "2026-01-02T25:00:00Z", "2026-01-02T03:04:05.Z", "x",
        "2026-01-02T03:04:05Zx", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2262-12-31",
    ])
    func refusesWhatIsNotRFC3339(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }
}
