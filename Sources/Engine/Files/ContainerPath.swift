/// An absolute path in a container as the kernel has it: names are bytes, which need not be UTF-8.
///
/// `..` is kept as it is: behind a symbolic link it is the link's parent, which only the kernel knows.
public struct ContainerPath: Sendable, Hashable, Codable {
    /// The names from the root down; never empty ones, `.`, or ones with a NUL or a `/`.
    public private(set) var names: [[UInt8]]

    /// The container's root.
    public static let root = ContainerPath([])

    /// Takes a path apart; what comes from a root of another kind (`a/b`) counts from `/`.
    public init(_ bytes: some Sequence<UInt8>) {
        names = Array(bytes.prefix { $0 != 0 }).split(separator: 0x2F).map(Array.init).filter { $0 != [0x2E] }
    }

    /// Takes a path in words apart.
    public init(_ text: String) { self.init(text.utf8) }

    /// With the slashes, without a NUL at the end.
    public var bytes: [UInt8] { names.isEmpty ? [0x2F] : names.flatMap { [0x2F] + $0 } }

    /// In words; bytes that are not UTF-8 are replaced.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The words name the same path: nothing had to be replaced.
    public var isText: Bool { Array(text.utf8) == bytes }

    /// Its last name; `nil` for the root.
    public var name: [UInt8]? { names.last }

    /// Its last name in words, `/` for the root.
    public var nameText: String { names.last.map { String(decoding: $0, as: UTF8.self) } ?? "/" }

    /// What it is in; the root is in itself.
    public var parent: ContainerPath {
        var parent = self
        if !parent.names.isEmpty { parent.names.removeLast() }
        return parent
    }

    /// The place of a name in this directory; `nil` for what is no name.
    public func appending(_ name: some Sequence<UInt8>) -> ContainerPath? {
        let name = Array(name)
        guard Self.isName(name) else { return nil }
        var path = self
        path.names.append(name)
        return path
    }

    /// This path behind another: where a link with these words leads that stands in the directory `other`.
    public func behind(_ other: ContainerPath) -> ContainerPath {
        var path = other
        path.names += names
        return path
    }

    /// Something in a directory can be called so.
    public static func isName(_ name: [UInt8]) -> Bool {
        !name.isEmpty && name.count <= 255 && name != [0x2E] && name != [0x2E, 0x2E] && !name.contains(0)
            && !name.contains(0x2F)
    }
}
