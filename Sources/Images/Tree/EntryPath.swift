import Engine

/// A path from an archive, taken apart: relative to the root, without `.`, never with `..`.
struct EntryPath: Hashable {
    /// Names as bytes: they need not be UTF-8.
    var components: [[UInt8]]

    /// - Throws: `.invalidArgument` for a path that climbs; a leading `/` means the root, as for docker.
    init(_ bytes: some Sequence<UInt8>) throws(EngineError) {
        components = []
        let whole = Array(bytes)
        guard whole.count <= 4096 else {
            throw EngineError(.invalidArgument, "the archive is refused: it holds a path of more than 4096 bytes")
        }
        for part in whole.split(separator: 0x2F) where part != [0x2E] {
            guard part != [0x2E, 0x2E] else {
                throw EngineError(
                    .invalidArgument, "the archive is refused: the path \"\(printable(whole))\" holds \"..\"")
            }
            guard part.count <= 255 else {
                throw EngineError(
                    .invalidArgument,
                    "the archive is refused: the path \"\(printable(whole))\" holds a name that is too long")
            }
            components.append(Array(part))
        }
    }

    var isRoot: Bool { components.isEmpty }

    var name: [UInt8] { components.last ?? [] }

    var parent: [UInt8] { Array(components.dropLast().joined(separator: [0x2F])) }

    var bytes: [UInt8] { Array(components.joined(separator: [0x2F])) }

    var text: String { printable(bytes) }
}
