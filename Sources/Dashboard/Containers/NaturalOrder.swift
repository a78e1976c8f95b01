/// A name as people order names: numbers in it by their value, letters whatever their case; `box-2` before `box-10`.
struct NaturalOrder: Comparable {
    private let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    static func == (left: NaturalOrder, right: NaturalOrder) -> Bool { left.bytes == right.bytes }

    static func < (left: NaturalOrder, right: NaturalOrder) -> Bool {
        let order = compare(left.bytes[...], right.bytes[...])
        // What differs in case or leading zeros alone still has one order.
        return order == 0 ? left.bytes.lexicographicallyPrecedes(right.bytes) : order < 0
    }

    /// Negative, zero or positive.
    private static func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        var (left, right) = (left, right)
        while let first = left.first, let second = right.first {
            if isDigit(first), isDigit(second) {
                let (a, b) = (number(&left), number(&right))
                if a.count != b.count { return a.count - b.count }
                if a != b { return a.lexicographicallyPrecedes(b) ? -1 : 1 }
            } else {
                let (a, b) = (ByteSearch.lower(first), ByteSearch.lower(second))
                if a != b { return Int(a) - Int(b) }
                left = left.dropFirst()
                right = right.dropFirst()
            }
        }
        return left.count - right.count
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// Takes the digits at the beginning, without leading zeros: the longer number is the larger one.
    private static func number(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = bytes.prefix(while: isDigit)
        bytes = bytes.dropFirst(digits.count)
        return digits.drop { $0 == 0x30 }
    }
}
