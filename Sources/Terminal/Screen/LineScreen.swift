import CNcurses
import Glibc

/// A terminal that is read line by line, by a screen reader or a braille display: nothing is ever drawn over, no colour
/// and no cursor movement is sent, keys work as on the screen.
public final class LineScreen: Display {
    /// Columns and rows now; a wide page where the terminal has no size.
    public private(set) var size: Size
    /// None.
    public let depth = ColorDepth.none
    /// ASCII: a reader speaks every other sign by its name.
    public let glyphs = Glyphs.ascii
    /// Ends the wait for an event, from any thread.
    public let waker: Waker
    /// It takes lines.
    public let isPlain = true

    private let input: Int32
    private let output: Int32
    private let events: Int32
    /// The waker and the signals' handlers are another screen's.
    private let isGuest: Bool
    private let before: termios
    private let isInTmux: Bool
    private var reader = KeyReader()
    private var waiting: [Key] = []
    private var isOpen = true

    /// Takes the terminal over: keys come one by one and without echo.
    public init(input: Int32 = 0, output: Int32 = 1, isInTmux: Bool = false) throws(ScreenError) {
        guard isatty(input) == 1, isatty(output) == 1 else { throw .notATerminal }
        let events = sph_events_open()
        guard events >= 0 else { throw .system(errno: -events) }
        var modes = termios()
        guard tcgetattr(input, &modes) == 0 else {
            let number = errno
            sph_events_close(events)
            throw .system(errno: number)
        }
        (self.input, self.output, self.events) = (input, output, events)
        (isGuest, before, self.isInTmux) = (false, modes, isInTmux)
        waker = Waker(events)
        size = Self.measured(output)
        [CChar(0)].withUnsafeBufferPointer { sph_guard_arm(output, $0.baseAddress, 0) }
        setModes()
    }

    /// Lines in a screen's stead, while that one is suspended: its waker and its signals count.
    init(
        guestOf events: Int32, waker: Waker, input: Int32, output: Int32, isInTmux: Bool
    ) throws(ScreenError) {
        var modes = termios()
        guard tcgetattr(input, &modes) == 0 else { throw .system(errno: errno) }
        (self.input, self.output, self.events, self.waker) = (input, output, events, waker)
        (isGuest, before, self.isInTmux) = (true, modes, isInTmux)
        size = Self.measured(output)
        setModes()
    }

    deinit { close() }

    /// Gives the terminal back. Further calls do nothing.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        restoreModes()
        guard !isGuest else { return }
        sph_guard_disarm()
        let descriptor = waker.retire()
        if descriptor >= 0 { sph_events_close(descriptor) }
    }

    /// Takes no notice.
    public func draw(_ canvas: Canvas) {}
    /// Takes no notice.
    public func invalidate() {}
    /// Rings the terminal's bell.
    public func ring() { if isOpen { send("\u{07}") } }
    /// Says it: a reader speaks it where others see a message.
    public func notify(_ title: String, _ text: String) { say(["\(title): \(text)"]) }

    /// Prints lines, made harmless.
    public func say(_ lines: [String]) {
        guard isOpen else { return }
        for line in lines { send(SafeText.string(line) + "\r\n") }
    }

    /// Puts text into the clipboard of a terminal that lets programs do so.
    public func copy(_ text: String) {
        guard isOpen else { return }
        let code = ScreenCodes.clipboardCode(text, isInTmux: isInTmux)
        code.withUnsafeBufferPointer { sph_write(output, $0.baseAddress, $0.count) }
    }

    /// Hands the terminal over, as it was before, to `body`, and takes it back afterwards.
    public func suspend<Result>(_ body: () throws -> Result) rethrows -> Result {
        restoreModes()
        defer {
            _ = sph_signal_taken(SIGINT)
            tcflush(input, TCIFLUSH)
            setModes()
            size = Self.measured(output)
        }
        return try body()
    }

    /// Waits for the next event.
    public func nextEvent(timeout: Int?) -> TerminalEvent? {
        guard isOpen else { return .terminate(signal: SIGHUP) }
        if let event = pendingKey() ?? pendingSignal() { return event }
        // An Esc is one when nothing has followed it for a moment.
        let patience = reader.isWaiting ? 25 : Int32(clamping: timeout ?? -1)
        let ready = sph_wait(input, events, patience)
        if ready < 0 { return .terminate(signal: SIGHUP) }
        if ready & 2 != 0 {
            sph_events_drain(events)
            return pendingSignal() ?? .woken
        }
        if ready & 1 != 0 {
            take()
            if let event = pendingKey() { return event }
        }
        if ready == 0, reader.isWaiting {
            waiting += reader.flush()
            return pendingKey()
        }
        return ready & 8 != 0 ? .terminate(signal: SIGHUP) : nil
    }

    private func take() {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = read(input, &bytes, bytes.count)
        if count > 0 { waiting += reader.read(bytes[..<count]) }
    }

    private func pendingKey() -> TerminalEvent? { waiting.isEmpty ? nil : .key(waiting.removeFirst()) }

    private func pendingSignal() -> TerminalEvent? {
        for signal in [SIGTERM, SIGHUP, SIGINT] where sph_signal_taken(signal) == 1 {
            return .terminate(signal: signal)
        }
        let isBack = sph_signal_taken(SIGCONT) == 1
        if isBack { setModes() }
        guard sph_signal_taken(SIGWINCH) == 1 || isBack else { return nil }
        size = Self.measured(output)
        return .resized(size)
    }

    private func send(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { sph_write(output, $0.baseAddress, $0.count) }
        }
    }

    private func setModes() {
        var modes = before
        modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
        modes.c_iflag &= ~tcflag_t(IXON | ICRNL)
        tcsetattr(input, TCSADRAIN, &modes)
    }

    private func restoreModes() {
        var modes = before
        tcsetattr(input, TCSADRAIN, &modes)
    }

    private static func measured(_ output: Int32) -> Size {
        var (rows, columns): (Int32, Int32) = (0, 0)
        guard sph_window(output, &rows, &columns) == 0 else { return Size(width: 120, height: 40) }
        return Size(width: Int(columns), height: Int(rows))
    }
}
