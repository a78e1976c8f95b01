import Engine
import Runtime

/// What a container is, as lists need it: one row of the database. What it does is never stored here.
struct ContainerRecord: Sendable, Hashable {
    var id: ContainerID
    var name: String
    /// As the person named it.
    var image: String
    var imageID: ImageID
    var createdAt: Timestamp
    /// Entrypoint and arguments, as they are executed.
    var command: [String]
    /// The image's and the request's.
    var labels: [String: String]
    var restartPolicy: RestartPolicy
    var autoRemove: Bool
    var networkMode: NetworkMode
    var limits: ResourceLimits
    var mounts: [MountSpec]
    /// The networks it is on at its next start, the primary one first; `connect` and `disconnect` change them.
    var attachments: [NetworkAttachment] = []
    /// The image's and the request's.
    var exposed: [ExposedPort] = []

    /// The row with what its monitor says of it.
    func container(in state: ContainerState, _ status: MonitorStatus?) -> Container {
        Container(
            id: id, name: name, image: image, imageID: imageID, command: command, createdAt: createdAt, state: state,
            labels: labels, restartCount: status?.restartCount ?? 0, restartPolicy: restartPolicy, limits: limits,
            mounts: mounts,
            networkMode: networkMode, autoRemove: autoRemove, health: status?.health,
            networks: attachments.map(\.network), exposedPorts: exposed)
    }

    /// What events about it carry, as docker fills them.
    var eventAttributes: [String: String] {
        labels.merging(["name": name, "image": image]) { _, own in own }
    }
}
