/// The escapes of Go's template functions `html`, `js` and `urlquery`.
enum GoEscapes {
    /// `text` as `function` makes it safe.
    static func escape(_ text: String, for function: String) -> String {
        switch function {
        case "html": replace(text) { html[$0] }
        case "js": replace(text) { javaScript[$0] }
        default: query(text)
        }
    }

    private static let html: [Character: String] = [
        "<": "&lt;", ">": "&gt;", "&": "&amp;", "\"": "&#34;", "'": "&#39;",
    ]
    private static let javaScript: [Character: String] = [
        "\\": "\\\\", "'": "\\'", "\"": "\\\"", "<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "=": "\\u003D",
        "\n": "\\u000A", "\r": "\\u000D", "\t": "\\u0009",
    ]

    private static func replace(_ text: String, _ escape: (Character) -> String?) -> String {
        text.reduce(into: "") { $0 += escape($1) ?? String($1) }
    }

    private static func query(_ text: String) -> String {
        text.utf8.reduce(into: "") { out, byte in
            switch byte {
            case UInt8(ascii: " "): out += "+"
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                out += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
    }
}
