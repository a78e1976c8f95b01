import CNcurses
import Glibc

/// The terminal: draws canvases on it and tells what happens at it. Nothing else touches ncurses.
///
/// A screen belongs to the thread that opened it; only its `waker` may be used from others. Whatever way the program
/// ends, the terminal is given back as it was: `close()`, `deinit`, and fatal signals all see to it.
public final class Screen {
    /// Columns and rows now.
    public private(set) var size: Size
    /// Colours that are used.
    public let depth: ColorDepth
    /// Characters that may be drawn.
    public private(set) var glyphs: Glyphs
    /// Ends the wait for an event, from any thread.
    public let waker: Waker

    private var handle: OpaquePointer?
    private let options: ScreenOptions
    private var usesMouse: Bool
    private let codes: ScreenCodes
    private let events: Int32
    private var pairs: ColorPairs
    /// nil where the terminal has no pictures, or no way back for the cursor.
    private var pictures: PictureLayer?
    private var shown: Canvas?
    private var pendingEscape: Key?
    /// What has come so far of a pasted text; `nil`: none is coming.
    private var pasted: String.UnicodeScalarView?
    private var buttonIsDown = false
    /// A mouse report that has come in part.
    private var report: MouseReport?

    /// Opens the terminal: alternate screen, raw keys, no cursor.
    public init(_ options: ScreenOptions) throws(ScreenError) {
        guard isatty(options.input) == 1, isatty(options.output) == 1 else { throw .notATerminal }
        guard !options.term.isEmpty, options.term != "dumb" else { throw .unusable(term: options.term) }
        let wantsDirect =
            ColorDepth.detect(
                colors: 256, hasRGB: false, colorTerm: options.colorTerm, noColor: options.noColor) == .direct
        let direct = (options.depth ?? .direct) == .direct && (wantsDirect || options.depth == .direct)
        // Signals first: a SIGTERM between here and there must not find a terminal without its keeper.
        let events = sph_events_open()
        guard events >= 0 else { throw .system(errno: -events) }
        guard let opened = TerminfoPatch.open(options, direct: direct) else {
            sph_events_close(events)
            throw .unusable(term: options.term)
        }
        guard sph_string("cup") != nil else {
            sph_screen_close(opened.screen)
            sph_events_close(events)
            throw .unusable(term: options.term)
        }
        self.options = options
        self.events = events
        handle = opened.screen
        waker = Waker(events)
        depth =
            options.depth.map { $0 == .direct && !opened.isDirect ? .indexed : $0 }
            ?? ColorDepth.detect(
                colors: Int(sph_number("colors")), hasRGB: opened.isDirect, colorTerm: nil, noColor: options.noColor)
        glyphs = sph_utf8() == 1 && !options.forceASCII ? .unicode : .ascii
        codes = ScreenCodes(wantsMoves: options.hover, isInTmux: options.isInTmux)
        usesMouse = options.mouse
        pairs = ColorPairs(capacity: Int(sph_pairs()))
        pictures = glyphs.isASCII || codes.beginFrame.isEmpty ? nil : PictureLayer(depth: depth)
        size = Size(width: Int(sph_columns()), height: Int(sph_lines()))
        let farewell = codes.farewell
        farewell.withUnsafeBufferPointer { sph_guard_arm(options.output, $0.baseAddress, $0.count) }
        enter()
    }

    deinit { close() }

    /// Gives the terminal back. Further calls do nothing.
    public func close() {
        guard let handle else { return }
        self.handle = nil
        send(codes.leave)
        sph_screen_close(handle)
        sph_guard_disarm()
        let descriptor = waker.retire()
        if descriptor >= 0 { sph_events_close(descriptor) }
    }

    /// Shows a canvas; only what changed since the last one is sent. A canvas of another size is shown as far as it goes.
    public func draw(_ canvas: Canvas) {
        guard handle != nil else { return }
        var changes = canvas.changes(since: shown)
        var whole = shown == nil || shown?.size != canvas.size
        if pairs.needsRoom {
            pairs.removeAll()
            sph_pairs_reset()
            changes = canvas.changes(since: nil)
            whole = true
        }
        guard whole || !changes.isEmpty else { return }
        if whole { pictures?.forget() }
        var row = -1
        for change in changes where change.start.y < size.height {
            if change.start.y != row {
                row = change.start.y
                pictures?.take(row: row, of: canvas, columns: size.width - 1)
            }
            for x in change.start.x..<min(change.start.x + change.count, size.width) {
                put(canvas[Point(x: x, y: change.start.y)], x: x, y: change.start.y)
            }
        }
        shown = canvas
        send(codes.beginFrame)
        send(pictures?.erasing().map { CChar(bitPattern: $0) } ?? [])
        sph_flush(whole ? 1 : 0)
        send(pictures?.drawing().map { CChar(bitPattern: $0) } ?? [])
        send(codes.endFrame)
    }

