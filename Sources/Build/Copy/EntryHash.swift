import CLinux
import struct Crypto.SHA256
import Engine
import Glibc
import LinuxSystem

/// Hashes what is copied of one file: kind, permissions, owner where it stays, attributes, and content, target or
/// device.
struct EntryHash {
    let tree: SourceTree

    /// XATTR_LIST_MAX and more: all attributes of a file (xattr(7)).
    private static let attributeLimit = 256 << 10

    /// Hashes what stands under `name` in an open directory.
    func of(
        _ name: [UInt8], in directory: OpenDirectory, _ facts: stat, buffer: UnsafeMutableRawBufferPointer
    ) throws(EngineError) -> FileHash {
        guard let memory = tree.memory else { return try compute(name, in: directory, facts, buffer) }
        return try memory.hash(facts) { () throws(EngineError) in try compute(name, in: directory, facts, buffer) }
    }

    private func compute(
        _ name: [UInt8], in directory: OpenDirectory, _ facts: stat, _ buffer: UnsafeMutableRawBufferPointer
    ) throws(EngineError) -> FileHash {
        var hash = SHA256()
        add(UInt64(facts.st_mode), to: &hash)
        if tree.keepsOwners {
            add(UInt64(facts.st_uid), to: &hash)
            add(UInt64(facts.st_gid), to: &hash)
        }
        let kind = facts.st_mode & S_IFMT
        switch kind {
        case S_IFREG:
            let file = try directory.file(name)
            try addAttributes(&hash, buffer, name) { sph_attributes(file.rawValue, $0, $1) }
            try addContent(of: file.rawValue, to: &hash, buffer, name)
            return FileHash(hash.finalize())
        case S_IFLNK:
            let target = try directory.link(name)
            add(UInt64(target.count), to: &hash)
            hash.update(data: target)
        case S_IFCHR, S_IFBLK: add(UInt64(facts.st_rdev), to: &hash)
        default: break
        }
        let cName = PathBytes.cString(name)
        try addAttributes(&hash, buffer, name) { sph_attributes_at(directory.descriptor, cName, $0, $1) }
        return FileHash(hash.finalize())
    }

    private func add(_ number: UInt64, to hash: inout SHA256) {
        withUnsafeBytes(of: number.littleEndian) { hash.update(bufferPointer: $0) }
    }

    private func addAttributes(
        _ hash: inout SHA256, _ buffer: UnsafeMutableRawBufferPointer, _ name: [UInt8],
        _ read: (UnsafeMutableRawPointer?, Int) -> Int
    ) throws(EngineError) {
        let count = read(buffer.baseAddress, buffer.count)
        guard count >= 0 else {
            throw EngineError(
                .system, "cannot read the attributes of \(PathBytes.text(name))", cause: SystemError.last("getxattr"))
        }
        add(UInt64(count), to: &hash)
        hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }

    private func addContent(
        of file: Int32, to hash: inout SHA256, _ buffer: UnsafeMutableRawBufferPointer, _ name: [UInt8]
    ) throws(EngineError) {
        while true {
            let count = read(file, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw EngineError(.system, "cannot read \(PathBytes.text(name))", cause: SystemError.last("read"))
            }
            if count == 0 { return }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
