import CLinux

/// Whole reads and writes of the kernel's small files.
enum SmallFile {
    /// Writes `bytes` with one call, as files of the kernel want it.
    static func write(_ path: CString, _ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        let file = Descriptor(owning: try check(monitor_open(path, O_WRONLY, 0)))
        guard let start = bytes.baseAddress, bytes.count > 0 else { return }
        guard try check(monitor_write(file.number, start, bytes.count)) == bytes.count else {
            throw SystemError(code: EIO)
        }
    }

    /// Writes a literal to `name` in the directory `directory`.
    static func write(_ literal: StaticString, to name: StaticString, in directory: CString) throws(SystemError) {
        var path = Text(capacity: Int(PATH_MAX))
        path.append(directory)
        path.append(byte: .slash)
        path.append(name)
        try write(path.c, UnsafeRawBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// The beginning of a file, as much as fits into `text`.
    static func read(_ path: CString, into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        let file = Descriptor(owning: try check(monitor_open(path, O_RDONLY, 0)))
        guard let start = buffer.baseAddress else { return 0 }
        return try check(monitor_read(file.number, start, buffer.count))
    }

    /// The number behind `key` and a space at the start of a line, as `memory.events` and its like are written.
    static func figure(_ key: StaticString, in path: CString) -> UInt64? {
        withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
            guard let count = try? read(path, into: buffer) else { return nil }
            let wanted = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
            var position = 0
            while position < count {
                var end = position
                while end < count, buffer[end] != .newline { end += 1 }
                if let value = figure(wanted, in: UnsafeRawBufferPointer(rebasing: buffer[position..<end])) {
                    return value
                }
                position = end + 1
            }
            return nil
        }
    }

    private static func figure(_ key: UnsafeBufferPointer<UInt8>, in line: UnsafeRawBufferPointer) -> UInt64? {
        guard line.count > key.count + 1, line[key.count] == .space else { return nil }
        for index in 0..<key.count where line[index] != key[index] { return nil }
        return decimal(line, from: key.count + 1)
    }

    /// The decimal number that starts at `position`; nil when there is no digit.
    static func decimal(_ bytes: UnsafeRawBufferPointer, from position: Int) -> UInt64? {
        var value: UInt64 = 0
        var index = position
        while index < bytes.count, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") {
            value = value &* 10 &+ UInt64(bytes[index] - UInt8(ascii: "0"))
            index += 1
        }
        return index > position ? value : nil
    }
}
