/// One of several things in one graph.
public struct GraphLayer: Hashable, Sendable {
    /// The values, oldest first; nil where nothing was measured.
    public var values: [Double?]
    /// Its colour.
    public var color: Color

    /// A layer.
    public init(_ values: [Double?], _ color: Color) {
        self.values = values
        self.color = color
    }

    /// Steps that the values which fit fill, with gaps at the left where there are fewer of them.
    func shown(_ count: Int) -> [Double?] {
        let tail = values.suffix(count)
        return [Double?](repeating: nil, count: count - tail.count) + tail
    }
}
