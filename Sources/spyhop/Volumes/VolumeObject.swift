import Engine

/// A volume as `volume inspect` shows it: docker's names and order.
enum VolumeObject {
    /// The whole object.
    static func value(_ volume: Volume) -> JSONValue {
        [
            "CreatedAt": .string(volume.createdAt.rfc3339),
            "Driver": .string(volume.driver),
            "Labels": volume.labels.isEmpty ? nil : .map(volume.labels),
            "Mountpoint": .string(volume.mountpoint),
            "Name": .string(volume.name),
            "Options": volume.options.isEmpty ? nil : .map(volume.options),
            "Scope": "local",
        ]
    }
}
