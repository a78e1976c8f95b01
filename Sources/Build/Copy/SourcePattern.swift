import CLinux
import Dockerfile
import Engine
import Glibc

/// Finds what a source of COPY names: a path, or a pattern.
struct SourcePattern {
    private let tree: SourceTree
    /// As written.
    private let text: String

    /// Something that was found.
    struct Match {
        /// Where it stands, from the root; no name is a link, but for the last one with `--parents`.
        var names: [[UInt8]]
        var facts: stat
        /// What it is called where it is put into a directory: a link's own name and not its target's.
        var name: [UInt8]
        /// With `--parents`: how many of the directories above it come along.
        var parents = 0
    }

    init(_ text: String, in tree: SourceTree) {
        self.text = text
        self.tree = tree
    }

    /// Without `--parents`, in order.
    /// - Throws: `.notFound` for a path that leads to nothing; a pattern may find nothing.
    func matches() throws(EngineError) -> [Match] {
        let names = PathBytes.cleaned(text.utf8)
        let plain = names.prefix { !Self.hasWildcards($0) }
        guard plain.count < names.count else { return [try single(Array(names))] }
        let place = try tree.root.resolve(PathBytes.joined(plain))
        guard let base = try tree.root.directory(place.names) else { return [] }
        var search = Search(tree: tree, components: try components(names.dropFirst(plain.count)))
        try search.walk(base, place.names, component: 0)
        return try search.found.map { (names, facts) throws(EngineError) in try follow(names, facts) }
    }

    /// With `--parents`: what stands before `/./` does not come along. Links are taken as they are.
    func matchesWithParents() throws(EngineError) -> [Match] {
        var (base, rest) = (text[..<text.startIndex], text[...])
        if let pivot = Self.pivot(of: text) { (base, rest) = pivot }
        let place = try tree.root.resolve(Array(base.utf8))
        let names = PathBytes.cleaned(rest.utf8)
        guard let directory = try tree.root.directory(place.names) else { throw notFound() }
        guard !names.isEmpty else { return [try single(place.names)] }
        var search = Search(tree: tree, components: try components(names[...], doubleStars: true))
        try search.walk(directory, place.names, component: 0)
        guard !search.found.isEmpty || names.contains(where: Self.hasWildcards) else { throw notFound() }
        return search.found.map { names, facts in
            Match(
                names: names, facts: facts, name: names.last ?? PathBytes.dot,
                parents: max(0, names.count - place.names.count - 1))
        }
    }

    /// Where `/./` divides a path.
    static func pivot(of text: String) -> (Substring, Substring)? {
        if text.hasPrefix("./"), !text.dropFirst(2).contains("/./") { return nil }
        let bytes = Array(text.utf8)
        for index in bytes.indices.dropLast(2) where bytes[index...index + 2].elementsEqual([0x2F, 0x2E, 0x2F]) {
            return (
                String(decoding: bytes[..<index], as: UTF8.self)[...],
                String(decoding: bytes[(index + 3)...], as: UTF8.self)[...]
            )
        }
        return nil
    }

    private func single(_ names: [[UInt8]]) throws(EngineError) -> Match {
        let place = try tree.root.resolve(PathBytes.joined(names))
        let rule = tree.isLeftOut(place.names)
        guard let facts = place.facts, !rule.leftOut || (place.isDirectory && rule.mayHoldIncluded) else {
            throw notFound(isLeftOut: place.facts != nil)
        }
        return Match(names: place.names, facts: facts, name: names.last ?? PathBytes.dot)
    }

    /// A link that a pattern has found is followed, as one that is named.
    private func follow(_ names: [[UInt8]], _ facts: stat) throws(EngineError) -> Match {
        let name = names.last ?? PathBytes.dot
        guard facts.st_mode & S_IFMT == S_IFLNK else { return Match(names: names, facts: facts, name: name) }
        var match = try single(names)
        match.name = name
        return match
    }

    private func components(
        _ names: ArraySlice<[UInt8]>, doubleStars: Bool = false
    ) throws(EngineError) -> [Search.Component] {
        var components: [Search.Component] = []
        for name in names {
            let text = PathBytes.string(name)
            if doubleStars, text == "**" {
                components.append(.anyDirectories)
            } else if !Self.hasWildcards(name) {
                components.append(.name(name))
            } else if let pattern = PathPattern(text) {
                components.append(.pattern(pattern))
            } else {
                throw EngineError(.invalidArgument, "syntax error in pattern \"\(printable(self.text))\"")
            }
        }
        return components
    }

    private func notFound(isLeftOut: Bool = false) -> EngineError {
        let path = "/" + PathBytes.text(PathBytes.joined(PathBytes.cleaned(text.utf8)))
        return EngineError(
            .notFound, "\"\(path)\": not found in \(tree.name)",
            hint: isLeftOut ? "it is there, but .dockerignore excludes it" : nil)
    }

    /// Outside of `\` before a character.
    static func hasWildcards(_ name: [UInt8]) -> Bool {
        var bytes = name.makeIterator()
        while let byte = bytes.next() {
            if byte == UInt8(ascii: "\\") {
                _ = bytes.next()
            } else if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[") {
                return true
            }
        }
        return false
    }
}

/// Walks as deep as a pattern goes, through real directories only, in order of names.
private struct Search {
    enum Component {
        case name([UInt8])
        case pattern(PathPattern)
        case anyDirectories

        func matches(_ name: [UInt8]) -> Bool {
            switch self {
            case .name(let own): own == name
            case .pattern(let pattern): pattern.matches(PathBytes.string(name))
            case .anyDirectories: true
            }
        }
    }

    let tree: SourceTree
    let components: [Component]
    var found: [(names: [[UInt8]], facts: stat)] = []
    private var seen: Set<[[UInt8]]> = []

    init(tree: SourceTree, components: [Component]) {
        self.tree = tree
        self.components = components
    }

    mutating func walk(_ directory: OpenDirectory, _ above: [[UInt8]], component: Int) throws(EngineError) {
        guard component < components.count else { return }
        let isLast = component + 1 == components.count
        if case .anyDirectories = components[component], !isLast {
            // `**` may stand for no directory at all.
            try walk(directory, above, component: component + 1)
        }
        for name in try candidates(directory, components[component]) {
            let names = above + [name]
            let rule = tree.isLeftOut(names)
            guard !rule.leftOut || rule.mayHoldIncluded, let facts = try directory.status(name) else { continue }
            let isDirectory = facts.st_mode & S_IFMT == S_IFDIR
            if rule.leftOut, !isDirectory { continue }
            if isLast {
                if seen.insert(names).inserted { found.append((names, facts)) }
            } else if isDirectory, let inner = try directory.directory(name) {
                if case .anyDirectories = components[component] {
                    try walk(inner, names, component: component)
                } else {
                    try walk(inner, names, component: component + 1)
                }
            }
        }
    }

    private func candidates(_ directory: OpenDirectory, _ component: Component) throws(EngineError) -> [[UInt8]] {
        if case .name(let name) = component { return [name] }
        return try directory.names().filter(component.matches)
    }
}
