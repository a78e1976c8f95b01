import CArchive
import Engine
import Glibc
import LinuxSystem
import OCI

extension StoreChange {
    /// One layer that does what `layers`, lowest first, do on top of `below`.
    public func squash(
        _ layers: [BuiltLayer], on below: [BuiltLayer], epoch: Int64?
    ) throws(EngineError) -> BuiltLayer {
        if layers.count == 1, let only = layers.first { return only }
        let draft = try makeDraft()
        let root = try inWords("cannot squash \(layers.count) layers") { () throws(SystemError) in
            try OwnedDescriptor.open(draft.upper, O_RDONLY | O_DIRECTORY)
        }
        for layer in layers { try stack(layer, into: root) }
        let view = try LayerView(below.reversed().map(\.directory), in: store.layersDirectory)
        try dropMarks(of: root, names: [], thatHideNothingOf: view)
        return try commit(draft, epoch: epoch)
    }

    private func stack(_ layer: BuiltLayer, into root: borrowing OwnedDescriptor) throws(EngineError) {
        let subject = "layer \(layer.diffID)"
        let digest = try Digest.parse(layer.descriptor.digest, in: subject)
        let stream = try DecompressedSource(FileSource(store.blobPath(digest), subject: subject), subject: subject)
        let writer = TreeWriter(root: root.rawValue, purpose: .stack, keepOwners: true, limits: store.limits)
        try withPortableNames { () throws(EngineError) in try writer.apply(TarReader(stream, subject: subject)) }
    }

    /// A name that one layer made and a later one removed leaves a mark, which says nothing where nothing is below.
    private func dropMarks(
        of directory: borrowing OwnedDescriptor, names: [[UInt8]], thatHideNothingOf view: LayerView
    ) throws(EngineError) {
        let entries = try inWords("cannot read a layer") { () throws(SystemError) in try directory.rawNames() }
        for entry in entries {
            var facts = stat()
            guard fstatat(directory.rawValue, entry.characters, &facts, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            let path = names + [entry.characters.dropLast().map { UInt8(bitPattern: $0) }]
            if facts.isWhiteout {
                if !view.has(path) { try remove(entry, from: directory) }
            } else if facts.st_mode & S_IFMT == S_IFDIR {
                let inner = try inWords("cannot read a layer") { () throws(SystemError) in
                    try directory.open(at: entry.characters, O_RDONLY | O_DIRECTORY, resolve: [.beneath, .noSymlinks])
                }
                try dropMarks(of: inner, names: path, thatHideNothingOf: view)
            }
        }
    }

    /// The directory keeps its time.
    private func remove(_ entry: RawName, from directory: borrowing OwnedDescriptor) throws(EngineError) {
        try inWords("cannot remove the mark of \(printable(entry.text))") { () throws(SystemError) in
            let time = try directory.status().modifiedAt
            guard unlinkat(directory.rawValue, entry.characters, 0) == 0 else { throw SystemError.last("unlinkat") }
            try directory.setModified(time)
        }
    }
}
