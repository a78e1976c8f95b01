import CLinux
import struct Crypto.SHA256
import Engine
import Glibc

/// Hashes a tree: names, and what is copied of each file; a directory's end is a mark.
struct DigestVisitor: TreeVisitor {
    private(set) var hash = SHA256()
    private let entry: EntryHash
    private let buffer: UnsafeMutableRawBufferPointer
    /// Files with several names, in the order in which they were met.
    private var links: [FileMemory.Key: UInt64] = [:]

    init(_ tree: SourceTree, buffer: UnsafeMutableRawBufferPointer) {
        entry = EntryHash(tree: tree)
        self.buffer = buffer
    }

    mutating func enter(_ name: [UInt8], in parent: OpenDirectory, _ facts: stat) throws(EngineError) {
        add("d", name)
        try addHash(name, in: parent, facts)
    }

    mutating func leave(_ directory: OpenDirectory, _ facts: stat) throws(EngineError) { add("e", []) }

    mutating func visit(_ name: [UInt8], in parent: OpenDirectory, _ facts: stat) throws(EngineError) {
        add("f", name)
        if facts.st_nlink > 1 {
            // Which of them are one file is copied too.
            let key = FileMemory.Key(device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino))
            let number = links[key] ?? UInt64(links.count)
            links[key] = number
            withUnsafeBytes(of: number.littleEndian) { hash.update(bufferPointer: $0) }
        }
        try addHash(name, in: parent, facts)
    }

    /// A mark and some bytes.
    mutating func add(_ mark: Character, _ bytes: [UInt8]) {
        var head = (mark.asciiValue.map(UInt64.init) ?? 0) << 32 | UInt64(bytes.count)
        withUnsafeBytes(of: &head) { hash.update(bufferPointer: $0) }
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }

    private mutating func addHash(_ name: [UInt8], in parent: OpenDirectory, _ facts: stat) throws(EngineError) {
        let found = try entry.of(name, in: parent, facts, buffer: buffer)
        found.withBytes { hash.update(bufferPointer: $0) }
    }
}
