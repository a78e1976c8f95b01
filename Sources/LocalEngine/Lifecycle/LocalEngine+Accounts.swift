import Engine
import Glibc
import Images
import LinuxSystem

extension LocalEngine {
    /// A stopped container's accounts: what it wrote itself counts before its image.
    func accounts(of record: ContainerRecord, _ definition: ContainerDefinition) throws -> AccountTable {
        let image = ResolvedImage(
            id: record.imageID, reference: record.image, layers: definition.layers,
            layersDirectory: layersDirectory, entrypoint: [], command: [], environment: [], workingDirectory: "",
            user: "", stopSignal: nil, labels: [:], volumes: [], exposedPorts: [])
        let upper = paths(record.id).upper
        return AccountTable(
            passwd: try file("etc/passwd", upper, image), group: try file("etc/group", upper, image))
    }

    /// A running container's accounts, through its first process's root.
    func accounts(ofRunning root: borrowing OwnedDescriptor) -> AccountTable {
        AccountTable(passwd: Self.small("etc/passwd", root) ?? [], group: Self.small("etc/group", root) ?? [])
    }

    private func file(_ path: String, _ upper: String, _ image: ResolvedImage) throws -> [UInt8] {
        if let root = try? OwnedDescriptor.open(upper, O_RDONLY | O_DIRECTORY), let own = Self.small(path, root) {
            return own
        }
        return try store.readFile("/" + path, inLayersOf: image) ?? []
    }

    /// A regular file of at most 1 MiB; no link leads out of the root.
    private static func small(_ path: String, _ root: borrowing OwnedDescriptor) -> [UInt8]? {
        // Looked at before it is opened: opening a device, which a container may have put there, does things.
        guard let place = try? root.open(at: path, OwnedDescriptor.pathOnly, resolve: .inRoot),
            (try? place.status())?.kind == .regular,
            let file = try? OwnedDescriptor.open("/proc/self/fd/\(place.rawValue)", O_RDONLY)
        else { return nil }
        return try? file.readAll(limit: 1 << 20)
    }
}
