/// Reads dotted decimal: four numbers of one to three digits, none beyond 255, none with a leading zero.
enum IPv4Text {
    static func parse(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
        var bits: UInt32 = 0
        var number: UInt32 = 0
        var digits = 0
        var dots = 0
        for byte in bytes {
            if byte == UInt8(ascii: ".") {
                guard digits > 0, dots < 3 else { return nil }
                bits = bits << 8 | number
                dots += 1
                number = 0
                digits = 0
            } else {
                guard byte >= 0x30, byte <= 0x39, digits == 0 || number > 0, digits < 3 else { return nil }
                number = number * 10 + UInt32(byte - 0x30)
                guard number <= 255 else { return nil }
                digits += 1
            }
        }
        guard digits > 0, dots == 3 else { return nil }
        return bits << 8 | number
    }
}

/// Reads eight groups of one to four hexadecimal digits, one `::` for the missing ones, an IPv4 address for the last two.
enum IPv6Text {
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64)? {
        var groups = Groups()
        var index = 0
        // A colon at the beginning must be the first of two.
        if bytes.first == UInt8(ascii: ":") {
            guard bytes.count >= 2, bytes[1] == UInt8(ascii: ":") else { return nil }
            groups.gap = 0
            index = 2
        }
        while index < bytes.count {
            var end = index
            while end < bytes.count, bytes[end] != UInt8(ascii: ":") { end += 1 }
            let piece = bytes[index..<end]
            if piece.contains(UInt8(ascii: ".")) {
                guard end == bytes.count, let bits = IPv4Text.parse(piece),
                    groups.append(UInt16(bits >> 16)), groups.append(UInt16(bits & 0xffff))
                else { return nil }
                return groups.whole
            }
            guard let group = hexadecimal(piece), groups.append(group) else { return nil }
            guard end < bytes.count else { return groups.whole }
            index = end + 1
            if index < bytes.count, bytes[index] == UInt8(ascii: ":") {
                guard groups.gap == nil else { return nil }
                groups.gap = groups.count
                index += 1
            } else if index == bytes.count {
                return nil
            }
        }
        return groups.whole
    }

    private static func hexadecimal(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt16? {
        guard (1...4).contains(digits.count) else { return nil }
        var value: UInt16 = 0
        for digit in digits {
            guard let nibble = HexadecimalDigit.value(digit) else { return nil }
            value = value << 4 | UInt16(nibble)
        }
        return value
    }

    private struct Groups {
        var upper: UInt64 = 0
        var lower: UInt64 = 0
        var count = 0
        /// So many groups stand in front of the `::`.
        var gap: Int?

        mutating func append(_ group: UInt16) -> Bool {
            guard count < 8 else { return false }
            upper = upper << 16 | lower >> 48
            lower = lower << 16 | UInt64(group)
            count += 1
            return true
        }

        /// The 128 bits; the groups behind the gap stand at the end already.
        var whole: (UInt64, UInt64)? {
            guard let gap else { return count == 8 ? (upper, lower) : nil }
            guard count < 8 else { return nil }
            let behind = (count - gap) * 16
            let front = shifted(upper, lower, right: behind)
            let tail = mask(upper, lower, bits: behind)
            let moved = shifted(front.0, front.1, left: (8 - gap) * 16)
            return (moved.0 | tail.0, moved.1 | tail.1)
        }

        private func shifted(_ high: UInt64, _ low: UInt64, right bits: Int) -> (UInt64, UInt64) {
            if bits == 0 { return (high, low) }
            if bits >= 64 { return (0, high >> UInt64(bits - 64)) }
            return (high >> UInt64(bits), low >> UInt64(bits) | high << UInt64(64 - bits))
        }

        private func shifted(_ high: UInt64, _ low: UInt64, left bits: Int) -> (UInt64, UInt64) {
            if bits == 0 { return (high, low) }
            if bits >= 64 { return (low << UInt64(bits - 64), 0) }
            return (high << UInt64(bits) | low >> UInt64(64 - bits), low << UInt64(bits))
        }

        private func mask(_ high: UInt64, _ low: UInt64, bits: Int) -> (UInt64, UInt64) {
            if bits >= 64 { return (high & ~(UInt64.max << UInt64(bits - 64)), low) }
            return (0, low & ~(UInt64.max << UInt64(bits)))
        }
    }
}

enum HexadecimalDigit {
    static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}
