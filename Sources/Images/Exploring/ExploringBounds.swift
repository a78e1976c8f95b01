import Engine

/// How much of an image is looked at before it is given up: a hostile one could otherwise fill memory.
struct ExploringBounds {
    /// Names in all directories of all layers that are still to be had.
    private var entriesLeft: Int
    /// Bytes of all files; a sparse file may claim any number, and no sum of them may overflow.
    private var bytesLeft: Int64 = 1 << 60
    private let deepest: Int
    private let isCancelled: () -> Bool

    /// Two million names and 1000 directories within each other, unless told.
    init(entries: Int = 2_000_000, deepest: Int = 1000, isCancelled: @escaping () -> Bool = { false }) {
        entriesLeft = entries
        self.deepest = deepest
        self.isCancelled = isCancelled
    }

    /// Counts a directory of one layer.
    /// - Parameter depth: its distance from the root.
    /// - Throws: `.unsupported`; `.cancelled`.
    mutating func passed(_ listing: LayerListing, depth: Int) throws(EngineError) {
        guard !isCancelled() else { throw EngineError(.cancelled, "looking into the image was given up") }
        guard depth <= deepest else {
            throw EngineError(
                .unsupported, "cannot look into the image: it has more than \(deepest) directories within each other")
        }
        entriesLeft -= listing.entries.count
        guard entriesLeft >= 0 else {
            throw EngineError(.unsupported, "cannot look into the image: it has too many files")
        }
        for entry in listing.entries {
            guard entry.size <= bytesLeft else {
                throw EngineError(.unsupported, "cannot look into the image: its files claim too many bytes")
            }
            bytesLeft -= entry.size
        }
    }
}

/// The path of `name` in the directory `path`.
func path(_ path: [UInt8], _ name: [UInt8]) -> [UInt8] {
    path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
}
