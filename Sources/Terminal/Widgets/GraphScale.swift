/// Where a graph's top is.
public enum GraphScale: Hashable, Sendable {
    /// Always there.
    case fixed(Double)
    /// At a round number not less than the largest value and `minimum`; of powers of two for bytes.
    case automatic(minimum: Double, binary: Bool = false)

    /// The value at the top edge; always greater than zero.
    public func top(for values: some Sequence<Double?>) -> Double {
        switch self {
        case .fixed(let top): return top > 0 && top.isFinite ? top : 1
        case .automatic(let minimum, let binary):
            var largest = minimum > 0 && minimum.isFinite ? minimum : 0
            for case .some(let value) in values where value.isFinite { largest = max(largest, value) }
            guard largest > 0 else { return 1 }
            return binary ? Self.powerOfTwo(largest) : Self.round(largest)
        }
    }

    private static func powerOfTwo(_ value: Double) -> Double {
        var top = 1.0
        while top < value, top < 1e300 { top *= 2 }
        while top / 2 >= value { top /= 2 }
        return top
    }

    /// 1, 2, 2.5 or 5 times a power of ten.
    private static func round(_ value: Double) -> Double {
        var unit = 1.0
        while unit * 10 <= value, unit < 1e300 { unit *= 10 }
        while unit > value { unit /= 10 }
        for step in [1, 2, 2.5, 5] where unit * step >= value { return unit * step }
        return unit * 10
    }
}
