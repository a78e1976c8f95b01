import Terminal

/// How a graph's figures read, and where its scale ends when it follows them.
enum GraphUnit: Sendable, Hashable {
    case percent, bytes, bytesPerSecond, count

    func text(_ value: Double) -> String {
        switch self {
        case .percent: Format.percent(value)
        case .bytes: Format.bytes(value)
        case .bytesPerSecond: Format.rate(value) + "/s"
        case .count: Format.fixed(value, 0)
        }
    }

    /// Up to the next round number.
    var scale: GraphScale {
        switch self {
        case .percent: .automatic(minimum: 10)
        case .bytes: .automatic(minimum: 1_048_576, binary: true)
        case .bytesPerSecond: .automatic(minimum: 1000)
        case .count: .automatic(minimum: 5)
        }
    }
}
