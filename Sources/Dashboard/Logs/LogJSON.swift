/// A value of JSON as a line of a log has it; members keep their order.
indirect enum LogJSON: Sendable, Hashable {
    case object([Member])
    case array([LogJSON])
    case string(String)
    /// Numbers, `true`, `false` and `null` as they are spelled.
    case word(String)

    struct Member: Sendable, Hashable {
        var name: String
        var value: LogJSON
    }

    /// The object that a line is; `nil` when it is none. What stands before the first brace is passed over when it is short,
    /// as many programs write their level or time there.
    static func object(in bytes: [UInt8]) -> LogJSON? {
        guard let start = bytes.firstIndex(of: UInt8(ascii: "{")), start <= 64 else { return nil }
        var reader = Reader(bytes: bytes, position: start)
        guard let value = reader.value(depth: 0), case .object = value else { return nil }
        reader.skipBlanks()
        return reader.position >= bytes.count ? value : nil
    }

    /// What a member of that name, or of one of its aliases, is.
    func member(_ names: [String]) -> LogJSON? {
        guard case .object(let members) = self else { return nil }
        for name in names {
            if let found = members.first(where: { $0.name.lowercased() == name }) { return found.value }
        }
        return nil
    }

    /// In one line: strings without their quotes, the rest as JSON.
    var short: String {
        switch self {
        case .string(let text), .word(let text): text
        case .object(let members):
            "{" + members.map { "\($0.name):\($0.value.short)" }.joined(separator: ",") + "}"
        case .array(let values): "[" + values.map(\.short).joined(separator: ",") + "]"
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var position: Int

        /// Deeper ones are no log lines but attempts.
        private static let deepest = 32

        var next: UInt8? { position < bytes.count ? bytes[position] : nil }

        init(bytes: [UInt8], position: Int) {
            self.bytes = bytes
            self.position = position
        }

        mutating func skipBlanks() {
            while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a { position += 1 }
        }

        mutating func value(depth: Int) -> LogJSON? {
            guard depth < Self.deepest else { return nil }
            skipBlanks()
            switch next {
            case UInt8(ascii: "{"): return object(depth)
            case UInt8(ascii: "["): return array(depth)
            case UInt8(ascii: "\""): return string().map { .string($0) }
            default: return word()
            }
        }

        private mutating func object(_ depth: Int) -> LogJSON? {
            position += 1
            var members: [Member] = []
            skipBlanks()
            if next == UInt8(ascii: "}") {
                position += 1
                return .object([])
            }
            while true {
                skipBlanks()
                guard next == UInt8(ascii: "\""), let name = string() else { return nil }
                skipBlanks()
                guard next == UInt8(ascii: ":") else { return nil }
                position += 1
                guard let value = value(depth: depth + 1) else { return nil }
                members.append(Member(name: name, value: value))
                guard let isEnd = separator(UInt8(ascii: "}")) else { return nil }
                if isEnd { return .object(members) }
            }
        }

        private mutating func array(_ depth: Int) -> LogJSON? {
            position += 1
            var values: [LogJSON] = []
            skipBlanks()
            if next == UInt8(ascii: "]") {
                position += 1
                return .array([])
            }
            while true {
                guard let value = value(depth: depth + 1) else { return nil }
                values.append(value)
                guard let isEnd = separator(UInt8(ascii: "]")) else { return nil }
                if isEnd { return .array(values) }
            }
        }

        private mutating func separator(_ end: UInt8) -> Bool? {
            skipBlanks()
            guard let byte = next, byte == end || byte == UInt8(ascii: ",") else { return nil }
            position += 1
            return byte == end
        }

        private mutating func word() -> LogJSON? {
            let start = position
            while let byte = next, byte == 0x2b || byte == 0x2d || byte == 0x2e || isAlphanumeric(byte) {
                position += 1
            }
            guard position > start else { return nil }
            return .word(String(decoding: bytes[start..<position], as: UTF8.self))
        }

        private func isAlphanumeric(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        }

        private mutating func string() -> String? {
            position += 1
            var text: [UInt8] = []
            while let byte = next {
                position += 1
                switch byte {
                case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
                case UInt8(ascii: "\\"):
                    guard let escaped = escape() else { return nil }
                    text += Array(String(escaped).utf8)
                default: text.append(byte)
                }
            }
            return nil
        }

        private mutating func escape() -> Unicode.Scalar? {
            guard let kind = next else { return nil }
            position += 1
            switch kind {
            case UInt8(ascii: "n"): return "\n"
            case UInt8(ascii: "t"): return "\t"
            case UInt8(ascii: "r"): return "\r"
            case UInt8(ascii: "b"): return "\u{8}"
            case UInt8(ascii: "f"): return "\u{c}"
            case UInt8(ascii: "u"):
                guard let first = code() else { return nil }
                guard (0xd800..<0xdc00).contains(first) else { return Unicode.Scalar(first) ?? "\u{fffd}" }
                guard next == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u")
                else { return "\u{fffd}" }
                position += 2
                guard let second = code() else { return nil }
                guard (0xdc00..<0xe000).contains(second) else { return "\u{fffd}" }
                return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)) ?? "\u{fffd}"
            default: return Unicode.Scalar(kind)
            }
        }

        private mutating func code() -> UInt32? {
            guard position + 4 <= bytes.count else { return nil }
            defer { position += 4 }
            return UInt32(String(decoding: bytes[position..<(position + 4)], as: UTF8.self), radix: 16)
        }
    }
}
