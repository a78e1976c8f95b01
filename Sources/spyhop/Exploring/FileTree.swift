import Engine

/// Files of a layer as a tree: what is wanted of them, in the wanted order, directories with the bytes of all in them.
struct FileTree {
    /// The order of names within a directory.
    enum Order: String {
        case name, size
    }

    /// A name and what is below it.
    struct Node {
        var file: LayerFile
        /// The last name of the path.
        var name: String
        /// Bytes of the file, or of all that is below a directory.
        var size: Int64
        var children: [Node]
    }

    let nodes: [Node]

    /// - Parameters:
    ///   - files: in the order of paths, each directory before what is in it.
    ///   - changes: which of them are wanted; directories on the way to them stay.
    ///   - depth: how many names a path may have; `nil` for any number.
    init(_ files: [LayerFile], changes: Set<LayerFile.Change>, order: Order, depth: Int? = nil) {
        var rest = files[...]
        nodes = Self.nodes(&rest, at: 1, changes, order, depth: depth ?? .max)
    }

    private static func nodes(
        _ rest: inout ArraySlice<LayerFile>, at level: Int, _ changes: Set<LayerFile.Change>, _ order: Order, depth: Int
    ) -> [Node] {
        var nodes: [Node] = []
        while let file = rest.first {
            let names = file.path.utf8.reduce(1) { $1 == UInt8(ascii: "/") ? $0 + 1 : $0 }
            guard names >= level else { break }
            rest = rest.dropFirst()
            let children = Self.nodes(&rest, at: names + 1, changes, order, depth: depth)
            guard changes.contains(file.change) || !children.isEmpty else { continue }
            let size = children.reduce(changes.contains(file.change) ? file.size : 0) { $0 + $1.size }
            let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
            // What lies too deep counts, and is not shown.
            nodes.append(Node(file: file, name: name, size: size, children: level < depth ? children : []))
        }
        if order == .size { nodes.sort { $0.size != $1.size ? $0.size > $1.size : $0.name < $1.name } }
        return nodes
    }

    /// All that changed, a line a path; directories that are only on the way are left out.
    func list(_ order: Order) -> [Node] {
        var list: [Node] = []
        func add(_ nodes: [Node]) {
            for node in nodes {
                if node.file.change != .unchanged { list.append(node) }
                add(node.children)
            }
        }
        add(nodes)
        if order == .size { list.sort { $0.size != $1.size ? $0.size > $1.size : $0.file.path < $1.file.path } }
        return list
    }
}

/// The lines that lead to a place in a tree.
struct Branch {
    private let lead: String

    /// The root's: nothing.
    static let root = Branch(lead: "")

    private init(lead: String) { self.lead = lead }

    /// What stands before a name beneath here.
    func before(isLast: Bool) -> String { lead + (isLast ? "└── " : "├── ") }

    /// Where what is beneath that name begins.
    func beneath(isLast: Bool) -> Branch { Branch(lead: lead + (isLast ? "    " : "│   ")) }
}
