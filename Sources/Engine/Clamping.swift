extension FixedWidthInteger {
    /// The sum, or the nearest number that there is: figures from outside may be anything.
    public func addingClamped(_ other: Self) -> Self {
        let (sum, isBeyond) = addingReportingOverflow(other)
        return isBeyond ? (other < 0 ? .min : .max) : sum
    }

    /// The difference, or the nearest number that there is.
    public func subtractingClamped(_ other: Self) -> Self {
        let (difference, isBeyond) = subtractingReportingOverflow(other)
        return isBeyond ? (other < 0 ? .max : .min) : difference
    }
}

extension Sequence where Element: FixedWidthInteger {
    /// The sum of all, or the nearest number that there is.
    public func sumClamped() -> Element { reduce(0) { $0.addingClamped($1) } }
}
