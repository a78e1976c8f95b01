import Engine
import Testing

@testable import SpyhopCommands

struct HumanFormatTests {
    @Test(arguments: [
        (0, "Less than a second"), (1, "1 second"), (2, "2 seconds"), (59, "59 seconds"), (60, "About a minute"),
        (119, "About a minute"), (120, "2 minutes"), (3599, "59 minutes"), (3600, "About an hour"),
        (5399, "About an hour"), (5400, "2 hours"), (86_400, "24 hours"), (47 * 3600, "47 hours"),
        (48 * 3600, "2 days"), (13 * 86_400, "13 days"), (14 * 86_400, "2 weeks"), (59 * 86_400, "8 weeks"),
        (60 * 86_400, "2 months"), (729 * 86_400, "24 months"), (730 * 86_400, "2 years"),
        (-5, "Less than a second"),
    ])
    func durationsReadAsDockers(seconds: Int, text: String) {
        #expect(HumanDuration.text(.seconds(seconds)) == text)
    }

    @Test(
        arguments: [
            (0, "0B"), (1, "1B"), (999, "999B"), (1000, "1kB"), (4_261_574, "4.26MB"), (12_345, "12.3kB"),
            (123_456_789, "123MB"), (1_500_000_000, "1.5GB"), (UInt64.max, "18.4EB"),
        ] as [(UInt64, String)])
    func decimalSizesHaveThreeDigits(bytes: UInt64, text: String) {
        #expect(HumanSize.decimal(bytes) == text)
    }

    @Test(
        arguments: [
            (0, "0B"), (1023, "1023B"), (1024, "1KiB"), (3_850_000, "3.672MiB"), (67_108_864, "64MiB"),
            (1_610_612_736, "1.5GiB"),
        ] as [(UInt64, String)])
    func binarySizesHaveFourDigits(bytes: UInt64, text: String) {
        #expect(HumanSize.binary(bytes) == text)
    }

    @Test(arguments: [
        (0.0, 2, "0.00"), (12.345, 2, "12.35"), (99.999, 2, "100.00"), (-0.001, 2, "0.00"), (-1.5, 1, "-1.5"),
        (7, 0, "7"), (.nan, 2, "0"), (.infinity, 2, "0"),
    ])
    func fixedPointRounds(value: Double, decimals: Int, text: String) {
        #expect(FixedPoint.text(value, decimals: decimals) == text)
    }

    @Test(arguments: [
        ("sh", "\"sh\""), ("a \"b\" \\", "\"a \\\"b\\\" \\\\\""), ("x\ny\t", "\"x\\ny\\t\""),
        ("\u{1b}[31m", "\"\\x1b[31m\""), ("\u{9b}m", "\"\\u009bm\""), ("naïve 鯨…", "\"naïve 鯨…\""),
        ("\u{202e}", "\"\\u202e\""),
    ])
    func quotingLetsNoControlThrough(text: String, quoted: String) {
        #expect(GoText.quoted(text) == quoted)
    }

    @Test func ellipsisCountsItself() {
        #expect(GoText.ellipsis("abcdef", 6) == "abcdef")
        #expect(GoText.ellipsis("abcdefg", 6) == "abcde…")
    }

    @Test func tableColumnsAreAsWideAsDockers() {
        let table = TextTable.render(["ID\tNAME\tEND", "1\ta-very-long-name\tx"])
        #expect(table == "ID        NAME               END\n1         a-very-long-name   x\n")
    }
}
