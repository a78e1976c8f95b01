import Engine

/// An event as `events` prints it.
enum EventLine {
    /// `2026-01-02T03:04:05.000000006Z container start ID (image=busybox, name=web)`.
    static func text(_ event: Event) -> String {
        let attributes = event.attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let list = attributes.isEmpty ? "" : " (\(attributes.joined(separator: ", ")))"
        return GoText.harmless("\(event.time.rfc3339) \(event.type.rawValue) \(event.action) \(event.actorID)\(list)")
    }

    /// The object of docker's events API.
    static func json(_ event: Event) -> JSONValue {
        var members: [JSONValue.Member] = []
        if event.type == .container || event.type == .image {
            members.append(.init(key: "status", value: .string(event.action)))
            members.append(.init(key: "id", value: .string(event.actorID)))
        }
        if let image = event.attributes["image"] { members.append(.init(key: "from", value: .string(image))) }
        members += [
            .init(key: "Type", value: .string(event.type.rawValue)),
            .init(key: "Action", value: .string(event.action)),
            .init(key: "Actor", value: ["ID": .string(event.actorID), "Attributes": .map(event.attributes)]),
            .init(key: "scope", value: "local"),
            .init(key: "time", value: .integer(event.time.seconds)),
            .init(key: "timeNano", value: .integer(event.time.nanoseconds)),
        ]
        return .object(members)
    }
}
