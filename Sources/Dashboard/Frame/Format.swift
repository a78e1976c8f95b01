import Engine

/// Figures as people read them in docker's tables; whatever comes in, a short text comes out.
enum Format {
    /// Bytes in binary units with about three digits: `0B`, `512KiB`, `1.95GiB` (docker stats).
    static func bytes(_ value: Double) -> String {
        scaled(value, base: 1024, units: ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"])
    }

    /// Bytes in binary units.
    static func bytes(_ value: UInt64) -> String { bytes(Double(value)) }

    /// Bytes in decimal units with three digits, docker's way for images and I/O: `4.26MB`.
    static func decimalBytes(_ value: Double) -> String {
        scaled(value, base: 1000, units: ["B", "kB", "MB", "GB", "TB", "PB", "EB"])
    }

    /// Bytes a second, short enough for a column: `1.2M`, `14k`, `0`.
    static func rate(_ value: Double) -> String {
        guard value.isFinite, value >= 0.5 else { return value.isNaN ? "–" : value.isFinite ? "0" : "∞" }
        return scaled(value, base: 1000, units: ["B", "k", "M", "G", "T", "P", "E"])
    }

    /// A share: `0.0%`, `12.3%`, `1234%`.
    static func percent(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let clamped = min(max(value, 0), 999_999)
        return clamped < 99.95 ? "\(fixed(clamped, 1))%" : "\(Int(clamped.rounded()))%"
    }

    /// A fixed number of decimals without a formatter (0 to 2).
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite else { return "–" }
        let limited = min(max(value, -1e15), 1e15)
        let factor = decimals == 0 ? 1.0 : decimals == 1 ? 10.0 : 100.0
        let scaled = Int64((limited.magnitude * factor).rounded())
        let sign = limited < 0 && scaled != 0 ? "-" : ""
        guard decimals > 0 else { return sign + String(scaled) }
        let unit = Int64(factor)
        let fraction = String(scaled % unit)
        let padding = String(repeating: "0", count: max(0, decimals - fraction.utf8.count))
        return "\(sign)\(scaled / unit).\(padding)\(fraction)"
    }

    private static func scaled(_ value: Double, base: Double, units: [String]) -> String {
        guard value.isFinite else { return value.isNaN ? "–" : "∞" }
        var rest = max(value, 0)
        var index = 0
        while rest >= base - 0.5, index < units.count - 1 {
            rest /= base
            index += 1
        }
        guard index > 0 else { return fixed(rest, 0) + units[0] }
        let decimals = rest < 9.995 ? 2 : rest < 99.95 ? 1 : 0
        return fixed(rest, decimals) + units[index]
    }

    /// docker's rounded length of time: `Less than a second`, `3 minutes`, `About an hour`, `2 weeks`.
    static func humanDuration(seconds: Int64) -> String {
        let seconds = max(0, seconds)
        let minutes = seconds / 60
        let hours = (seconds + 1800) / 3600
        switch seconds {
        case 0: return words("Less than a second")
        case ..<60: return count(Int(seconds), "second")
        case ..<120: return words("About a minute")
        case ..<3600: return count(Int(minutes), "minute")
        default: break
        }
        if hours == 1 { return words("About an hour") }
        if hours < 48 { return count(Int(hours), "hour") }
        if hours < 24 * 7 * 2 { return count(Int(hours / 24), "day") }
        if hours < 24 * 30 * 2 { return count(Int(hours / 24 / 7), "week") }
        if hours < 24 * 365 * 2 { return count(Int(hours / 24 / 30), "month") }
        return count(Int(hours / 24 / 365), "year")
    }

    /// A length of time for a narrow column: `45s`, `3m`, `2h14m`, `5d3h`, `1y20d`.
    static func compactDuration(seconds: Int64) -> String {
        let seconds = max(0, seconds)
        let minutes = seconds / 60
        let hours = minutes / 60
        let days = hours / 24
        if seconds < 60 { return "\(seconds)s" }
        if minutes < 60 { return minutes < 10 ? "\(minutes)m\(seconds % 60)s" : "\(minutes)m" }
        if hours < 24 { return "\(hours)h\(minutes % 60)m" }
        if days < 365 { return "\(days)d\(hours % 24)h" }
        return "\(days / 365)y\(days % 365)d"
    }

    /// docker's status words for a container: `Up 3 minutes`, `Exited (0) 2 hours ago`.
    static func status(of state: ContainerState, now: Timestamp) -> String {
        func length(_ moment: Timestamp) -> String { humanDuration(seconds: age(of: moment, now: now)) }
        switch state {
        case .created: return words("Created")
        case .running(_, let startedAt): return words("Up \(length(startedAt))")
        case .paused(_, let startedAt): return words("Up \(length(startedAt)) (Paused)")
        case .restarting(let exit): return words("Restarting (\(exit.code)) \(ago(length(exit.finishedAt)))")
        case .exited(let exit): return words("Exited (\(exit.code)) \(ago(length(exit.finishedAt)))")
        case .dead: return words("Dead")
        }
    }

    /// `3m ago`, of a length of time.
    static func ago(_ time: String) -> String { words("\(time) ago") }

    /// Whole seconds from `moment` to `now`; never negative, never trapping on wild clocks.
    static func age(of moment: Timestamp, now: Timestamp) -> Int64 {
        let (difference, overflow) = now.nanoseconds.subtractingReportingOverflow(moment.nanoseconds)
        return overflow ? 0 : max(0, difference / 1_000_000_000)
    }

    /// `14:03:05` of a moment in UTC shifted by `offset` seconds east.
    static func clock(_ moment: Timestamp, offset: Int64 = 0) -> String {
        let (shifted, overflow) = moment.nanoseconds.addingReportingOverflow(
            min(max(offset, -86_400), 86_400) * 1_000_000_000)
        guard !overflow else { return "--:--:--" }
        let text = Timestamp(nanoseconds: shifted).rfc3339
        guard let start = text.firstIndex(of: "T") else { return "--:--:--" }
        return String(text[text.index(after: start)...].prefix(8))
    }

    /// A sentence with its identifiers and digests cut to the twelve digits that tables show.
    static func shorteningDigests(_ text: String) -> String {
        var short: [UInt8] = []
        var run: [UInt8] = []
        func flush() {
            if run.count == 64, short.suffix(7) == Array("sha256:".utf8)[...] { short.removeLast(7) }
            short += run.count == 64 ? run[..<12] : run[...]
            run = []
        }
        for byte in text.utf8 {
            let isHex = (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
            if isHex {
                run.append(byte)
            } else {
                flush()
                short.append(byte)
            }
        }
        flush()
        return String(decoding: short, as: UTF8.self)
    }

    /// `1 container`, `2 containers`, in the language in force.
    static func count(_ number: Int, _ noun: String) -> String {
        guard let book = Language.bookInForce else { return number == 1 ? "1 \(noun)" : "\(number) \(noun)s" }
        return book.count(number, one: "%1 \(noun)", many: "%1 \(noun)s")
    }
}
