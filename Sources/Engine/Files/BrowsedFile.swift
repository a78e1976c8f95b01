/// Something in a directory of a container.
public struct BrowsedFile: Sendable, Hashable {
    /// What it is.
    public enum Kind: Sendable, Hashable, CaseIterable {
        case regular, directory, symbolicLink, characterDevice, blockDevice, fifo, socket, unknown
    }

    /// Where a symbolic link leads.
    public struct Link: Sendable, Hashable {
        /// As written, bytes.
        public var target: [UInt8]
        /// What stands there, resolved within the container; `nil` when nothing does.
        public var kind: Kind?

        /// Describes a link.
        public init(target: [UInt8], kind: Kind?) {
            self.target = target
            self.kind = kind
        }
    }

    /// Its name, bytes.
    public var name: [UInt8]
    /// What it is itself.
    public var kind: Kind
    /// File type and permissions as in `stat(2)`.
    public var mode: UInt32
    /// The owner's number, as the container has it.
    public var uid: UInt32
    /// The owning group's number, as the container has it.
    public var gid: UInt32
    /// Bytes; of a device nothing.
    public var size: Int64
    /// When its content was changed last.
    public var modifiedAt: Timestamp
    /// Where it leads; `nil` when it is no symbolic link.
    public var link: Link?

    /// Describes a file.
    public init(
        name: [UInt8], kind: Kind, mode: UInt32, uid: UInt32, gid: UInt32, size: Int64, modifiedAt: Timestamp,
        link: Link? = nil
    ) {
        self.name = name
        self.kind = kind
        self.mode = mode
        self.uid = uid
        self.gid = gid
        self.size = size
        self.modifiedAt = modifiedAt
        self.link = link
    }

    /// It is a directory, or leads to one.
    public var leadsToDirectory: Bool { kind == .directory || link?.kind == .directory }

    /// It is a regular file, or leads to one.
    public var leadsToFile: Bool { kind == .regular || link?.kind == .regular }
}

/// What is in a directory of a container.
public struct DirectoryContent: Sendable, Hashable {
    /// In the order of the names' bytes.
    public var files: [BrowsedFile]
    /// There is more than is listed.
    public var isCut: Bool

    /// A listing.
    public init(files: [BrowsedFile], isCut: Bool = false) {
        self.files = files
        self.isCut = isCut
    }
}

/// What tells one state of a file from the next: who writes a file back finds out by it that somebody else was quicker.
public struct FileVersion: Sendable, Hashable, Codable {
    /// Bytes.
    public var size: Int64
    /// When its content was changed last.
    public var modifiedAt: Timestamp
    /// When anything of it was changed last.
    public var changedAt: Timestamp

    /// A state.
    public init(size: Int64, modifiedAt: Timestamp, changedAt: Timestamp) {
        self.size = size
        self.modifiedAt = modifiedAt
        self.changedAt = changedAt
    }
}

/// A stretch of a file.
public struct FileStretch: Sendable, Hashable {
    /// What is there; shorter than asked for only at the file's end.
    public var bytes: [UInt8]
    /// Where it begins.
    public var offset: Int64
    /// The file that it is from.
    public var version: FileVersion

    /// A stretch.
    public init(bytes: [UInt8], offset: Int64, version: FileVersion) {
        self.bytes = bytes
        self.offset = offset
        self.version = version
    }
}
