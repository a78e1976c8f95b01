import CArchive
import Engine
import Glibc
import LinuxSystem

/// Reads extended attributes in a directory tree, of links too, without those that are the host's or overlayfs's.
final class AttributeReader {
    private let root: OwnedDescriptor
    private var buffer = [CChar](repeating: 0, count: 64 << 10)

    init(_ directory: String) throws(EngineError) {
        root = try inWords("cannot read \(directory)") { () throws(SystemError) in
            try OwnedDescriptor.open(directory, O_RDONLY | O_DIRECTORY)
        }
    }

    /// The attributes of what stands at `path`, by name; the caller has walked there through no link.
    func read(_ path: [UInt8]) -> [String: [UInt8]] {
        let place =
            "/proc/self/fd/\(root.rawValue)/".utf8.map { CChar(bitPattern: $0) }
            + path.map { CChar(bitPattern: $0) } + [0]
        let count = llistxattr(place, &buffer, buffer.count)
        guard count > 0 else { return [:] }
        let names = buffer.prefix(count).split(separator: 0).map {
            String(decoding: $0.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        var found: [String: [UInt8]] = [:]
        for name in names where !OverlayMark.isOne(name) && !isHosts(name) {
            // 64 KiB is the kernel's limit (XATTR_SIZE_MAX).
            found[name] = [UInt8](unsafeUninitializedCapacity: 64 << 10) { value, length in
                length = max(0, lgetxattr(place, name, value.baseAddress, value.count))
            }
        }
        return found
    }

    /// Labels of the host's security modules.
    private func isHosts(_ name: String) -> Bool { name.hasPrefix("security.") && name != "security.capability" }
}
