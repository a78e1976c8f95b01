/// One name in a layer, or in what the layers up to one make together.
public struct LayerFile: Sendable, Hashable, Codable {
    /// What stands under the name.
    public enum Kind: String, Sendable, Hashable, Codable {
        case file, directory, symbolicLink, characterDevice, blockDevice, fifo, socket
    }

    /// What the layer does with the name, seen from the layers below it.
    public enum Change: String, Sendable, Hashable, Codable {
        case added, modified, removed
        /// A directory that is only on the way to something.
        case unchanged
    }

    /// From the root, without a leading or trailing `/`: `usr/bin/env`.
    public var path: String
    /// What it is; of a removed name, what was removed.
    public var kind: Kind
    /// What the layer does with it.
    public var change: Change
    /// Bytes of content; of a removed name, what is hidden; 0 for all but files.
    public var size: Int64
    /// Permissions with setuid, setgid and sticky.
    public var mode: UInt16
    /// The owner's number.
    public var uid: UInt32
    /// The group's number.
    public var gid: UInt32
    /// Where a symbolic link leads.
    public var target: String?

    /// Makes a name.
    public init(
        path: String, kind: Kind, change: Change, size: Int64, mode: UInt16, uid: UInt32, gid: UInt32,
        target: String? = nil
    ) {
        self.path = path
        self.kind = kind
        self.change = change
        self.size = size
        self.mode = mode
        self.uid = uid
        self.gid = gid
        self.target = target
    }
}
