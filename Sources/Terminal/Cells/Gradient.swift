/// A run of evenly spaced colours.
public struct Gradient: Hashable, Sendable {
    /// The colours, from 0 to 1.
    public var stops: [Color]

    /// A gradient through `stops`; without any it is the terminal's own colour throughout.
    public init(_ stops: [Color]) {
        self.stops = stops
    }

    /// The colour at `position` (0 … 1, clamped).
    public func color(at position: Double) -> Color {
        guard let first = stops.first, let last = stops.last else { return .default }
        let scaled = min(1, max(0, position.isNaN ? 0 : position)) * Double(stops.count - 1)
        let index = Int(scaled)
        guard index + 1 < stops.count else { return stops.count == 1 ? first : last }
        return stops[index].mixed(with: stops[index + 1], scaled - Double(index))
    }
}
