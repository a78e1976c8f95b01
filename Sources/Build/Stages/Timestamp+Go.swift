import Engine

extension Timestamp {
    /// RFC 3339 as Go writes it into documents: a fraction has no zeros at its end.
    var goText: String {
        let text = rfc3339
        guard let point = text.firstIndex(of: ".") else { return text }
        var fraction = text[point...].dropLast()
        while fraction.last == "0" { fraction = fraction.dropLast() }
        return text[..<point] + (fraction == "." ? "" : fraction) + "Z"
    }
}
