import Engine
import FoundationEssentials

/// An event as a line of the event file: the JSON of `Event`, members in its order. Monitors write the same.
enum EventLine {
    /// The line with its newline. Spelled by hand: it is a fifth of an encoder's first use, in every `run`.
    static func bytes(_ event: Event) -> [UInt8] {
        var line = #"{"time":{"nanoseconds":\#(event.time.nanoseconds)},"type":"\#(event.type.rawValue)""#
        line += #","action":"\#(escaped(event.action))","actorID":"\#(escaped(event.actorID))","attributes":{"#
        line += event.attributes.sorted { $0.key < $1.key }
            .map { #""\#(escaped($0.key))":"\#(escaped($0.value))""# }.joined(separator: ",")
        line += "}}\n"
        return Array(line.utf8)
    }

    /// The event in a line; `nil` when it is none.
    static func event(_ line: ArraySlice<UInt8>) -> Event? {
        try? JSONDecoder().decode(Event.self, from: Data(line))
    }

    /// RFC 8259, section 7.
    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5c }) else { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22: escaped += "\\\""
            case 0x5c: escaped += "\\\\"
            case 0..<0x20:
                let digits = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
