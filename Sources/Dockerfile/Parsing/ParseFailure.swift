/// What is wrong in an instruction, while its place is known only within its joined lines.
struct ParseFailure: Error {
    var message: String
    var suggestion: String?
    /// Offsets in the joined lines; `nil` is the whole instruction.
    var range: Range<Int>?

    init(_ message: String, at range: Range<Int>? = nil, suggestion: String? = nil) {
        self.message = message
        self.suggestion = suggestion
        self.range = range
    }
}

/// A text in quotes as messages show it: short, and harmless to a terminal.
func quoted(_ text: String) -> String {
    let limit = 80
    let shown = text.unicodeScalars.prefix(limit + 1)
    var result = "\""
    for scalar in shown.prefix(limit) {
        switch scalar {
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        case "\"": result += "\\\""
        default:
            if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
    }
    return result + (shown.count > limit ? "…\"" : "\"")
}
