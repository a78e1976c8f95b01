/// Go's way of writing text, which docker's output shows.
enum GoText {
    /// `strconv.Quote`: a double-quoted literal in which nothing can reach a terminal as a control.
    static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\r": out += "\\r"
            case "\u{7}": out += "\\a"
            case "\u{8}": out += "\\b"
            case "\u{b}": out += "\\v"
            case "\u{c}": out += "\\f"
            case let scalar where scalar.value < 0x20 || scalar.value == 0x7f: out += "\\x" + hex(scalar.value, 2)
            case let scalar where !scalar.properties.isPrintable: out += "\\u" + hex(scalar.value, 4)
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }

    /// Text for a terminal's table: what could be obeyed as a control is shown as a question mark.
    static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            out.unicodeScalars.append(scalar.properties.generalCategory == .control ? "?" : scalar)
        }
        return out
    }

    /// The first `width` characters, the last of them an ellipsis when something was cut, as docker does it.
    static func ellipsis(_ text: String, _ width: Int) -> String {
        guard text.count > width, width > 0 else { return text }
        return width == 1 ? String(text.prefix(1)) : text.prefix(width - 1) + "…"
    }

    private static func hex(_ value: UInt32, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Unicode.Scalar.Properties {
    /// Whether Go prints the scalar as it is.
    fileprivate var isPrintable: Bool {
        switch generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: isASCIIHexDigit || isPatternWhitespace
        default: true
        }
    }
}
