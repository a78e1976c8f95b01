import CVTerm
import Terminal

/// A terminal for one program: reads what it writes, and keeps its screen, its cursor and the lines that have scrolled
/// away. Whatever the program writes, only cells, a title and answers come out of it.
///
/// It is nobody's but its owner's: who shares it between tasks puts it behind a lock.
public final class Emulator {
    /// The smallest and the largest screen: libvterm writes wide characters past the end of a single column.
    public static let smallest = Size(width: 2, height: 1), largest = Size(width: 1000, height: 500)
    /// Answers and keys that wait to be taken, at most.
    static let answerLimit = 1 << 16

    /// Columns and rows.
    public private(set) var size: Size
    let terminal: OpaquePointer
    private let screen: OpaquePointer
    private let state: OpaquePointer
    private let callbacks: UnsafeMutablePointer<VTermScreenCallbacks>
    private let carrier: ScalarCarrier
    private var input: StreamGuard
    private var translation: CellTranslation
    private var picture: ScreenPicture
    /// Rows that have changed since the last picture.
    private var changed: [Bool]
    private var isChanged = true
    private var answers: [UInt8] = []

    /// A terminal of a size, which is brought within what is possible; `nil` when there is no memory for it.
    public init?(size wanted: Size, history: Scrollback.Limit = .standard) {
        let size = Self.possible(wanted)
        guard let carrier = ScalarCarrier(), let terminal = vterm_new(Int32(size.height), Int32(size.width)) else {
            return nil
        }
        guard let screen = vterm_obtain_screen(terminal), let state = vterm_obtain_state(terminal) else {
            vterm_free(terminal)
            return nil
        }
        (self.size, self.terminal, self.screen, self.state, self.carrier) = (size, terminal, screen, state, carrier)
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: Self.callbacks)
        input = StreamGuard(carrier)
        translation = CellTranslation(carrier)
        picture = ScreenPicture(size: size, history: Scrollback(limit: history))
        changed = Array(repeating: true, count: size.height)
        vterm_set_utf8(terminal, 1)
        vterm_output_set_callback(terminal, Self.output, Unmanaged.passUnretained(self).toOpaque())
        vterm_screen_set_callbacks(screen, callbacks, Unmanaged.passUnretained(self).toOpaque())
        vterm_screen_set_damage_merge(screen, VTERM_DAMAGE_SCREEN)
        vterm_screen_enable_altscreen(screen, 1)
        vterm_screen_reset(screen, 1)
        answers = []
    }

    deinit {
        vterm_free(terminal)
        callbacks.deallocate()
    }

    static func possible(_ size: Size) -> Size {
        Size(
            width: max(smallest.width, min(largest.width, size.width)),
            height: max(smallest.height, min(largest.height, size.height)))
    }

    /// Reads what the program has written. Takes time in proportion to it; who must not be kept from other things feeds
    /// portions.
    public func feed(_ bytes: [UInt8]) {
        var index = 0
        while index < bytes.count {
            let order = input.read(bytes, from: &index)
            write(input.out)
            input.removeAll()
            switch order {
            case .title(let title): setTitle(title)
            case .clearHistory:
                picture.history.removeAll()
                isChanged = true
            case .reset:
                picture.mouse = .none
                picture.isCursorVisible = true
                picture.cursorShape = .block
                setTitle("")
            case nil: break
            }
        }
        if picture.wantsPasteMarks != input.wantsPasteMarks {
            picture.wantsPasteMarks = input.wantsPasteMarks
            isChanged = true
        }
    }

    /// Changes the size; lines that no longer fit go to the others above.
    public func resize(_ wanted: Size) {
        let wanted = Self.possible(wanted)
        guard wanted != size else { return }
        size = wanted
        // Whatever changes on the way there belongs to rows that are read anew below.
        changed = Array(repeating: true, count: max(picture.size.height, wanted.height))
        resetRegion()
        vterm_set_size(terminal, Int32(wanted.height), Int32(wanted.width))
        // Where lines were pushed away above it the cursor stands outside now; any sequence brings it back.
        write(Array("\u{1B}[99h".utf8))
        picture.size = wanted
        picture.lines = Array(repeating: .empty, count: wanted.height)
        changed = Array(repeating: true, count: wanted.height)
        isChanged = true
    }

    /// libvterm keeps the first row of a scrolling region that a smaller screen does not have. The cursor stays.
    private func resetRegion() {
        var cursor = VTermPos()
        vterm_state_get_cursorpos(state, &cursor)
        write(Array("\u{1B}[r\u{1B}[\(max(0, cursor.row) + 1);\(max(0, cursor.col) + 1)H".utf8))
    }

    /// What there is to see, if that has changed since the last one.
    public func nextPicture() -> ScreenPicture? {
        vterm_screen_flush_damage(screen)
        var cursor = VTermPos()
        vterm_state_get_cursorpos(state, &cursor)
        let place = Point(
            x: max(0, min(size.width - 1, Int(cursor.col))), y: max(0, min(size.height - 1, Int(cursor.row))))
        guard isChanged || place != picture.cursor else { return nil }
        isChanged = false
        picture.cursor = place
        for row in changed.indices where changed[row] {
            changed[row] = false
            picture.lines[row] = translation.row(row, of: screen, columns: size.width)
        }
        return picture
    }

    /// What the terminal has to say to the program: keys, and answers to its questions. They are gone from here then.
    public func takeAnswers() -> [UInt8] {
        defer { answers.removeAll(keepingCapacity: true) }
        return answers
    }

    func answer(_ bytes: some Collection<UInt8>) {
        // Who asks and never reads gets no answer any more.
        guard answers.count + bytes.count <= Self.answerLimit else { return }
        answers.append(contentsOf: bytes)
    }

    var wantsPasteMarks: Bool { input.wantsPasteMarks }
    var isAlternate: Bool { picture.isAlternate }
    var mouse: ScreenPicture.MouseWish { picture.mouse }

    private func write(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return }
            _ = vterm_input_write(terminal, start.assumingMemoryBound(to: CChar.self), buffer.count)
        }
    }

    private func setTitle(_ title: String) {
        let title = SafeText.string(title)
        guard title != picture.title else { return }
        picture.title = title
        isChanged = true
    }
}

