import Engine
import Glibc
import LinuxSystem

/// A path in a container, resolved by the kernel with the container's root as the root of everything: no symbolic link
/// and no `..` leads out (openat2(2), `RESOLVE_IN_ROOT`).
struct PathInContainer {
    /// As many links as the kernel follows itself.
    private static let mostLinks = 40

    /// Relative to the container's root, never empty.
    let path: String

    init(_ text: String) {
        let parts = text.split(separator: "/").filter { $0 != "." }
        path = parts.isEmpty ? "." : parts.joined(separator: "/")
    }

    /// What the top entry of an archive of this path is called.
    var name: String {
        let last = path.split(separator: "/").last.map(String.init) ?? "."
        return last == ".." || last == "." ? "." : last
    }

    /// A handle on what stands there; `nil` when nothing does.
    func handle(in root: borrowing OwnedDescriptor, followLink: Bool) throws(SystemError) -> OwnedDescriptor? {
        do throws(SystemError) {
            return try root.open(
                at: path, OwnedDescriptor.pathOnly | (followLink ? 0 : O_NOFOLLOW), resolve: .inRoot)
        } catch {
            if error.number == ENOENT || error.number == ENOTDIR { return nil }
            throw error
        }
    }

    /// The path that a link at its end leads to; itself when there is none.
    func followed(in root: borrowing OwnedDescriptor) throws(SystemError) -> PathInContainer {
        var present = self
        for _ in 0..<Self.mostLinks {
            guard let handle = try present.handle(in: root, followLink: false),
                let target = try Self.target(of: handle)
            else { return present }
            // Not shortened by hand: `..` behind a link is the link's parent, which only the kernel knows.
            let parent = present.path.split(separator: "/").dropLast().joined(separator: "/")
            present = PathInContainer(target.hasPrefix("/") ? target : "\(parent)/\(target)")
        }
        throw SystemError(ELOOP, "openat2", path)
    }

    /// What a link says; `nil` when it is no link.
    static func target(of handle: borrowing OwnedDescriptor) throws(SystemError) -> String? {
        guard try handle.status().kind == .symbolicLink else { return nil }
        let fd = handle.rawValue
        let bytes = [CChar](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            count = buffer.baseAddress.map { max(0, readlinkat(fd, "", $0, Int(PATH_MAX))) } ?? 0
        }
        return String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
