import Engine

@testable import Images

/// A layer that a test writes down, a line a name; directories on the way need no line.
///
///     f etc/passwd 10            a file of 10 bytes; further words: mode=600 uid=1 inode=7 links=2
///     d etc mode=700             a directory
///     o etc                      an opaque directory
///     l bin usr/bin              a symbolic link
///     w etc/shadow               a whiteout
struct MadeUpLayer: LayerFiles {
    private var listings: [[UInt8]: LayerListing] = [[]: LayerListing(entries: [])]

    init(_ lines: String...) { self.init(lines) }

    init(_ lines: [String]) {
        for (number, line) in lines.enumerated() {
            let words = line.split(separator: " ").map(String.init)
            add(words, inode: UInt64(1000 + number))
        }
        for path in listings.keys {
            listings[path]?.entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
        }
    }

    func list(_ path: [UInt8]) throws(EngineError) -> LayerListing {
        guard let listing = listings[path] else { throw EngineError(.notFound, "no directory \(path)") }
        return listing
    }

    private mutating func add(_ words: [String], inode: UInt64) {
        let path = Array(words[1].utf8)
        let parts = path.split(separator: UInt8(ascii: "/")).map(Array.init)
        let parent = Array(parts.dropLast().joined(separator: [UInt8(ascii: "/")]))
        if !parent.isEmpty, listings[parent] == nil {
            add(["d", String(decoding: parent, as: UTF8.self)], inode: 0)
        }
        var entry = LayerEntry(name: parts[parts.count - 1], kind: .file, mode: 0o644, inode: inode)
        switch words[0] {
        case "d", "o":
            entry.kind = .directory
            entry.mode = 0o755
            listings[path] = LayerListing(entries: [], isOpaque: words[0] == "o")
        case "l":
            entry.kind = .symbolicLink
            entry.target = Array(words[2].utf8)
        case "w":
            entry.kind = .characterDevice
            entry.isWhiteout = true
        default: entry.size = Int64(words[2]) ?? 0
        }
        for word in words.dropFirst(2) {
            let pair = word.split(separator: "=").map(String.init)
            guard pair.count == 2 else { continue }
            switch pair[0] {
            case "mode": entry.mode = UInt16(pair[1], radix: 8) ?? 0
            case "uid": entry.uid = UInt32(pair[1]) ?? 0
            case "inode": entry.inode = UInt64(pair[1]) ?? 0
            case "links": entry.links = UInt64(pair[1]) ?? 0
            default: break
            }
        }
        listings[parent]?.entries.append(entry)
    }
}

/// A line that a test compares: mark, path and bytes.
func line(_ file: LayerFile) -> String {
    let mark = [LayerFile.Change.added: "A", .modified: "M", .removed: "D", .unchanged: "-"][file.change] ?? "?"
    return "\(mark) \(file.path)\(file.kind == .directory ? "/" : "") \(file.size)"
}
