import Engine

/// Signals as people write them: `SIGTERM`, `TERM`, `15` (signal(7), x86 and ARM numbers).
enum SignalName {
    private static let numbers: [String: Int32] = [
        "HUP": 1, "INT": 2, "QUIT": 3, "ILL": 4, "TRAP": 5, "ABRT": 6, "IOT": 6, "BUS": 7, "FPE": 8, "KILL": 9,
        "USR1": 10, "SEGV": 11, "USR2": 12, "PIPE": 13, "ALRM": 14, "TERM": 15, "STKFLT": 16, "CHLD": 17, "CLD": 17,
        "CONT": 18, "STOP": 19, "TSTP": 20, "TTIN": 21, "TTOU": 22, "URG": 23, "XCPU": 24, "XFSZ": 25, "VTALRM": 26,
        "PROF": 27, "WINCH": 28, "IO": 29, "POLL": 29, "PWR": 30, "SYS": 31, "UNUSED": 31, "RTMIN": 34, "RTMAX": 64,
    ]

    /// The signal's number.
    /// - Throws: `EngineError` `.invalidArgument` when it is no signal.
    static func number(_ text: String) throws -> Int32 {
        if let number = Int32(text), (1...64).contains(number) { return number }
        var name = text.uppercased()
        if name.hasPrefix("SIG") { name.removeFirst(3) }
        if let number = numbers[name] { return number }
        if name.hasPrefix("RTMIN+"), let offset = Int32(name.dropFirst(6)), (0...30).contains(offset) {
            return 34 + offset
        }
        if name.hasPrefix("RTMAX-"), let offset = Int32(name.dropFirst(6)), (0...30).contains(offset) {
            return 64 - offset
        }
        throw EngineError(
            .invalidArgument, "\"\(text)\" is not a signal", hint: "use a name such as SIGTERM or TERM, or a number")
    }

    /// `SIGTERM` for 15; the number itself where it has no name.
    static func name(_ number: Int32) -> String {
        let aliases: Set<String> = ["IOT", "CLD", "POLL", "UNUSED"]
        let name = numbers.first { $0.value == number && !aliases.contains($0.key) }
        return name.map { "SIG\($0.key)" } ?? String(number)
    }
}
