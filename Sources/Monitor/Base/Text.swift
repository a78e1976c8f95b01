import CLinux

/// Bytes that are put together piece by piece in memory of a fixed size, with room for a NUL.
///
/// What does not fit is left away and remembered in `isComplete`.
struct Text: ~Copyable {
    let bytes: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    private(set) var count = 0
    private(set) var isComplete = true

    init(capacity: Int) {
        self.capacity = capacity
        bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + 1)
    }

    deinit { bytes.deallocate() }

    /// The text as a C string; good until the next change.
    var c: CString {
        bytes[count] = 0
        return UnsafeRawPointer(bytes).assumingMemoryBound(to: CChar.self)
    }

    /// Drops what lies behind the first `length` bytes.
    mutating func cut(to length: Int) { count = min(count, length) }

    mutating func clear() {
        count = 0
        isComplete = true
    }

    mutating func append(_ source: UnsafeRawPointer, count added: Int) {
        guard added <= capacity - count else {
            isComplete = false
            return
        }
        memcpy(bytes + count, source, added)
        count += added
    }

    mutating func append(_ string: CString) { append(string, count: strlen(string)) }

    mutating func append(_ literal: StaticString) { append(literal.utf8Start, count: literal.utf8CodeUnitCount) }

    mutating func append(byte: UInt8) {
        guard count < capacity else {
            isComplete = false
            return
        }
        bytes[count] = byte
        count += 1
    }

    /// Appends a number in decimal, with zeros in front up to `digits`.
    mutating func append(number: Int64, digits: Int = 1) {
        if number < 0 { append(byte: UInt8(ascii: "-")) }
        var rest = number.magnitude
        var length = 1
        var bound: UInt64 = 10
        while length < 19, rest >= bound {
            length += 1
            bound = bound &* 10
        }
        let width = max(length, digits)
        guard width <= capacity - count else {
            isComplete = false
            return
        }
        var place = count + width
        while place > count {
            place -= 1
            bytes[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += width
    }
}
