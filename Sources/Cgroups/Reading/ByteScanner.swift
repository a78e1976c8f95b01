import Glibc

/// Walks through a kernel file's bytes without making strings: a collector reads thousands of lines a second.
///
/// Whatever the bytes are, it never reads outside them and never traps; numbers too large become the largest.
public struct ByteScanner {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// A scanner at the start of `bytes`, which must outlive it.
    public init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Nothing is left.
    public var isAtEnd: Bool { position >= bytes.count }

    /// The byte at the position; 0 at the end.
    @inline(__always)
    public var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    /// Goes on by one byte.
    @inline(__always)
    public mutating func advance() { position += 1 }

    /// Passes over spaces and tabs.
    public mutating func skipBlanks() {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    }

    /// Goes to the start of the next line.
    public mutating func skipLine() {
        guard position < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + position, 0x0a, bytes.count - position)
        else {
            position = bytes.count
            return
        }
        position = UnsafeRawPointer(found) - base + 1
    }

    /// Passes over bytes that are neither blank, a line's end nor `stop`; answers them.
    public mutating func word(until stop: UInt8 = 0x20) -> UnsafeRawBufferPointer {
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == stop || byte == 0x20 || byte == 0x0a || byte == 0x09 { break }
            position += 1
        }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    /// Passes over `text` and answers `true` when it stands here.
    @inline(__always)
    public mutating func skip(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard count <= bytes.count - position, let base = bytes.baseAddress,
            memcmp(base + position, text.utf8Start, count) == 0
        else { return false }
        position += count
        return true
    }

    /// Reads a number after blanks; `nil`, in place, when none stands here.
    public mutating func number() -> UInt64? {
        skipBlanks()
        let start = position
        var value: UInt64 = 0
        while position < bytes.count {
            let digit = bytes[position] &- 0x30
            guard digit < 10 else { break }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            value = overflow || carry ? .max : sum
            position += 1
        }
        return position == start ? nil : value
    }

    /// Reads a number with a fraction, as pressure files have them, after blanks.
    public mutating func decimal() -> Double? {
        guard let whole = number() else { return nil }
        guard current == 0x2e else { return Double(whole) }
        position += 1
        var fraction = 0.0
        var scale = 0.1
        while position < bytes.count, bytes[position] &- 0x30 < 10 {
            fraction += Double(bytes[position] &- 0x30) * scale
            scale /= 10
            position += 1
        }
        return Double(whole) + fraction
    }
}
