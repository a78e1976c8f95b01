import Engine

/// A moment as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7). The two obsolete forms are not
/// read.
struct HTTPDate: Hashable {
    /// The moment.
    let time: Timestamp

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `nil` when it is none.
    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), (1...31).contains(day),
            let month = Self.months.firstIndex(of: String(parts[2])), let year = Int(parts[3]),
            (1...9999).contains(year)
        else { return nil }
        let clock = parts[4]
        func padded(_ number: Int, _ digits: Int) -> String {
            String(repeating: "0", count: max(0, digits - String(number).utf8.count)) + String(number)
        }
        let text = "\(padded(year, 4))-\(padded(month + 1, 2))-\(padded(day, 2))T\(clock)Z"
        guard clock.utf8.count == 8, let time = Timestamp(rfc3339: text) else { return nil }
        self.time = time
    }
}
