import Engine

/// Times before the lines of a log.
struct LogTime: Sendable, Hashable {
    enum Mode: Sendable, Hashable, CaseIterable {
        case off, local, utc, relative
    }

    var mode: Mode
    /// Seconds east of UTC.
    var offset: Int64
    var now: Timestamp
    /// Lines of other days are there: days stand before the times.
    var hasDays = false

    /// Cells, with the blank behind.
    var width: Int {
        switch mode {
        case .off: 0
        case .local: hasDays ? 15 : 13
        case .utc: hasDays ? 16 : 14
        case .relative: 8
        }
    }

    /// `14:03:59.123`, with days `02-28 14:03:59`, in UTC with a `Z`; relative `-3m12s`.
    func text(_ time: Timestamp) -> String {
        switch mode {
        case .off: return ""
        case .relative: return Self.padded("-" + Format.compactDuration(seconds: Format.age(of: time, now: now)), 7)
        case .local, .utc:
            let shift = mode == .utc ? 0 : offset
            let (date, clock) = Self.parts(time, shift)
            let text = hasDays ? "\(date.dropFirst(5)) \(clock.prefix(8))" : clock
            return text + (mode == .utc ? "Z" : "")
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }

    /// `2026-03-01` and `14:03:59.123` at `shift` seconds east of UTC.
    static func parts(_ time: Timestamp, _ shift: Int64) -> (date: String, clock: String) {
        let (moment, isWild) = time.nanoseconds.addingReportingOverflow(shift * 1_000_000_000)
        let seconds = Timestamp(nanoseconds: isWild ? time.nanoseconds : moment)
        let text = seconds.rfc3339
        let rest = seconds.nanoseconds % 1_000_000_000
        let digits = String((rest < 0 ? rest + 1_000_000_000 : rest) / 1_000_000)
        let fraction = String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
        return (String(text.prefix(10)), "\(text.dropFirst(11).prefix(8)).\(fraction)")
    }

    /// `+05:30`, `-3`, `Z` as seconds east of UTC.
    static func zone(_ text: String) -> Int64? {
        if text == "Z" || text.lowercased() == "utc" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let hours = Int64(parts[0]), (0...15).contains(hours) else { return nil }
        let minutes = parts.count == 2 ? Int64(parts[1]) : 0
        guard let minutes, (0...59).contains(minutes) else { return nil }
        return (hours * 3600 + minutes * 60) * (sign == "-" ? -1 : 1)
    }

    /// A moment that a person typed: `14:03`, `14:03:59`, `2026-03-01 14:03`, `10m` ago, or as RFC 3339 has it.
    static func moment(_ text: String, now: Timestamp, offset: Int64) -> Timestamp? {
        let text = text.trimmed
        if text.contains("T"), let time = Timestamp(rfc3339: text) { return time }
        if let unit = text.last, let number = Int64(text.dropLast()), number >= 0, number < 1_000_000 {
            let seconds: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
            if let factor = seconds[unit] { return now.advanced(by: .seconds(-number * factor)) }
        }
        let words = text.split(separator: " ")
        guard let clock = words.last, words.count <= 2 else { return nil }
        let full = clock.filter { $0 == ":" }.count == 1 ? clock + ":00" : String(clock)
        let date = words.count == 2 ? String(words[0]) : parts(now, offset).date
        guard let time = Timestamp(rfc3339: "\(date)T\(full)Z") else { return nil }
        let moment = time.advanced(by: .seconds(-offset))
        // A time of day that has not come yet was yesterday.
        return words.count == 1 && moment > now ? moment.advanced(by: .seconds(-86_400)) : moment
    }
}

extension String {
    /// Without blanks at its ends.
    var trimmed: String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
