/// Numbers with a fixed count of decimals, as C's `%.2f`.
enum FixedPoint {
    /// `value` rounded to `decimals` places; `trimmingZeros` drops zeros at the end, as `%g` does.
    static func text(_ value: Double, decimals: Int, trimmingZeros: Bool = false) -> String {
        guard value.isFinite, abs(value) < 1e15, (0...6).contains(decimals) else { return "0" }
        var scale: Int64 = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (abs(value) * Double(scale)).rounded(.toNearestOrAwayFromZero)
        guard let units = Int64(exactly: scaled) else { return "0" }
        var fraction = String(units % scale)
        fraction = decimals == 0 ? "" : String(repeating: "0", count: decimals - fraction.count) + fraction
        if trimmingZeros {
            while fraction.last == "0" { fraction.removeLast() }
        }
        let sign = value < 0 && units != 0 ? "-" : ""
        return sign + String(units / scale) + (fraction.isEmpty ? "" : "." + fraction)
    }
}
