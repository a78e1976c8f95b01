import Engine
import FoundationEssentials

/// An event as a line of the event file: `Event`'s own JSON. Monitors write the same by hand.
enum EventLine {
    /// The line with its newline.
    static func bytes(_ event: Event) throws -> [UInt8] {
        var bytes = Array(try JSONEncoder().encode(event))
        bytes.append(0x0a)
        return bytes
    }

    /// The event in a line; `nil` when it is none.
    static func event(_ line: ArraySlice<UInt8>) -> Event? {
        try? JSONDecoder().decode(Event.self, from: Data(line))
    }
}
