/// Text from a registry as it may be shown: control characters would steer the reader's terminal, and a long text would
/// bury the rest.
func shown(_ text: some StringProtocol, limit: Int = 500) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(limit) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
            // Line ends within a message are common and mean nothing worse than a space.
            result += scalar == "\n" || scalar == "\r" || scalar == "\t" ? " " : "?"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return text.unicodeScalars.count > limit ? result + "…" : result
}