/// What libvterm calls back with, on the thread that feeds it.
extension Emulator {
    private static func owner(_ pointer: UnsafeMutableRawPointer?) -> Emulator? {
        pointer.map { Unmanaged<Emulator>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let output: @convention(c) (UnsafePointer<CChar>?, Int, UnsafeMutableRawPointer?) -> Void = {
        bytes, count, user in
        guard let bytes, let emulator = Emulator.owner(user) else { return }
        emulator.answer(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    private static var callbacks: VTermScreenCallbacks {
        var callbacks = VTermScreenCallbacks()
        callbacks.damage = { rect, user in
            Emulator.owner(user)?.markChanged(rows: Int(rect.start_row)..<Int(max(rect.start_row, rect.end_row)))
            return 1
        }
        callbacks.settermprop = { property, value, user in
            guard let value, let emulator = Emulator.owner(user) else { return 0 }
            emulator.set(property, value.pointee)
            return 1
        }
        callbacks.bell = { user in
            Emulator.owner(user)?.ring()
            return 1
        }
        callbacks.sb_pushline = { count, cells, user in
            guard let cells, let emulator = Emulator.owner(user) else { return 0 }
            emulator.push(cells, Int(count))
            return 1
        }
        callbacks.sb_popline = { count, cells, user in
            guard let cells, let emulator = Emulator.owner(user) else { return 0 }
            return emulator.pop(into: cells, Int(count)) ? 1 : 0
        }
        return callbacks
    }

    private func markChanged(rows: Range<Int>) {
        isChanged = true
        for row in rows.clamped(to: changed.indices) { changed[row] = true }
    }

    private func ring() {
        picture.bells += 1
        isChanged = true
    }

    private func set(_ property: VTermProp, _ value: VTermValue) {
        isChanged = true
        switch property {
        case VTERM_PROP_CURSORVISIBLE: picture.isCursorVisible = value.boolean != 0
        case VTERM_PROP_ALTSCREEN: picture.isAlternate = value.boolean != 0
        case VTERM_PROP_CURSORSHAPE:
            switch Int(value.number) {
            case VTERM_PROP_CURSORSHAPE_UNDERLINE: picture.cursorShape = .underline
            case VTERM_PROP_CURSORSHAPE_BAR_LEFT: picture.cursorShape = .bar
            default: picture.cursorShape = .block
            }
        case VTERM_PROP_MOUSE:
            switch Int(value.number) {
            case VTERM_PROP_MOUSE_CLICK: picture.mouse = .presses
            case VTERM_PROP_MOUSE_DRAG: picture.mouse = .drags
            case VTERM_PROP_MOUSE_MOVE: picture.mouse = .moves
            default: picture.mouse = .none
            }
        default: break
        }
    }

    private func push(_ cells: UnsafePointer<VTermScreenCell>, _ count: Int) {
        picture.history.append(translation.line(cells, count))
        isChanged = true
    }

    private func pop(into cells: UnsafeMutablePointer<VTermScreenCell>, _ count: Int) -> Bool {
        guard let line = picture.history.popLast() else { return false }
        translation.write(line, to: cells, count)
        isChanged = true
        return true
    }
}
