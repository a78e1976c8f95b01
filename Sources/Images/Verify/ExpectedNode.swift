import Glibc

/// What an archive says that stands under a name of a layer; files with several names share one.
final class ExpectedNode {
    enum Kind {
        /// `matches`: the file on the disk has the content of the archive.
        case file(size: Int64, matches: Bool)
        case directory
        case link([UInt8])
        /// A device, with the `S_IFMT` bits, or a pipe.
        case node(mode_t, device: UInt64)
        /// overlayfs's mark for a name that is hidden.
        case whiteout
    }

    var kind: Kind
    /// Owner and permissions; `nil` for a directory that no entry of the archive describes.
    private(set) var metadata: EntryMetadata?
    /// Extended attributes.
    private(set) var attributes: [String: [UInt8]] = [:]
    /// Nothing of the layers below is seen in the directory.
    var isOpaque = false
    /// Of a directory, by name.
    var children: [[UInt8]: ExpectedNode] = [:]
    /// More than one name has led to it.
    var isShared = false
    /// The file that was met first under one of its names.
    var inode: UInt64?

    init(_ kind: Kind, _ metadata: EntryMetadata?) {
        self.kind = kind
        if let metadata { describe(metadata) }
    }

    /// What another entry says of it; attributes that only an earlier one names stay.
    func describe(_ metadata: EntryMetadata) {
        self.metadata = metadata
        for (name, value) in metadata.attributes { attributes[name] = value }
    }

    var isDirectory: Bool { if case .directory = kind { true } else { false } }
}
