import Engine

/// Events as `GET /events` tells them.
enum EventReading {
    /// The event; `nil` for objects that are none of ours (daemon, plugin, secret, …).
    static func event(_ node: JSONNode) -> Event? {
        let nanoseconds = node["timeNano"]?.integer
        let time =
            nanoseconds.map { Timestamp(nanoseconds: $0) }
            ?? Timestamp(seconds: node["time"]?.integer ?? 0)
        // Before API 1.22 a container's event had neither type nor actor.
        let type = node["Type"]?.words ?? "container"
        guard let type = Event.ObjectType(rawValue: type), let action = node["Action"]?.words ?? node["status"]?.words,
            // Podman has no identifier for a volume, only its name.
            let id = node["Actor"]?["ID"]?.words ?? node["id"]?.words ?? node["Actor"]?["Attributes"]?["name"]?.words
        else { return nil }
        // Podman tells the removal of a container by another word.
        let known = type == .container && action == "remove" ? "destroy" : action == "died" ? "die" : action
        return Event(
            time: time, type: type, action: known, actorID: id, attributes: node["Actor"]?["Attributes"]?.texts ?? [:])
    }

    /// A moment as the API takes it: seconds with nanoseconds behind the point.
    static func seconds(_ time: Timestamp) -> String {
        let (whole, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        let digits = "\(abs(rest))"
        return "\(max(0, whole)).\(String(repeating: "0", count: 9 - digits.count))\(digits)"
    }
}
