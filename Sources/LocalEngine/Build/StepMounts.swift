import Build
import Engine
import Glibc
import LinuxSystem
import OCI
import Runtime

/// A step's mounts as the runtime wants them; what they need on the disk lies in the step's directory.
struct StepMounts: Sendable {
    /// Something that is mounted somewhere, and what must be there for that.
    struct Place: Sendable, Hashable {
        var path: String
        var isDirectory: Bool
    }

    /// For the container's request.
    private(set) var requested: [MountSpec] = []
    /// By target, those of `requested` that are no paths.
    private(set) var prepared: [String: Mount] = [:]
    private(set) var trees: [Bundle.Tree] = []
    private(set) var agents: [AgentForwarder] = []
    /// The mounts' places, every container's own among them.
    private(set) var places: [Place]

    private let paths: ContainerPaths
    private let layersDirectory: String

    init(_ command: StepCommand, _ paths: ContainerPaths, _ identity: AccountTable.Identity) throws {
        self.paths = paths
        layersDirectory = command.layersDirectory
        places = ["/dev", "/proc", "/sys"].map { Place(path: $0, isDirectory: true) }
        places += ["hosts", "hostname", "resolv.conf"].map { Place(path: "/etc/\($0)", isDirectory: false) }
        for mount in command.mounts { try add(mount) }
    }

    private mutating func add(_ mount: StepMount) throws {
        switch mount.source {
        case .path(let path): try addPath(path, mount)
        case .layers(let layers, let path):
            let writable = mount.discardsWrites ? try scratch() : nil
            addTree(
                .layers(layers + [try emptyDirectory()], base: layersDirectory, writable: writable, path: path), mount,
                isDirectory: try isDirectory(path, in: layers))
        case .memory(let size):
            places.append(Place(path: mount.target, isDirectory: true))
            requested.append(
                MountSpec(
                    source: .tmpfs(size: size, mode: nil), target: mount.target, readOnly: mount.readOnly,
                    options: ["exec", "dev"]))
        case .secret(let bytes, let mode, let uid, let gid):
            addTree(
                .secret(bytes, mode: mode, uid: uid, gid: gid), mount, isDirectory: false,
                options: ["ro", "nosuid", "nodev", "noexec"])
        case .socket(let path, let mode, let uid, let gid):
            let own = "\(paths.directory)/agent-\(agents.count)"
            agents.append(try AgentForwarder(own, to: path, mode: mode, uid: uid, gid: gid))
            addBind(own, mount, isDirectory: false)
        }
    }

    private mutating func addPath(_ path: String, _ mount: StepMount) throws {
        let facts = try inWords("look at \(path)") { () throws(SystemError) in
            try Files.status(path, followLink: true)
        }
        guard let facts else { throw EngineError(.notFound, "cannot mount \(path): it does not exist") }
        guard mount.discardsWrites else { return addBind(path, mount, isDirectory: facts.isDirectory) }
        guard facts.isDirectory else {
            let copy = try copyOfFile(path)
            return addBind(copy, mount, isDirectory: false)
        }
        addTree(
            .layers([path, try emptyDirectory()], base: layersDirectory, writable: try scratch(), path: "/"), mount,
            isDirectory: true)
    }

    private mutating func addBind(_ path: String, _ mount: StepMount, isDirectory: Bool) {
        places.append(Place(path: mount.target, isDirectory: isDirectory))
        requested.append(
            MountSpec(
                source: .bind(path: path, createMissing: false), target: mount.target, readOnly: mount.readOnly))
    }

    private mutating func addTree(
        _ tree: Bundle.Tree, _ mount: StepMount, isDirectory: Bool, options: [String]? = nil
    ) {
        places.append(Place(path: mount.target, isDirectory: isDirectory))
        requested.append(
            MountSpec(
                source: .volume(MountSpec.VolumeMount(name: nil)), target: mount.target, readOnly: mount.readOnly))
        prepared[mount.target] = Mount(
            destination: SpecBuilder.normalized(mount.target), type: SpecBuilder.tree, source: String(trees.count),
            options: options ?? [mount.readOnly ? "ro" : "rw"])
        trees.append(tree)
    }

    // MARK: - In the step's directory

    private var scratchDirectory: String { paths.directory + "/scratch" }

    /// Directories for writes that are thrown away.
    private func scratch() throws -> Bundle.Writable {
        let own = "\(scratchDirectory)/\(trees.count)"
        return try inWords("make \(own)") { () throws(SystemError) in
            try Files.makeDirectories(own + "/upper", mode: 0o755)
            try Files.makeDirectories(own + "/work", mode: 0o700)
            return Bundle.Writable(upper: own + "/upper", work: own + "/work")
        }
    }

    /// The kernel wants two directories to join.
    private func emptyDirectory() throws -> String {
        let path = paths.directory + "/empty"
        try inWords("make \(path)") { () throws(SystemError) in try Files.makeDirectories(path) }
        return path
    }

    private func copyOfFile(_ path: String) throws -> String {
        let copy = "\(scratchDirectory)/file-\(requested.count)"
        try inWords("copy \(path)") { () throws(SystemError) in
            try Files.makeDirectories(scratchDirectory)
            try TreeCopy.copy(file: path, to: copy)
        }
        return copy
    }

    /// Of a path that is not there the start tells, in words.
    private func isDirectory(_ path: String, in layers: [String]) throws -> Bool {
        if path.isEmpty || path == "/" { return true }
        let lower = layers.map { "\(layersDirectory)/\($0)" } + [try emptyDirectory()]
        return try inWords("look into the layers of a mount") { () throws(SystemError) in
            let root = try DetachedMount.overlay(lower: lower)
            do throws(SystemError) {
                let found = try root.open(at: path, OwnedDescriptor.pathOnly, resolve: [.inRoot, .noMagicLinks])
                return try found.status().isDirectory
            } catch {
                guard error.number == ENOENT || error.number == ENOTDIR else { throw error }
                return true
            }
        }
    }
}
