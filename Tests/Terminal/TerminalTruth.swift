import CVTerm
import Glibc
import Synchronization

@testable import Terminal

/// A screen of ours on a pseudo-terminal whose other end is libvterm: what a person would see of a canvas.
final class TerminalTruth {
    let screen: Screen
    private let master: Int32
    private let slave: Int32
    private let terminal: OpaquePointer
    private let picture: OpaquePointer
    private let reader: PtyReader

    init?(
        columns: Int, rows: Int, term: String = "xterm-256color", colorTerm: String? = "truecolor",
        mouse: Bool = false
    ) {
        // The test's own surroundings may have no locale, and then nothing but ASCII would be drawn.
        setenv("LC_ALL", "C.UTF-8", 1)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        var (master, slave): (Int32, Int32) = (-1, -1)
        guard openpty(&master, &slave, nil, nil, &size) == 0 else { return nil }
        (self.master, self.slave) = (master, slave)
        guard let terminal = vterm_new(Int32(rows), Int32(columns)), let picture = vterm_obtain_screen(terminal) else {
            return nil
        }
        (self.terminal, self.picture) = (terminal, picture)
        vterm_set_utf8(terminal, 1)
        vterm_screen_enable_altscreen(picture, 1)
        vterm_screen_reset(picture, 1)
        reader = PtyReader(master)
        let options = ScreenOptions(
            term: term, colorTerm: colorTerm, mouse: mouse, hover: mouse, input: slave, output: slave)
        guard let screen = try? Screen(options) else { return nil }
        self.screen = screen
    }

    /// Ends the screen, and the thread that reads.
    func close() {
        screen.close()
        Glibc.close(slave)
        reader.wait()
        Glibc.close(master)
        vterm_free(terminal)
    }

    /// Draws a canvas and returns the bytes that were sent for it.
    @discardableResult
    func draw(_ canvas: Canvas) -> [UInt8] {
        _ = reader.take()
        screen.draw(canvas)
        var bytes: [UInt8] = []
        for _ in 0..<400 {
            bytes += reader.take()
            if bytes.suffix(8) == Array("\u{1B}[?2026l".utf8)[...] { break }
            usleep(1000)
        }
        bytes.withUnsafeBytes { raw in
            _ = vterm_input_write(terminal, raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count)
        }
        return bytes
    }

    /// Types, or clicks, in one write; returns what the screen makes of it.
    func type(_ text: String) -> [TerminalEvent] {
        let bytes = Array(text.utf8)
        guard write(master, bytes, bytes.count) == bytes.count else { return [] }
        var events: [TerminalEvent] = []
        // What was typed can be read at once: the other end is the same machine.
        while let event = screen.nextEvent(timeout: 200) { events.append(event) }
        return events
    }

    /// What stands in a cell: its characters, and the columns it takes.
    func cell(_ x: Int, _ y: Int) -> (scalars: [UInt32], width: Int) {
        var cell = VTermScreenCell()
        vterm_screen_get_cell(picture, VTermPos(row: Int32(y), col: Int32(x)), &cell)
        let scalars = withUnsafeBytes(of: cell.chars) { Array($0.bindMemory(to: UInt32.self)) }
        return (Array(scalars.prefix { $0 != 0 && $0 != .max }), Int(cell.width))
    }

    /// The first cell in which the terminal does not show what the canvas says.
    func firstDifference(_ canvas: Canvas) -> String? {
        for y in 0..<canvas.size.height {
            for x in 0..<canvas.size.width {
                let wanted = canvas[Point(x: x, y: y)]
                guard wanted.width > 0 else { continue }
                let shown = cell(x, y)
                let expected = wanted.scalars.map(\.value)
                let isBlank = shown.scalars.isEmpty && expected == [0x20]
                // An old terminal gives a picture one column; what matters is that nothing beside it moves.
                let isWidthRight = shown.width == wanted.width || PictureLayer.isPicture(wanted)
                guard isWidthRight, isBlank || shown.scalars == expected else {
                    return "row \(y), column \(x): \(wanted.text) (\(expected), \(wanted.width) columns) is shown as "
                        + "\(shown.scalars), \(shown.width) columns; the row is \(canvas.lines[y])"
                }
            }
        }
        return nil
    }
}

/// Reads a pseudo-terminal's end on a thread of its own, for its buffer holds less than a frame.
private final class PtyReader: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    private let isOver = Mutex(false)

    init(_ descriptor: Int32) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Work(reader: self, descriptor: descriptor))
        pthread_create(
            &thread, nil,
            { raw in
                guard let raw else { return nil }
                let work = Unmanaged<Work>.fromOpaque(raw).takeRetainedValue()
                work.reader.read(work.descriptor)
                return nil
            }, context.toOpaque())
        pthread_detach(thread)
    }

    private final class Work {
        let reader: PtyReader
        let descriptor: Int32
        init(reader: PtyReader, descriptor: Int32) { (self.reader, self.descriptor) = (reader, descriptor) }
    }

    private func read(_ descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count <= 0 { break }
            bytes.withLock { $0 += buffer.prefix(count) }
        }
        isOver.withLock { $0 = true }
    }

    func take() -> [UInt8] {
        bytes.withLock { bytes in
            defer { bytes.removeAll(keepingCapacity: true) }
            return bytes
        }
    }

    func wait() {
        for _ in 0..<2000 where !isOver.withLock({ $0 }) { usleep(1000) }
    }
}
