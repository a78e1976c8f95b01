/// Values as Go's `fmt` writes them, which docker's output and images' history show.
public enum GoText {
    /// `%q` of a list: `["/bin/sh" "-c" "make"]`.
    public static func quoted(_ list: [String]) -> String { "[" + list.map(quoted).joined(separator: " ") + "]" }

    /// `%v` of a list: `[80/tcp 53/udp]`.
    public static func plain(_ list: [String]) -> String { "[" + list.joined(separator: " ") + "]" }

    /// `%q` of a string: a double-quoted literal in which nothing can reach a terminal as a control.
    public static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{07}": quoted += "\\a"
            case "\u{08}": quoted += "\\b"
            case "\u{0c}": quoted += "\\f"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{0b}": quoted += "\\v"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f: quoted += "\\x" + hex(scalar.value, 2)
            case _ where isUnseen(scalar) && scalar.value < 0x10000: quoted += "\\u" + hex(scalar.value, 4)
            case _ where isUnseen(scalar): quoted += "\\U" + hex(scalar.value, 8)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
        case .spaceSeparator: scalar != " "
        default: false
        }
    }

    private static func hex(_ value: UInt32, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
