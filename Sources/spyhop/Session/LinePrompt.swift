import Engine
import Glibc
import LinuxSystem

/// A question at the terminal, answered with a line.
enum LinePrompt {
    private enum Step: Sendable {
        case line(String)
        case interrupted(Int32)
    }

    /// Asks; what is typed is not seen when it `isHidden`. A signal puts the terminal back before it ends the command.
    /// - Throws: `CommandFailure` with 128 and the signal's number; `EngineError`.
    static func ask(_ question: String, isHidden: Bool) async throws -> String {
        try await StandardStream.error.write(question)
        let signals = try SignalPipe([SIGINT, SIGTERM, SIGHUP, SIGQUIT])
        let saved = isHidden ? try hide() : nil
        defer { if var saved { _ = tcsetattr(0, TCSADRAIN, &saved) } }
        let step = try await withThrowingTaskGroup(of: Step.self) { group in
            group.addTask { .line(try await readLine()) }
            group.addTask { .interrupted(try await signals.next().first ?? SIGINT) }
            defer { group.cancelAll() }
            return try await group.next() ?? .interrupted(SIGINT)
        }
        switch step {
        case .line(let line):
            // The line's end was not seen either.
            if isHidden { try await StandardStream.error.write("\n") }
            return line
        case .interrupted(let signal):
            try await StandardStream.error.write("\n")
            throw CommandFailure(code: 128 + signal)
        }
    }

    /// The settings from before.
    private static func hide() throws -> termios {
        var settings = termios()
        guard tcgetattr(0, &settings) == 0 else {
            throw EngineError(.system, "cannot read the terminal's settings: \(SystemError.words(errno))")
        }
        let saved = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        guard tcsetattr(0, TCSADRAIN, &settings) == 0 else {
            throw EngineError(.system, "cannot change the terminal's settings: \(SystemError.words(errno))")
        }
        return saved
    }

    private static func readLine() async throws -> String {
        var bytes: [UInt8] = []
        while let more = try await StandardInput.next() {
            bytes += more
            if bytes.contains(UInt8(ascii: "\n")) || bytes.count > 4096 { break }
        }
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        return String(decoding: line, as: UTF8.self)
    }
}
