/// The characters that frames and graphs are made of.
public enum GlyphChoice: String, Sendable, Hashable, CaseIterable {
    /// As the locale and the terminal say.
    case automatic = "auto"
    case unicode, ascii
}

/// How many colours are used at most; a terminal that has fewer shows fewer.
public enum ColorChoice: String, Sendable, Hashable, CaseIterable {
    /// All that the terminal has.
    case automatic = "auto"
    case full = "16m"
    case indexed = "256"
    case sixteen = "16"
    case none = "none"
}

/// How the time of day is written.
public enum TimeFormat: String, Sendable, Hashable, CaseIterable {
    case hours24 = "24h"
    case hours12 = "12h"
}

/// What asks before it is done.
public enum ConfirmationChoice: String, Sendable, Hashable, CaseIterable {
    /// What loses something: remove, kill, prune, push.
    case destructive
    /// All that changes a container: start, stop, restart and pause as well.
    case always
}

/// In which zone times are told.
public enum TimeZoneChoice: Sendable, Hashable, RawRepresentable {
    /// This machine's.
    case local
    case utc
    /// So many seconds east of UTC.
    case fixed(Int64)

    /// `local`, `utc`, or an offset such as `+02:00` or `-5`.
    public init?(rawValue: String) {
        switch rawValue.lowercased() {
        case "local": self = .local
        case "utc", "z": self = .utc
        default:
            guard let sign = rawValue.first, sign == "+" || sign == "-" else { return nil }
            let parts = rawValue.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.utf8.count) }),
                let hours = Int64(parts[0]), (0...14).contains(hours),
                let minutes = parts.count == 2 ? Int64(parts[1]) : 0, (0...59).contains(minutes)
            else { return nil }
            self = .fixed((sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60))
        }
    }

    /// As the configuration spells it.
    public var rawValue: String {
        switch self {
        case .local: "local"
        case .utc: "utc"
        case .fixed(let seconds):
            "\(seconds < 0 ? "-" : "+")\(Self.digits(abs(seconds) / 3600)):\(Self.digits(abs(seconds) / 60 % 60))"
        }
    }

    private static func digits(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
}
