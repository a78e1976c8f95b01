/// Names of signals, as STOPSIGNAL takes them.
enum StopSignal {
    /// Whether it is a signal's number, or its name with or without `SIG`.
    static func isKnown(_ text: String) -> Bool {
        if let number = Int(text) { return (1...64).contains(number) }
        var name = text.uppercased()
        if name.hasPrefix("SIG") { name.removeFirst(3) }
        if names.contains(name) { return true }
        for (prefix, most) in [("RTMIN+", 15), ("RTMAX-", 14)] where name.hasPrefix(prefix) {
            guard let offset = Int(name.dropFirst(prefix.count)) else { return false }
            return (1...most).contains(offset)
        }
        return false
    }

    private static let names: Set<String> = [
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL",
        "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1",
        "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX",
    ]
}
