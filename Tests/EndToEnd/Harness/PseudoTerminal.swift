import CVTerm
import Foundation
import Harness
import Testing

/// A program on a pseudo-terminal, and the screen that a person would see: libvterm reads what the program writes.
final class PseudoTerminal {
    private let master: Int32
    private let terminal: OpaquePointer
    private let screen: OpaquePointer
    private(set) var columns: Int
    private(set) var rows: Int
    let child: Child
    /// Everything the program wrote, as bytes.
    private(set) var raw: [UInt8] = []

    init(_ arguments: [String], environment: [String], columns: Int = 120, rows: Int = 40) throws {
        master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
        var name = [CChar](repeating: 0, count: 64)
        guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, ptsname_r(master, &name, 64) == 0 else {
            throw HarnessError("no pseudo-terminal")
        }
        let slave = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.columns = columns
        self.rows = rows
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        guard let terminal = vterm_new(Int32(rows), Int32(columns)), let screen = vterm_obtain_screen(terminal) else {
            throw HarnessError("no virtual screen")
        }
        self.terminal = terminal
        self.screen = screen
        vterm_set_utf8(terminal, 1)
        vterm_screen_enable_altscreen(screen, 1)
        vterm_screen_reset(screen, 1)
        child = try Child(arguments, environment: environment, newSession: true) { actions in
            posix_spawn_file_actions_addopen(&actions, 0, slave, O_RDWR, 0)
            posix_spawn_file_actions_adddup2(&actions, 0, 1)
            posix_spawn_file_actions_adddup2(&actions, 0, 2)
        }
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
    }

    deinit {
        if child.poll() == nil {
            child.signal(SIGKILL)
            child.wait()
        }
        close(master)
        vterm_free(terminal)
    }

    /// Types text; escape sequences are keys.
    func type(_ text: String) { type(bytes: Array(text.utf8)) }

    func type(bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count > 0 { sent += count } else { usleep(2000) }
            pump(milliseconds: 0)
        }
    }

    func resize(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        vterm_set_size(terminal, Int32(rows), Int32(columns))
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// The rows of the screen as text, trailing blanks cut.
    var lines: [String] {
        pump(milliseconds: 0)
        return (0..<rows).map { row in
            var buffer = [CChar](repeating: 0, count: columns * 8)
            let area = VTermRect(start_row: Int32(row), end_row: Int32(row + 1), start_col: 0, end_col: Int32(columns))
            let length = vterm_screen_get_text(screen, &buffer, buffer.count, area)
            let text = String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return text.replacingOccurrences(of: "\0", with: " ").replacingOccurrences(
                of: #"\s+$"#, with: "", options: .regularExpression)
        }
    }

    /// What is on the screen now, as an SVG picture.
    var picture: String {
        pump(milliseconds: 0)
        return ScreenPicture(screen, columns: columns, rows: rows).svg
    }

    var text: String { lines.joined(separator: "\n") }

    /// Reads the screen until `condition` holds; records an issue with the screen when it never does.
    func wait(
        for what: String, sourceLocation: SourceLocation = #_sourceLocation, until condition: ([String]) -> Bool
    ) {
        for _ in 0..<600 {
            pump(milliseconds: 50)
            if condition(lines) { return }
            if child.poll() != nil {
                pump(milliseconds: 50)
                if condition(lines) { return }
                break
            }
        }
        Issue.record("the screen never showed \(what):\n\(text)", sourceLocation: sourceLocation)
    }

    func wait(forText wanted: String, sourceLocation: SourceLocation = #_sourceLocation) {
        wait(for: "“\(wanted)”", sourceLocation: sourceLocation) { $0.contains { $0.contains(wanted) } }
    }

    func wait(forNoText unwanted: String, sourceLocation: SourceLocation = #_sourceLocation) {
        wait(for: "no “\(unwanted)”", sourceLocation: sourceLocation) { !$0.contains { $0.contains(unwanted) } }
    }

    /// Waits for the program's end, still reading what it writes.
    func waitForExit() -> Int32 {
        for _ in 0..<1200 {
            pump(milliseconds: 25)
            if let code = child.poll() {
                pump(milliseconds: 25)
                return code
            }
        }
        Issue.record("the program never ended:\n\(text)")
        child.signal(SIGKILL)
        return child.wait()
    }

    private func pump(milliseconds: Int32) {
        var waiter = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&waiter, 1, milliseconds) > 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(master, &buffer, buffer.count)
            guard count > 0 else {
                // Nobody holds the other end any more: poll answers at once, and the program's end is still to come.
                if waiter.revents & Int16(POLLHUP) != 0 { usleep(UInt32(milliseconds) * 1000) }
                return
            }
            raw.append(contentsOf: buffer.prefix(count))
            buffer.withUnsafeBytes { bytes in
                _ = vterm_input_write(terminal, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count)
            }
        }
    }
}
