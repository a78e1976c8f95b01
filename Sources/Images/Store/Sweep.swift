import Engine
import Glibc
import LinuxSystem
import OCI

/// One collection of garbage: what goes is moved aside beneath the exclusive lock, and removed after it.
final class Sweep {
    private let store: ImageStore
    private let aside: String
    /// Bytes that were removed on the spot.
    private var removedAtOnce: Int64 = 0

    /// Seconds for which what an unfinished pull has brought is kept.
    private static let patience: Int64 = 24 * 3600

    init(_ store: ImageStore) {
        self.store = store
        aside = "\(store.stagingDirectory)/removed-\(UInt64.random(in: 0 ... .max))"
    }

    /// The caller holds the content lock exclusively.
    func run(keepsPending: Bool) throws(EngineError) {
        try? Files.remove(store.collectionMark)
        // A full disk has no room for it; then everything is removed on the spot.
        try? Files.makeDirectories(aside, mode: 0o700)
        for entry in try store.entries(of: store.stagingDirectory) {
            let path = "\(store.stagingDirectory)/\(entry.name)"
            if path != aside { try discard(path) }
        }
        let pending = try pendingManifests(areKept: keepsPending)
        let needed = NeededContent(
            try store.readIndex(), pending: pending, inUse: try imagesInUse(), cached: try cachedSteps(), store: store)
        try sweepDownloads(needed, pending: Set(pending.map(\.hex)))
        // A damaged manifest hides what its image needs: then nothing but leftovers may go.
        guard !needed.isUncertain else { return }
        let blobs = "\(store.root)/blobs/sha256"
        for entry in try store.entries(of: blobs) where !needed.blobs.contains(entry.name) {
            try discard("\(blobs)/\(entry.name)")
        }
        try sweepLayers(needed)
        try clearHalfWrittenIndexes()
        // What was looked up is no content: nobody is told that it was given back.
        for entry in try store.entries(of: store.resolvedDirectory) {
            try? Files.remove("\(store.resolvedDirectory)/\(entry.name)")
        }
    }

    /// What the build cache has; a record that has lost its layer, or cannot be read, is of no more use.
    private func cachedSteps() throws(EngineError) -> [CachedStep] {
        let files = BuildCacheFiles(store)
        var steps: [CachedStep] = []
        for path in try files.list(files.steps, suffix: ".json") {
            if let step = store.readStep(path), files.step(step.key) == path, store.isWhole(step) {
                steps.append(step)
            } else {
                try? BuildCacheFiles.remove(path)
            }
        }
        return steps
    }

    private func imagesInUse() throws(EngineError) -> Set<ImageID> {
        do { return try store.imagesInUse() } catch {
            throw EngineError(.system, "cannot tell which images containers use", cause: error)
        }
    }

    /// Removes what was moved aside; answers the bytes of all that the sweep has removed.
    func removeAside() -> Int64 {
        let bytes = size(of: aside)
        // Another process's sweep may be removing the same; what either leaves is cleared by the next change.
        try? Files.removeTree(aside)
        return bytes + removedAtOnce
    }

    // MARK: - Unfinished pulls

    /// Manifests whose content is not all here yet, and for which somebody may still come back.
    private func pendingManifests(areKept: Bool) throws(EngineError) -> [Digest] {
        var pending: [Digest] = []
        for entry in try store.entries(of: store.downloadsDirectory) where entry.name.hasSuffix(".pending") {
            let path = "\(store.downloadsDirectory)/\(entry.name)"
            if areKept, isRecent(path), let digest = Digest("sha256:" + entry.name.dropLast(".pending".count)) {
                pending.append(digest)
            } else {
                try discard(path)
            }
        }
        return pending
    }

    /// A download is kept while an unfinished pull wants its blob and has not got it.
    private func sweepDownloads(_ needed: NeededContent, pending: Set<String>) throws(EngineError) {
        for entry in try store.entries(of: store.downloadsDirectory) {
            let path = "\(store.downloadsDirectory)/\(entry.name)"
            let digits = String(entry.name.prefix { $0 != "." })
            if entry.name.hasSuffix(".pending"), pending.contains(digits) { continue }
            let isWanted = !pending.isEmpty && needed.blobs.contains(digits) && isRecent(path)
            let hasCome = Files.exists("\(store.root)/blobs/sha256/\(digits)")
            if !isWanted || hasCome { try discard(path) }
        }
    }

    private func isRecent(_ path: String) -> Bool {
        guard let facts = try? Files.status(path) else { return false }
        return Clock.realtime() - facts.modifiedAt < Self.patience * 1_000_000_000
    }

    // MARK: - Layers

    /// Records go before directories: a directory without a record is no layer, however little of it is left.
    private func sweepLayers(_ needed: NeededContent) throws(EngineError) {
        let names = try store.entries(of: store.layersDirectory).map(\.name)
        let isRecord = { (name: String) in name.hasSuffix(".json") }
        for name in names.filter(isRecord) + names.filter({ !isRecord($0) }) {
            let record = try? store.layerRecord(isRecord(name) ? String(name.dropLast(5)) : name)
            if let record, needed.diffIDs.contains(record.diffID) { continue }
            try discard("\(store.layersDirectory)/\(name)")
        }
    }

    /// What a killed process has left beside `index.json`. Beneath the lock nobody writes one.
    private func clearHalfWrittenIndexes() throws(EngineError) {
        let lock = try store.lockIndex()
        defer { withExtendedLifetime(lock) {} }
        for entry in try store.entries(of: store.root)
        where entry.name.hasPrefix("index.json.") && entry.name.hasSuffix(".tmp") {
            try discard("\(store.root)/\(entry.name)")
        }
    }

    // MARK: - Removing

    private func discard(_ path: String) throws(EngineError) {
        try inWords("cannot clear the image store in \(store.root)") { () throws(SystemError) in
            do throws(SystemError) {
                try Files.rename(path, to: "\(aside)/\(UInt64.random(in: 0 ... .max))")
            } catch {
                // An earlier sweep may be removing what it had moved aside, and a full disk may have no room for a
                // name.
                guard Files.exists(path) else { return }
                removedAtOnce += size(of: path)
                try Files.removeTree(path)
            }
        }
    }

    private func size(of path: String) -> Int64 {
        guard let facts = try? Files.status(path) else { return 0 }
        return facts.isDirectory ? (try? TreeSize.bytes(below: path)) ?? 0 : facts.size
    }
}
