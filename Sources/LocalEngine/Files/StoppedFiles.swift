import Engine
import Glibc
import LinuxSystem

/// The files of a container that does not run, with its volumes and binds in their places, as `cp` wants them.
///
/// They are mounted in a mount namespace of the thread's own, which nothing outlives.
struct StoppedFiles: Sendable {
    /// Something of the host that lies in the container's tree.
    struct Bind: Sendable, Hashable {
        var source: String
        var subpath: String?
        var target: String
        var readOnly: Bool
    }

    /// The layers, top first.
    let lower: [String]
    let upper: String
    let work: String
    /// An empty directory to mount on.
    let place: String
    /// Shallow targets first.
    let binds: [Bind]

    /// The root of the tree, for as long as the thread lives; only for a thread of one's own (`runOnOwnThread`).
    /// - Parameter writable: else the writable directory is one more layer, and nothing is touched.
    func open(writable: Bool) throws(SystemError) -> OwnedDescriptor {
        guard !binds.isEmpty else { return try overlay(lower, writable: writable) }
        let mounts = try PrivateMounts()
        // The lowest layer has what the binds lie on, wherever a start would have made it.
        let stubs = try mounts.memory(on: place)
        for bind in binds { makeStub(bind, in: stubs) }
        let root = try mounts.attach(try overlay(lower + [place], writable: writable), on: place)
        for bind in binds {
            do throws(SystemError) {
                try mounts.bind(
                    bind.source, subpath: bind.subpath, to: bind.target, in: root, readOnly: bind.readOnly)
            } catch {
                // What is not on the host any more, or has no place in the container, cannot be seen there.
                guard error.number == ENOENT || error.number == ENOTDIR else { throw error }
            }
        }
        return root
    }

    private func overlay(_ lower: [String], writable: Bool) throws(SystemError) -> OwnedDescriptor {
        if writable { return try DetachedMount.overlay(lower: lower, upper: upper, work: work) }
        return try DetachedMount.overlay(lower: [upper] + lower)
    }

    /// The file system is empty but for these, so no link can lead out of it.
    private func makeStub(_ bind: Bind, in stubs: borrowing OwnedDescriptor) {
        let parts = bind.target.split(separator: "/").filter { $0 != "." && $0 != ".." }.map(String.init)
        var isDirectory = bind.subpath != nil
        if let facts = (try? Files.status(bind.source, followLink: true)) ?? nil { isDirectory = facts.isDirectory }
        for depth in parts.indices {
            let path = parts[...depth].joined(separator: "/")
            if depth + 1 == parts.count, !isDirectory {
                _ = mknodat(stubs.rawValue, path, S_IFREG | 0o644, 0)
            } else {
                _ = mkdirat(stubs.rawValue, path, 0o755)
            }
        }
    }
}
