/// A Dockerfile is read as bytes: everything that means something in it is ASCII, and broken UTF-8 does no harm.
extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let tab = UInt8(ascii: "\t")
    static let space = UInt8(ascii: " ")
    static let hash = UInt8(ascii: "#")
    static let backslash = UInt8(ascii: "\\")
    static let backquote = UInt8(ascii: "`")
    static let singleQuote = UInt8(ascii: "'")
    static let doubleQuote = UInt8(ascii: "\"")
    static let dollar = UInt8(ascii: "$")
    static let dash = UInt8(ascii: "-")
    static let equals = UInt8(ascii: "=")
    static let less = UInt8(ascii: "<")
    static let slash = UInt8(ascii: "/")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let colon = UInt8(ascii: ":")
    static let comma = UInt8(ascii: ",")

    /// Space, tab, line feed, vertical tab, form feed, carriage return.
    var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
}

extension Collection<UInt8> where Self: BidirectionalCollection, SubSequence: BidirectionalCollection {
    /// Without blanks at its start and end.
    var trimmed: SubSequence {
        let front = drop { $0.isBlank }
        guard let last = front.lastIndex(where: { !$0.isBlank }) else { return self[endIndex..<endIndex] }
        return self[front.startIndex...last]
    }

    /// The text; what is no UTF-8 is replaced.
    var text: String { String(decoding: self, as: UTF8.self) }
}
