import CLinux

/// The container's log in the text format of the Container Runtime Interface, with rotation by size.
///
///     2016-10-06T00:17:09.669794202Z stdout F content
///
/// The third field is `F` for a line's end and `P` for a piece of a longer one.
struct LogWriter: ~Copyable {
    /// Where a line came from.
    enum Stream {
        case output
        case error
    }

    /// The longest piece that is written at once, as in containerd.
    private static let longestPiece = 16 << 10
    private static let batchSize = 32 << 10

    private let path: CString
    private let largest: Int
    private let files: UInt32
    private var file = Descriptor()
    private var size = 0
    /// Records that could not be written since the last that could.
    private var lost = 0
    private var stamp = Timestamp()
    private var batch = Text(capacity: batchSize)
    private var output = Text(capacity: longestPiece)
    private var error = Text(capacity: longestPiece)

    /// A writer that drops everything.
    init() {
        path = ("" as StaticString).c
        largest = Int.max
        files = 1
    }

    /// Opens the log at `path`, or makes a writer that drops everything when there is none.
    init(path: CString?, largest: UInt64, files: UInt32) throws(SystemError) {
        self.path = path ?? ("" as StaticString).c
        self.largest = largest == 0 ? Int.max : Int(clamping: largest)
        self.files = files
        if path != nil { try open() }
    }

    private mutating func open() throws(SystemError) {
        file = Descriptor(owning: try check(monitor_open(path, O_RDWR | O_CREAT | O_APPEND, 0o640)))
        var found = monitor_file()
        try check(monitor_stat(file.number, &found))
        size = Int(found.size)
        var last: UInt8 = 0
        if size > 0, monitor_pread(file.number, &last, 1, found.size - 1) == 1, last != .newline {
            // The machine went down in the middle of a line.
            var newline = UInt8.newline
            if monitor_write(file.number, &newline, 1) == 1 { size += 1 }
        }
    }

    /// Takes what the container wrote: whole lines go to the file at once, the rest waits for its end.
    mutating func write(_ bytes: UnsafeRawBufferPointer, to stream: Stream, at time: Int64) {
        guard file.isOpen, let start = bytes.baseAddress else { return }
        stamp.set(time)
        // A text cannot be written to and lent out of self at once, so the waiting one is taken out for the while.
        var waiting = Text(capacity: 0)
        switch stream {
        case .output: swap(&waiting, &output)
        case .error: swap(&waiting, &error)
        }
        var position = 0
        while position < bytes.count {
            let rest = bytes.count - position
            let newline = memchr(start + position, Int32(UInt8.newline), rest)
            let length = newline.map { UnsafeRawPointer($0) - (start + position) } ?? rest
            position += take(start + position, length, ends: newline != nil, stream, &waiting)
        }
        switch stream {
        case .output: swap(&waiting, &output)
        case .error: swap(&waiting, &error)
        }
        flush()
    }

    /// Writes what waits for its line's end, as pieces: the program is gone and the end will not come.
    mutating func finish(at time: Int64) {
        guard file.isOpen else { return }
        stamp.set(time)
        if output.count > 0 { record(.output, UInt8(ascii: "P"), output.bytes, output.count) }
        if error.count > 0 { record(.error, UInt8(ascii: "P"), error.bytes, error.count) }
        output.clear()
        error.clear()
        flush()
    }

    /// Takes at most `length` bytes of one line; answers how many, the newline included.
    private mutating func take(
        _ bytes: UnsafeRawPointer, _ length: Int, ends: Bool, _ stream: Stream, _ waiting: inout Text
    ) -> Int {
        if ends, waiting.count == 0, length <= Self.longestPiece {
            record(stream, UInt8(ascii: "F"), bytes, length)
            return length + 1
        }
        let taken = min(length, Self.longestPiece - waiting.count)
        waiting.append(bytes, count: taken)
        if taken == length, ends {
            record(stream, UInt8(ascii: "F"), waiting.bytes, waiting.count)
            waiting.clear()
            return taken + 1
        }
        if taken < length {
            record(stream, UInt8(ascii: "P"), waiting.bytes, waiting.count)
            waiting.clear()
        }
        return taken
    }

    private mutating func record(_ stream: Stream, _ tag: UInt8, _ content: UnsafeRawPointer, _ count: Int) {
        let name: StaticString = stream == .output ? " stdout " : " stderr "
        let needed = Timestamp.length + 8 + 2 + count + 1
        if size + batch.count > 0, size + batch.count + needed > largest {
            flush()
            rotate()
        }
        if batch.count + needed > Self.batchSize { flush() }
        stamp.append(to: &batch)
        batch.append(name)
        batch.append(byte: tag)
        batch.append(byte: .space)
        batch.append(content, count: count)
        batch.append(byte: .newline)
    }

    /// Writes what is gathered. On a full disk it is lost, for the container must go on; once there is room again the
    /// log says how many records are missing.
    private mutating func flush() {
        if batch.count > 0, !tellLoss() || !writeWhole(batch.bytes, batch.count) { lost += recordsInBatch }
        batch.clear()
    }

    /// Half a record would spoil the next one, so it is all or nothing.
    private mutating func writeWhole(_ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
        var written = 0
        while written < count {
            let added = monitor_write(file.number, bytes + written, count - written)
            guard added > 0 else {
                if written > 0 { _ = monitor_truncate(file.number, Int64(size)) }
                return false
            }
            written += added
        }
        size += written
        return true
    }

    /// False when there is still no room.
    private mutating func tellLoss() -> Bool {
        guard lost > 0 else { return true }
        var notice = Text(capacity: 160)
        stamp.append(to: &notice)
        notice.append(" stderr F spyhop-monitor: could not write ")
        notice.append(number: Int64(lost))
        notice.append(" records of this log: is the disk full?\n")
        guard writeWhole(notice.bytes, notice.count) else { return false }
        lost = 0
        return true
    }

    private var recordsInBatch: Int {
        var count = 0
        for index in 0..<batch.count where batch.bytes[index] == .newline { count += 1 }
        return count
    }

    /// Shifts log.1 to log.2 and so on, makes the present file log.1 and begins a new one.
    private mutating func rotate() {
        if files <= 1 {
            if monitor_truncate(file.number, 0) == 0 { size = 0 }
            return
        }
        var older = Text(capacity: Int(PATH_MAX))
        var newer = Text(capacity: Int(PATH_MAX))
        var index = Int64(min(files, 1000)) - 1
        while index >= 1 {
            name(index, &older)
            name(index - 1, &newer)
            _ = monitor_rename(AT_FDCWD, newer.c, older.c)
            index -= 1
        }
        let next = monitor_open(path, O_RDWR | O_CREAT | O_APPEND, 0o640)
        // Without a new file the lines still go to the old one, under its new name.
        guard next >= 0 else { return }
        file = Descriptor(owning: next)
        size = 0
    }

    private func name(_ index: Int64, _ text: inout Text) {
        text.clear()
        text.append(path)
        guard index > 0 else { return }
        text.append(byte: UInt8(ascii: "."))
        text.append(number: index)
    }
}