    /// Puts text into the clipboard of a terminal that lets programs do so (xterm's OSC 52); others take no notice.
    public func copy(_ text: String) {
        guard handle != nil else { return }
        send(codes.clipboard(text))
    }

    /// Rings.
    public func ring() {
        guard handle != nil else { return }
        send([7])
    }

    /// Asks for a notification of the desktop; terminals that have none take no notice. The texts may be anybody's.
    public func notify(_ title: String, _ body: String) {
        guard handle != nil else { return }
        send(codes.notification(title, body, options.notification))
    }

    /// Does what the person has changed: from now on, and after the terminal was lent.
    public func adopt(_ wishes: DisplayWishes) {
        guard handle != nil else { return }
        if wishes.usesMouse != usesMouse {
            usesMouse = wishes.usesMouse
            send(usesMouse ? codes.mouseOn : codes.mouseOff)
            if usesMouse { sph_mouse_on() }
        }
        let wanted: Glyphs = sph_utf8() == 1 && !wishes.drawsASCII ? .unicode : .ascii
        if wanted != glyphs {
            glyphs = wanted
            shown = nil
        }
    }

    /// Paints everything anew with the next canvas.
    public func invalidate() { shown = nil }

    /// Hands the terminal over, as it was before, to `body` (a shell, an editor), and takes it back afterwards.
    public func suspend<Result>(_ body: () throws -> Result) rethrows -> Result {
        send(codes.leave)
        sph_pause()
        defer {
            // Ctrl-C in the child's terminal was meant for the child.
            _ = sph_signal_taken(SIGINT)
            enter()
            sph_discard_input()
            measure()
            shown = nil
        }
        return try body()
    }

    /// Gives the terminal to plain lines for as long as `body` takes; the screen's waker and signals go on counting.
    public func plainly<Result>(_ body: (LineScreen) -> Result) -> Result? {
        suspend {
            guard
                let lines = try? LineScreen(
                    guestOf: events, waker: waker, input: options.input, output: options.output,
                    isInTmux: options.isInTmux)
            else { return nil }
            defer { lines.close() }
            return body(lines)
        }
    }

    /// Waits for the next event.
    ///
    /// - Parameter timeout: milliseconds to wait at most; for ever when nil.
    /// - Returns: nil after the time is over.
    public func nextEvent(timeout: Int?) -> TerminalEvent? {
        guard handle != nil else { return .terminate(signal: SIGHUP) }
        if let event = pendingInput() ?? pendingSignal() { return event }
        let ready = sph_wait(options.input, events, Int32(clamping: timeout ?? -1))
        if ready < 0 { return .terminate(signal: SIGHUP) }
        if ready & 2 != 0 {
            sph_events_drain(events)
            return pendingSignal() ?? .woken
        }
        if ready & 1 != 0, let event = pendingInput() { return event }
        return ready & 8 != 0 ? .terminate(signal: SIGHUP) : nil
    }
}

extension Screen {
    private func enter() {
        send(codes.enter)
        guard usesMouse else { return }
        send(codes.mouseOn)
        sph_mouse_on()
    }

    private func send(_ bytes: [CChar]) {
        if !bytes.isEmpty { bytes.withUnsafeBufferPointer { sph_write(options.output, $0.baseAddress, $0.count) } }
    }

    private func put(_ cell: Cell, x: Int, y: Int) {
        guard cell.width > 0 else { return }
        if pictures != nil, PictureLayer.isPicture(cell), x + 1 < size.width {
            let blank = Cell(blank: cell.style)
            put(blank, x: x, y: y)
            return put(blank, x: x + 1, y: y)
        }
        var glyph = (UInt32(cell.glyph & 0x1FFFFF), UInt32(cell.glyph >> 21 & 0x1FFFFF), UInt32(cell.glyph >> 42))
        if glyph.0 >= 0x7F {
            if glyphs.isASCII {
                glyph = (Transliteration.ascii(glyph.0), 0, 0)
            } else if sph_width(glyph.0) != Int32(cell.width) {
                // Where the C library counts otherwise than we do, ncurses would shift the line.
                glyph = (UInt32(UInt8(ascii: "?")), 0, 0)
            }
        }
        let style = cell.style
        let colors = depth.pair(style)
        let pair = depth == .none ? 0 : pairs.number(colors.foreground, colors.background)
        withUnsafePointer(to: glyph) {
            $0.withMemoryRebound(to: UInt32.self, capacity: 3) {
                sph_put(Int32(y), Int32(x), $0, ScreenCodes.bits(style.attributes), Int32(pair))
            }
        }
        // A wide character that became one narrow one leaves its right half to fill.
        if cell.width == 2, glyph.0 < 0x7F, x + 1 < size.width {
            put(Cell(blank: style), x: x + 1, y: y)
        }
    }

