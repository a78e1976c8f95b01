import Dockerfile
import Engine
import Images
import OCI

/// One `RUN --mount`, its words expanded and its origin found; nothing is mounted yet.
enum PlannedMount: Sendable {
    /// Files of the context, a stage or an image. Unless it is read-only, what is written is thrown away.
    case bind(FoundOrigin, name: String, path: String, target: String, readOnly: Bool)
    /// A directory kept between builds; a new one is filled from an origin where one is named.
    case cache(PlannedCache, target: String, readOnly: Bool)
    case memory(target: String, size: Int64?)
    /// As a file, where `target` is told, and in a variable, where `variable` is.
    case secret(id: String, target: String?, variable: String?, required: Bool, PlannedAccess)
    case agent(id: String, target: String, required: Bool, PlannedAccess)
    /// A here-document that is run as a program.
    case script(path: String, content: String)

    /// Adds what of it could change the command's result. A secret's content is none of that, nor is a cache's.
    ///
    /// - Parameter content: what the files of a bind from a context hash to.
    func add(to key: inout StepKey, content: Digest?) {
        switch self {
        case .bind(let origin, _, let path, let target, let readOnly):
            key.add("bind")
            if case .layers(let layers) = origin { key.add(layers.map(\.diffID)) }
            key.add(content?.hex)
            key.add([path, target, "\(readOnly)"])
        case .cache(let cache, let target, let readOnly):
            key.add(["cache", cache.id, cache.sharing.rawValue, target, "\(readOnly)", cache.path])
            if case .layers(let layers)? = cache.origin { key.add(layers.map(\.diffID)) }
            key.add([cache.access.mode, cache.access.uid, cache.access.gid].map(String.init))
        case .memory(let target, let size):
            key.add(["tmpfs", target])
            key.add(size.map(String.init))
        case .secret(let id, let target, let variable, let required, let access):
            key.add(["secret", id, "\(required)"])
            key.add(target)
            key.add(variable)
            key.add([access.mode, access.uid, access.gid].map(String.init))
        case .agent(let id, let target, let required, let access):
            key.add(["ssh", id, target, "\(required)"])
            key.add([access.mode, access.uid, access.gid].map(String.init))
        case .script(let path, let content): key.add(["script", path, content])
        }
    }
}

/// Permissions and owner of a secret, an agent's socket, a new cache.
struct PlannedAccess: Sendable, Hashable {
    var mode: UInt32
    var uid: UInt32
    var gid: UInt32

    init(_ mount: RunMount, mode usual: UInt32) {
        mode = mount.mode ?? usual
        uid = mount.uid ?? 0
        gid = mount.gid ?? 0
    }
}

/// A cache mount.
struct PlannedCache: Sendable {
    var id: String
    var sharing: RunMount.Sharing
    var access: PlannedAccess
    /// What a new one is filled from.
    var origin: FoundOrigin?
    /// A path within `origin`.
    var path: String

    /// What names the directory in the store: a cache that is filled is another one for each content that it is filled with.
    var storeID: String {
        guard case .layers(let layers)? = origin, !layers.isEmpty else { return id }
        var key = StepKey("cache base")
        key.add(layers.map(\.diffID))
        key.add(path)
        return "\(id) \(key.digest.hex)"
    }
}
