/// Something that happened to an object of an engine, as `docker events` tells it.
public struct Event: Sendable, Hashable, Codable {
    /// What kind of object the event is about.
    public enum ObjectType: String, Sendable, Hashable, Codable, CaseIterable {
        case container, image, network, volume, builder
    }

    /// When it happened.
    public var time: Timestamp
    /// What kind of object it happened to.
    public var type: ObjectType
    /// Docker's verb: `create`, `start`, `die`, `oom`, `kill`, `stop`, `restart`, `pause`, `unpause`, `rename`,
    /// `update`, `destroy`, `exec_start`, `exec_die`, `attach`, `tag`, `untag`, `delete`, `load`, `import`, `save`, `pull`, `push`.
    public var action: String
    /// The container's identifier or the image's.
    public var actorID: String
    /// Docker's attributes: `name`, `image`, `exitCode`, `signal`, and the object's labels.
    public var attributes: [String: String]

    /// Makes an event.
    public init(
        time: Timestamp, type: ObjectType, action: String, actorID: String, attributes: [String: String] = [:]
    ) {
        self.time = time
        self.type = type
        self.action = action
        self.actorID = actorID
        self.attributes = attributes
    }
}
