import Terminal

/// Lines of JSON as columns: level, time, message and whatever fields a person chose; of the others the rest.
struct LogColumns: Sendable, Hashable {
    /// Names that programs give to the same thing.
    static let aliases: [String: [String]] = [
        "level": ["level", "lvl", "severity", "loglevel", "log.level", "@l"],
        "time": ["time", "ts", "timestamp", "@timestamp", "t", "date", "@t"],
        "msg": ["msg", "message", "text", "event", "@m"],
    ]

    /// Chosen fields; empty: level, time, message and all others behind them.
    var fields: [String] = []

    /// The fields that a person typed, by commas or blanks.
    init(_ text: String = "") {
        fields = text.split { $0 == "," || $0 == " " }.map { $0.lowercased() }
    }

    /// A line's columns; `nil` for one that is no JSON.
    func glyphs(_ bytes: [UInt8], _ look: Look) -> [LogText.Styled]? {
        guard let value = LogJSON.object(in: bytes), case .object(let members) = value else { return nil }
        var glyphs: [LogText.Styled] = []
        func add(_ text: String, _ role: Role, width: Int) {
            var own = LogText.glyphs(String(text.prefix(2000)), style: look[role])
            let used = own.reduce(0) { $0 + $1.glyph.width }
            if used < width { own += LogText.glyphs(String(repeating: " ", count: width - used), style: look[role]) }
            if !glyphs.isEmpty { glyphs += LogText.glyphs(" ", style: look[.text]) }
            glyphs += own
        }
        var shown: Set<String> = []
        for field in fields.isEmpty ? ["level", "time", "msg"] : fields {
            let names = Self.aliases[field] ?? [field]
            shown.formUnion(names)
            let text = value.member(names)?.short ?? ""
            switch field {
            case "level": add(Self.level(text), Self.role(ofLevel: text), width: 5)
            case "time": if !text.isEmpty || !fields.isEmpty { add(Self.time(text), .timestamp, width: 12) }
            case "msg": add(text, .text, width: 0)
            default: add(text, .secondary, width: 8)
            }
        }
        guard fields.isEmpty else { return glyphs }
        for member in members where !shown.contains(member.name.lowercased()) {
            if !glyphs.isEmpty { glyphs += LogText.glyphs(" ", style: look[.text]) }
            glyphs += LogText.glyphs(member.name + "=", style: look[.muted])
            glyphs += LogText.glyphs(String(member.value.short.prefix(2000)), style: look[.secondary])
        }
        return glyphs
    }

    /// Numbers of pino and bunyan have names.
    private static func level(_ text: String) -> String {
        let numbers = ["10": "TRACE", "20": "DEBUG", "30": "INFO", "40": "WARN", "50": "ERROR", "60": "FATAL"]
        return numbers[text] ?? String(text.uppercased().prefix(8))
    }

    static func role(ofLevel text: String) -> Role {
        switch level(text) {
        case "ERROR", "ERR", "FATAL", "CRITICAL", "CRIT", "PANIC", "ALERT", "EMERG": .error
        case "WARN", "WARNING": .warning
        case "INFO", "NOTICE": .info
        default: .muted
        }
    }

    /// The time of day of what looks like a date; anything else as it is.
    private static func time(_ text: String) -> String {
        guard text.utf8.count >= 19, let mark = text.firstIndex(where: { $0 == "T" || $0 == " " }) else { return text }
        return String(text[text.index(after: mark)...].prefix { $0 != "Z" && $0 != "+" }.prefix(12))
    }
}
