/// Sizes as docker tells them (go-units).
enum HumanSize {
    private static let decimalUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]
    private static let binaryUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]

    /// Powers of 1000 with three digits that matter: `4.26MB`.
    static func decimal(_ bytes: UInt64) -> String { text(bytes, 1000, decimalUnits, digits: 3) }

    /// Powers of 1024 with four digits that matter: `3.672MiB`.
    static func binary(_ bytes: UInt64) -> String { text(bytes, 1024, binaryUnits, digits: 4) }

    private static func text(_ bytes: UInt64, _ base: Double, _ units: [String], digits: Int) -> String {
        var value = Double(bytes)
        var unit = 0
        while value >= base, unit + 1 < units.count {
            value /= base
            unit += 1
        }
        return significant(value, digits) + units[unit]
    }

    /// C's `%.*g` for numbers from 0 to 1024, without its exponents.
    private static func significant(_ value: Double, _ digits: Int) -> String {
        let whole = String(Int(value)).count
        return FixedPoint.text(value, decimals: max(0, digits - (value < 1 ? 0 : whole)), trimmingZeros: true)
    }
}
