import Glibc

/// Signals as images spell them: `SIGQUIT`, `QUIT`, `3`, `SIGRTMIN+3`.
public enum StopSignal {
    private static let names: [String: Int32] = [
        "ABRT": SIGABRT, "ALRM": SIGALRM, "BUS": SIGBUS, "CHLD": SIGCHLD, "CLD": SIGCHLD, "CONT": SIGCONT,
        "FPE": SIGFPE, "HUP": SIGHUP,
        "ILL": SIGILL, "INT": SIGINT, "IO": SIGIO, "IOT": SIGABRT, "KILL": SIGKILL, "PIPE": SIGPIPE, "POLL": SIGIO,
        "PROF": SIGPROF, "PWR": SIGPWR,
        "QUIT": SIGQUIT, "SEGV": SIGSEGV, "STKFLT": 16, "STOP": SIGSTOP, "SYS": SIGSYS, "TERM": SIGTERM,
        "TRAP": SIGTRAP, "TSTP": SIGTSTP, "TTIN": SIGTTIN, "TTOU": SIGTTOU, "URG": SIGURG, "USR1": SIGUSR1,
        "USR2": SIGUSR2, "VTALRM": SIGVTALRM, "WINCH": SIGWINCH, "XCPU": SIGXCPU, "XFSZ": SIGXFSZ,
    ]
    /// What the C library leaves of the kernel's 32 to 64.
    private static let firstRealTime: Int32 = 34
    private static let lastRealTime: Int32 = 64

    /// The signal's number; `nil` when it is none.
    public static func number(_ text: String) -> Int32? {
        if let number = Int32(text) { return (1...lastRealTime).contains(number) ? number : nil }
        let upper = text.uppercased()
        let name = upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper
        if let known = names[name] { return known }
        if name.hasPrefix("RTMIN") { return realTime(name.dropFirst(5), from: firstRealTime) }
        if name.hasPrefix("RTMAX") { return realTime(name.dropFirst(5), from: lastRealTime) }
        return nil
    }

    private static func realTime(_ offset: Substring, from base: Int32) -> Int32? {
        if offset.isEmpty { return base }
        guard let offset = Int32(offset), (-64...64).contains(offset) else { return nil }
        let number = base + offset
        return (firstRealTime...lastRealTime).contains(number) ? number : nil
    }
}
