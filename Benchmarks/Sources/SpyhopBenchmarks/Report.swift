import Glibc

/// The rows that a run prints: ours, the peers', and their ratios.
struct Report {
    private(set) var lines: [String] = []

    /// Prints a row at once and keeps it. `lower` figures are better; a peer of `nil` was not there.
    mutating func row(_ what: String, unit: String, ours: Double?, budget: String, peers: [(String, Double?)] = []) {
        guard let ours else {
            add("| \(what) | not measured | \(budget) | |")
            return
        }
        let ratios = peers.map { name, value in
            guard let value, ours > 0 else { return "\(name): not measured" }
            return "\(name) \(Self.number(value)) \(unit) (×\(Self.number(value / ours)))"
        }
        add("| \(what) | \(Self.number(ours)) \(unit) | \(budget) | \(ratios.joined(separator: ", ")) |")
    }

    mutating func add(_ line: String) {
        lines.append(line)
        print(line)
        fflush(nil)
    }

    static func number(_ value: Double) -> String {
        if value >= 100 { return String(Int(value.rounded())) }
        let hundredths = Int((value * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