    private func measure() {
        var rows: Int32 = 0
        var columns: Int32 = 0
        guard sph_window(options.output, &rows, &columns) == 0 else { return }
        sph_resize(rows, columns)
        size = Size(width: Int(columns), height: Int(rows))
    }

    private func pendingSignal() -> TerminalEvent? {
        for signal in [SIGTERM, SIGHUP, SIGINT] where sph_signal_taken(signal) == 1 {
            return .terminate(signal: signal)
        }
        if sph_signal_taken(SIGCONT) == 1 {
            sph_pause()
            enter()
            measure()
            shown = nil
            return .resized(size)
        }
        if sph_signal_taken(SIGWINCH) == 1 {
            measure()
            shown = nil
            return .resized(size)
        }
        return nil
    }

    private func pendingInput() -> TerminalEvent? {
        if let key = pendingEscape {
            pendingEscape = nil
            return .key(key)
        }
        var value: UInt32 = 0
        while true {
            let kind = sph_key(&value)
            if let event = pastedText(kind, value) { return event }
            if pasted != nil, kind != 0 { continue }
            switch takeReport(kind, value) {
            case .none: break
            case .unfinished: continue
            case .finished(let event):
                if let event { return .mouse(event) }
                continue
            }
            switch kind {
            case 1:
                if value == 27 { return .key(afterEscape()) }
                if let key = KeyDecoder.key(character: value) { return .key(key) }
            case 2:
                if let event = event(function: Int32(truncatingIfNeeded: value)) { return event }
            default: return nil
            }
        }
    }

    /// What a key that was read means to a mouse report.
    private enum ReportStep {
        /// Nothing: none is coming.
        case none
        case unfinished
        case finished(MouseEvent?)
    }

    private func takeReport(_ kind: Int32, _ value: UInt32) -> ReportStep {
        if kind == 2, value == UInt32(SPH_MOUSE_REPORT) {
            report = MouseReport()
            return .unfinished
        }
        guard kind != 0, var begun = report else { return .none }
        report = nil
        guard kind == 1, begun.take(value) else { return .none }
        guard begun.isFinished else {
            report = begun
            return .unfinished
        }
        return .finished(begun.event)
    }

    /// The characters between the marks that a terminal puts around what is pasted (xterm's mode 2004).
    private func pastedText(_ kind: Int32, _ value: UInt32) -> TerminalEvent? {
        if kind == 2, value == UInt32(SPH_PASTE_BEGIN) {
            pasted = String.UnicodeScalarView()
            return nil
        }
        guard pasted != nil, kind != 0 else { return nil }
        if kind == 1, let scalar = Unicode.Scalar(value) {
            // As lines end in a text; whatever could steer is not part of one.
            if scalar == "\r" { pasted?.append("\n") }
            if scalar == "\n" || scalar == "\t" || value >= 0x20 && !(0x7F..<0xA0).contains(value) {
                pasted?.append(scalar)
            }
        }
        guard kind == 2 && value == UInt32(SPH_PASTE_END) || (pasted?.count ?? 0) >= Self.pasteLimit else { return nil }
        defer { pasted = nil }
        return pasted.map { .paste(String($0)) }
    }

    /// Longer texts come in pieces.
    private static let pasteLimit = 1 << 18

    /// Esc alone, or Alt with a character: terminals send both as ESC, the latter with the character right behind.
    private func afterEscape() -> Key {
        var value: UInt32 = 0
        switch sph_key(&value) {
        case 1:
            guard let key = KeyDecoder.key(character: value) else { return .escape }
            if case .character(let character) = key { return .alt(character) }
            pendingEscape = key
        case 2 where value == UInt32(SPH_MOUSE_REPORT): report = MouseReport()
        case 2: pendingEscape = KeyDecoder.key(function: Int32(truncatingIfNeeded: value))
        default: break
        }
        return .escape
    }

    private func event(function code: Int32) -> TerminalEvent? {
        if code == KEY_MOUSE { return mouseEvent().map { .mouse($0) } }
        return KeyDecoder.key(function: code).map { .key($0) }
    }

    private func mouseEvent() -> MouseEvent? {
        var x: Int32 = 0
        var y: Int32 = 0
        var state: UInt = 0
        guard sph_mouse(&x, &y, &state) == 1 else { return nil }
        let event = MouseDecoder.event(state: state, at: Point(x: Int(x), y: Int(y)), isDown: buttonIsDown)
        switch event?.kind {
        case .press: buttonIsDown = MouseDecoder.leavesDown(state)
        case .release: buttonIsDown = false
        default: break
        }
        return event
    }
}
