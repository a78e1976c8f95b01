extension Timestamp {
    /// RFC 3339 text in UTC with nine digits of fraction, as docker and the CRI log format write it:
    /// `2026-01-02T03:04:05.006007008Z`.
    public var rfc3339: String {
        let calendar = Calendar(self)
        return "\(calendar.dateText)T\(calendar.timeText).\(Calendar.padded(calendar.nanosecond, 9))Z"
    }

    /// Reads RFC 3339 text (`Z` or a numeric offset, any length of fraction, or a bare date);
    /// `nil` when it is not that, or before 1677 or after 2262, which nanoseconds in 64 bits do not reach.
    public init?(rfc3339 text: some StringProtocol) {
        var scanner = DigitScanner(text.utf8)
        guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2), scanner.skip("-"),
            let day = scanner.number(2), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let days = Calendar.daysSinceEpoch(year: year, month: month, day: day)
        // Any time of day and any offset beside it still fit.
        guard (-106_746...106_746).contains(days) else { return nil }
        var nanoseconds = days * 86_400 * 1_000_000_000
        if scanner.isAtEnd {
            self.init(nanoseconds: nanoseconds)
            return
        }
        guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
            let hour = scanner.number(2), scanner.skip(":"), let minute = scanner.number(2),
            hour < 24, minute < 60
        else { return nil }
        var second: Int64 = 0
        if scanner.skip(":") {
            guard let value = scanner.number(2), value < 61 else { return nil }
            second = value
        }
        nanoseconds += ((hour * 60 + minute) * 60 + second) * 1_000_000_000
        if scanner.skip(".") {
            guard let fraction = scanner.fraction() else { return nil }
            nanoseconds += fraction
        }
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        self.init(nanoseconds: nanoseconds - offset * 1_000_000_000)
    }
}

/// The civil calendar behind the text, by Howard Hinnant's day-count equations.
private struct Calendar {
    let year: Int64
    let month: Int64
    let day: Int64
    let secondOfDay: Int64
    let nanosecond: Int64

    init(_ timestamp: Timestamp) {
        let seconds = Self.floorDivide(timestamp.nanoseconds, 1_000_000_000)
        // The second in which the earliest moment lies begins before it.
        nanosecond = timestamp.nanoseconds &- seconds &* 1_000_000_000
        let days = Self.floorDivide(seconds, 86_400)
        secondOfDay = seconds - days * 86_400
        let shifted = days + 719_468
        let era = Self.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var dateText: String { "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))" }

    var timeText: String {
        let hour = secondOfDay / 3600
        let minute = secondOfDay / 60 % 60
        return "\(Self.padded(hour, 2)):\(Self.padded(minute, 2)):\(Self.padded(secondOfDay % 60, 2))"
    }

    static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }

    static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floorDivide(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

/// Reads fixed-width numbers out of bytes, without ever trapping on what comes from outside.
private struct DigitScanner {
    private var bytes: [UInt8]
    private var position = 0

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ character: Character) -> Bool {
        guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func digit() -> Int64? {
        guard position < bytes.count, (0x30...0x39).contains(bytes[position]) else { return nil }
        defer { position += 1 }
        return Int64(bytes[position] - 0x30)
    }

    mutating func number(_ width: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<width {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    mutating func fraction() -> Int64? {
        guard var value = digit() else { return nil }
        var digits = 1
        while let digit = digit() {
            if digits < 9 {
                value = value * 10 + digit
                digits += 1
            }
        }
        while digits < 9 {
            value *= 10
            digits += 1
        }
        return value
    }

    /// Seconds east of UTC; text that ends here is UTC, as docker reads it.
    mutating func offset() -> Int64? {
        if isAtEnd || skip("Z") || skip("z") { return 0 }
        let sign: Int64
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = number(2), skip(":"), let minutes = number(2) else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
