import Engine
import FoundationEssentials

/// An event as a line of the event file: the JSON of `Event`, members in its order. Monitors write the same.
enum EventLine {
    /// The line with its newline. Spelled by hand: it is a fifth of an encoder's first use, in every `run`.
    static func bytes(_ event: Event) -> [UInt8] {
        var line = #"{"time":{"nanoseconds":\#(event.time.nanoseconds)},"type":"\#(event.type.rawValue)""#
        line += #","action":"\#(JSONText.escaped(event.action))""#
        line += #","actorID":"\#(JSONText.escaped(event.actorID))","attributes":{"#
        let members = event.attributes.sorted { $0.key < $1.key }
        line += members.map { #""\#(JSONText.escaped($0.key))":"\#(JSONText.escaped($0.value))""# }
            .joined(separator: ",")
        line += "}}\n"
        return Array(line.utf8)
    }

    /// The event in a line; `nil` when it is none.
    static func event(_ line: ArraySlice<UInt8>) -> Event? {
        try? JSONDecoder().decode(Event.self, from: Data(line))
    }
}
