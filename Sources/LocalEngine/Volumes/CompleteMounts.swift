import Engine
import Images

/// A request's mounts made whole: with those of other containers (`--volumes-from`), with the image's volumes, and with
/// a name for every volume.
struct CompleteMounts: Sendable, Hashable {
    /// In the order in which they were asked for.
    private(set) var mounts: [MountSpec]
    /// The volumes among them that are made for this container alone.
    private(set) var anonymous: Set<String> = []
    private var targets: Set<String>

    /// - Parameters:
    ///   - find: looks a container up by its reference; answers its name and mounts.
    init(
        _ spec: ContainerSpec, image: ResolvedImage, find: (String) throws -> (name: String, mounts: [MountSpec])
    ) throws {
        mounts = spec.mounts
        targets = Set(spec.mounts.map { Self.key($0.target) })
        for text in spec.volumesFrom ?? [] { try inherit(text, find) }
        for path in image.volumes where path.hasPrefix("/") && Self.key(path) != "" {
            add(MountSpec(source: .volume(MountSpec.VolumeMount(name: nil)), target: path, origin: .image))
        }
        for index in mounts.indices {
            guard case .volume(var volume) = mounts[index].source, volume.name == nil else { continue }
            let name = VolumeName.random()
            volume.name = name
            mounts[index].source = .volume(volume)
            anonymous.insert(name)
        }
    }

    /// A volume is among them.
    var hasVolumes: Bool { mounts.contains { $0.volumeName != nil } }

    /// Adds what stands in nobody's way: what the request names itself comes first.
    private mutating func add(_ mount: MountSpec) {
        if targets.insert(Self.key(mount.target)).inserted { mounts.append(mount) }
    }

    private mutating func inherit(
        _ text: String, _ find: (String) throws -> (name: String, mounts: [MountSpec])
    ) throws {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let modes = parts.count == 2 ? parts[1].split(separator: ",").map(String.init) : []
        guard let reference = parts.first, !reference.isEmpty, parts.count == 1 || !modes.isEmpty,
            modes.allSatisfy({ ["ro", "rw", "z", "Z"].contains($0) })
        else {
            throw EngineError(
                .invalidArgument, "--volumes-from \"\(text)\" is not of the form container[:ro|rw]")
        }
        for var mount in try find(reference).mounts {
            switch mount.source {
            case .tmpfs: continue
            case .bind: break
            case .volume(var volume):
                // It has its content from the container that it comes from.
                volume.noCopy = true
                mount.source = .volume(volume)
            }
            mount.readOnly = mount.readOnly || modes.contains("ro")
            mount.origin = .inherited
            add(mount)
        }
    }

    /// The target without doubled and trailing slashes and `.`.
    private static func key(_ path: String) -> String {
        path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }
}
