import Engine

/// What a volume is: one row of the database. Where its content lies follows from its name.
struct VolumeRecord: Sendable, Hashable {
    /// Docker's mark of anonymous volumes, which its tools look for.
    static let anonymousLabel = "com.docker.volume.anonymous"

    var name: String
    var createdAt: Timestamp
    var driver: String
    var options: [String: String]
    var labels: [String: String]
    /// Made for a container that named none, or by `volume create` without a name.
    var isAnonymous: Bool

    /// The row that a request makes; the request is checked.
    init(_ spec: VolumeSpec, createdAt: Timestamp = .now) throws(EngineError) {
        guard spec.driver.isEmpty || spec.driver == "local" else {
            throw EngineError(
                .unsupported, "there is no volume driver \(spec.driver)", hint: "local is the only one here")
        }
        if let name = spec.name { try VolumeName.check(name) }
        _ = try VolumeBacking(spec.options)
        for (key, value) in spec.labels where key.isEmpty || key.utf8.contains(0) || value.utf8.contains(0) {
            throw EngineError(.invalidArgument, "a volume's label has no name or holds a NUL byte: \(key)=\(value)")
        }
        name = spec.name ?? VolumeName.random()
        self.createdAt = createdAt
        driver = "local"
        options = spec.options
        labels = spec.name == nil ? spec.labels.merging([Self.anonymousLabel: ""]) { own, _ in own } : spec.labels
        isAnonymous = spec.name == nil
    }

    /// A row as it was read.
    init(
        name: String, createdAt: Timestamp, driver: String, options: [String: String], labels: [String: String],
        isAnonymous: Bool
    ) {
        self.name = name
        self.createdAt = createdAt
        self.driver = driver
        self.options = options
        self.labels = labels
        self.isAnonymous = isAnonymous
    }

    /// The row as lists show it.
    func volume(mountpoint: String, users: [String], size: Int64? = nil) -> Volume {
        Volume(
            name: name, createdAt: createdAt, driver: driver, mountpoint: mountpoint, options: options,
            labels: labels, isAnonymous: isAnonymous, users: users, size: size)
    }
}
