/// A compiled description of a terminal, taken apart as far as needed to change it (term(5)).
struct TerminfoEntry: Equatable {
    /// Names, separated by `|`, with the final NUL.
    var names: [UInt8]
    /// Standard capabilities in terminfo's order; -1 is absent.
    var flags: [UInt8], numbers: [Int32], strings: [Int16], table: [UInt8]
    /// Capabilities of the user's own names: flags, numbers, string offsets, name offsets, texts then names.
    var extraFlags: [UInt8] = [], extraNumbers: [Int32] = [], extraStrings: [Int16] = [], extraNames: [Int16] = []
    var extraTable: [UInt8] = []

    private static let legacyMagic = 0o432
    private static let wideMagic = 0o1036

    /// nil when the bytes are no entry.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        guard let magic = reader.short(), magic == Self.legacyMagic || magic == Self.wideMagic else { return nil }
        let wide = magic == Self.wideMagic
        guard let sizes = reader.shorts(5), sizes.allSatisfy({ $0 >= 0 }) else { return nil }
        guard let names = reader.take(Int(sizes[0])), let flags = reader.take(Int(sizes[1])) else { return nil }
        reader.align()
        guard let numbers = reader.numbers(Int(sizes[2]), wide: wide), let strings = reader.shorts(Int(sizes[3])),
            let table = reader.take(Int(sizes[4]))
        else { return nil }
        (self.names, self.flags, self.numbers, self.strings, self.table) = (names, flags, numbers, strings, table)
        reader.align()
        // The second part is not in every entry.
        guard let more = reader.shorts(5), more.allSatisfy({ $0 >= 0 }) else { return }
        let nameCount = Int(more[0]) + Int(more[1]) + Int(more[2])
        guard let extraFlags = reader.take(Int(more[0])) else { return nil }
        reader.align()
        guard let extraNumbers = reader.numbers(Int(more[1]), wide: wide),
            let extraStrings = reader.shorts(Int(more[2])), let extraNames = reader.shorts(nameCount),
            let extraTable = reader.take(Int(more[4]))
        else { return nil }
        (self.extraFlags, self.extraNumbers, self.extraStrings) = (extraFlags, extraNumbers, extraStrings)
        (self.extraNames, self.extraTable) = (extraNames, extraTable)
    }

    /// The compiled form, with numbers of 32 bits.
    var bytes: [UInt8] {
        var out = Writer()
        out.shorts([Self.wideMagic, names.count, flags.count, numbers.count, strings.count, table.count])
        out.bytes += names + flags
        out.align()
        out.numbers(numbers)
        out.shorts(strings.map(Int.init))
        out.bytes += table
        out.align()
        let items = extraStrings.filter { $0 >= 0 }.count + extraNames.count
        out.shorts([extraFlags.count, extraNumbers.count, extraStrings.count, items, extraTable.count])
        out.bytes += extraFlags
        out.align()
        out.numbers(extraNumbers)
        out.shorts((extraStrings + extraNames).map(Int.init))
        out.bytes += extraTable
        return out.bytes
    }

    /// Replaces a string capability by its place in terminfo's order; false when the table is full.
    mutating func set(string index: Int, to text: String) -> Bool {
        guard index >= 0, index < 1024, table.count + text.utf8.count < 0x7FFF else { return false }
        while strings.count <= index { strings.append(-1) }
        strings[index] = Int16(table.count)
        table += Array(text.utf8) + [0]
        return true
    }

    /// Replaces a numeric capability by its place.
    mutating func set(number index: Int, to value: Int32) {
        guard index >= 0, index < 1024 else { return }
        while numbers.count <= index { numbers.append(-1) }
        numbers[index] = value
    }

    /// Adds a flag of an own name; false when the table is full.
    mutating func add(flag name: String) -> Bool {
        let base = namesBase
        guard base <= extraTable.count, extraTable.count + name.utf8.count < 0x7FFF else { return false }
        extraNames.insert(Int16(extraTable.count - base), at: extraFlags.count)
        extraFlags.append(1)
        extraTable += Array(name.utf8) + [0]
        return true
    }

    /// Names' offsets count from behind the last text.
    private var namesBase: Int {
        var end = 0
        for case let offset in extraStrings where offset >= 0 {
            guard let stop = extraTable.dropFirst(Int(offset)).firstIndex(of: 0) else { continue }
            end = max(end, stop + 1)
        }
        return end
    }
}

private struct Reader {
    let bytes: [UInt8]
    var position = 0

    mutating func take(_ count: Int) -> [UInt8]? {
        guard count >= 0, count <= bytes.count - position else { return nil }
        defer { position += count }
        return Array(bytes[position..<(position + count)])
    }

    mutating func short() -> Int? {
        take(2).map { Int(Int16(truncatingIfNeeded: Int($0[0]) | Int($0[1]) << 8)) }
    }

    mutating func shorts(_ count: Int) -> [Int16]? {
        take(count * 2).map { data in
            (0..<count).map { Int16(bitPattern: UInt16(data[$0 * 2]) | UInt16(data[$0 * 2 + 1]) << 8) }
        }
    }

    mutating func numbers(_ count: Int, wide: Bool) -> [Int32]? {
        guard wide else { return shorts(count)?.map(Int32.init) }
        return take(count * 4).map { data in
            (0..<count).map { index in
                Int32(bitPattern: (0..<4).reduce(0) { $0 | UInt32(data[index * 4 + $1]) << UInt32(8 * $1) })
            }
        }
    }

    mutating func align() { position += position & 1 }
}

private struct Writer {
    var bytes: [UInt8] = []

    mutating func shorts(_ values: [Int]) {
        for value in values { bytes += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }
    }

    mutating func numbers(_ values: [Int32]) {
        for value in values { bytes += (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    }

    mutating func align() {
        if bytes.count % 2 == 1 { bytes.append(0) }
    }
}
