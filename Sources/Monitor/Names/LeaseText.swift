import CLinux

/// A lease's text: a line `key value` for each thing that a container has on a network, `end` as the last.
struct LeaseText {
    let bytes: UnsafeRawBufferPointer

    /// Whether it was written to its end.
    var isWhole: Bool {
        let end: StaticString = "\nend\n"
        let count = end.utf8CodeUnitCount
        guard bytes.count >= count, let start = bytes.baseAddress else { return false }
        return memcmp(start + bytes.count - count, end.utf8Start, count) == 0
    }

    /// Calls `body` with the value of every line of `key`, until it answers true; answers whether it did.
    @discardableResult
    func each(_ key: StaticString, _ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
        let length = key.utf8CodeUnitCount
        var position = 0
        while position < bytes.count {
            var end = position
            while end < bytes.count, bytes[end] != .newline { end += 1 }
            if end - position > length + 1, bytes[position + length] == .space, let start = bytes.baseAddress,
                memcmp(start + position, key.utf8Start, length) == 0,
                body(UnsafeRawBufferPointer(rebasing: bytes[position + length + 1..<end]))
            {
                return true
            }
            position = end + 1
        }
        return false
    }

    /// Whether the container is called `name`, in lower case: by its name, an alias or the beginning of its identifier, alone
    /// or with the network's name behind a dot.
    func isCalled(_ name: UnsafeRawBufferPointer, identifier: UnsafeRawBufferPointer) -> Bool {
        let short = UnsafeRawBufferPointer(rebasing: identifier[0..<min(identifier.count, 12)])
        return matches(name, short) || each("name") { matches(name, $0) } || each("alias") { matches(name, $0) }
    }

    private func matches(_ asked: UnsafeRawBufferPointer, _ own: UnsafeRawBufferPointer) -> Bool {
        guard own.count > 0, asked.count >= own.count, Self.areSame(asked, own, count: own.count) else { return false }
        if asked.count == own.count { return true }
        guard asked[own.count] == UInt8(ascii: ".") else { return false }
        let rest = UnsafeRawBufferPointer(rebasing: asked[(own.count + 1)...])
        return each("network") { rest.count == $0.count && Self.areSame(rest, $0, count: rest.count) }
    }

    private static func areSame(
        _ lower: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer, count: Int
    ) -> Bool {
        for index in 0..<count where lower[index] != lowercased(other[index]) { return false }
        return true
    }

    // MARK: - Addresses

    /// The addresses of one family.
    func addresses(ipv4: Bool, _ body: (FoundAddress) -> Void) {
        each(ipv4 ? "ipv4" : "ipv6") { value in
            if let address = Self.address(value, ipv4: ipv4) { body(address) }
            return false
        }
    }

    /// Whether the container has this address.
    func has(_ address: FoundAddress) -> Bool {
        each(address.isIPv4 ? "ipv4" : "ipv6") { value in
            guard let own = Self.address(value, ipv4: address.isIPv4) else { return false }
            return own.bytes == address.bytes
        }
    }

    /// The address that a prefix's text begins with.
    private static func address(_ value: UnsafeRawBufferPointer, ipv4: Bool) -> FoundAddress? {
        var text = Text(capacity: 64)
        for byte in value {
            if byte == .slash { break }
            text.append(byte: byte)
        }
        var bytes: (UInt64, UInt64) = (0, 0)
        guard text.isComplete, monitor_parse_address(ipv4 ? 1 : 0, text.c, &bytes) == 1 else { return nil }
        return FoundAddress(isIPv4: ipv4, bytes: bytes)
    }
}
