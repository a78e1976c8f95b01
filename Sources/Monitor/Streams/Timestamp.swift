/// A moment as RFC 3339 writes it, with nanoseconds, UTC: 2016-10-06T00:17:09.669794202Z.
struct Timestamp: ~Copyable {
    /// Bytes of the written form.
    static let length = 30

    private var text = Text(capacity: length)
    /// The second that `text` begins with: a program that writes much does so within few of them.
    private var second = Int64.min

    /// Sets the moment, in nanoseconds since the epoch.
    mutating func set(_ nanoseconds: Int64) {
        let second = nanoseconds / 1_000_000_000
        if second != self.second {
            self.second = second
            text.clear()
            writeSecond()
        }
        var fraction = nanoseconds % 1_000_000_000
        for place in stride(from: 28, through: 20, by: -1) {
            text.bytes[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction % 10)
            fraction /= 10
        }
    }

    func append(to other: inout Text) { other.append(text.bytes, count: text.count) }

    private mutating func writeSecond() {
        let days = second / 86400
        let rest = second % 86400
        // From days to a date of the Gregorian calendar, counted from March so that a leap day ends the year.
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
        field(year, 4, "-")
        field(month < 10 ? month + 3 : month - 9, 2, "-")
        field(day, 2, "T")
        field(rest / 3600, 2, ":")
        field(rest / 60 % 60, 2, ":")
        field(rest % 60, 2, ".")
        text.append(number: 0, digits: 9)
        text.append("Z")
    }

    private mutating func field(_ value: Int64, _ digits: Int, _ separator: StaticString) {
        text.append(number: value, digits: digits)
        text.append(separator)
    }
}
