/// The newest values of one figure, for a graph in a row: a small ring without gaps in time.
struct CPUTrace: Sendable, Hashable {
    /// Two values a braille cell, over the widest column there is.
    static let capacity = 80
    private var ring: [Float] = []
    private var head = 0

    /// Oldest first, `nil` where nothing was measured.
    init(_ values: [Double?] = []) {
        ring.reserveCapacity(Self.capacity)
        for value in values.suffix(Self.capacity) { add(value) }
    }

    mutating func add(_ value: Double?) {
        let value = value.map { $0.isFinite ? Float(max(0, $0)) : .nan } ?? .nan
        if ring.count < Self.capacity {
            ring.append(value)
        } else {
            ring[head] = value
            head = (head + 1) % Self.capacity
        }
    }

    /// The newest `count` values, oldest first, with `nil` in front when there are fewer.
    func last(_ count: Int) -> [Double?] {
        let available = min(max(0, count), ring.count)
        var values = [Double?](repeating: nil, count: max(0, count) - available)
        for offset in 0..<available {
            let value = ring[(head + ring.count - available + offset) % ring.count]
            values.append(value.isNaN ? nil : Double(value))
        }
        return values
    }

    var isEmpty: Bool { ring.isEmpty }
}
