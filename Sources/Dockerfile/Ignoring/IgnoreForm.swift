/// What a pattern of an ignore file comes down to. A walk asks for every path of a context, so that the forms that
/// people write most are told apart from those that need a matcher.
enum IgnoreForm: Sendable {
    /// No wildcards.
    case path([UInt8])
    /// `**/name`: the path, or the end of one behind a slash.
    case lastNames([UInt8])
    /// `**/*.o`, `**tail`: any path that ends so.
    case ending([UInt8])
    /// `*.o`: a name at the top that ends so.
    case topEnding([UInt8])
    /// `dir/**`: everything beneath; with the slash.
    case beneath([UInt8])
    /// Anything else, and what every match begins with.
    case glob(GlobPattern, start: [UInt8])

    /// Reads a pattern; `nil` when Go calls it malformed.
    init?(_ text: String) {
        guard let glob = GlobPattern(text, stars: .ignoreFile) else { return nil }
        let bytes = Array(text.utf8)
        func isPlain(_ part: ArraySlice<UInt8>, slashes: Bool = true) -> Bool {
            !part.contains { "*?[\\".utf8.contains($0) || !slashes && $0 == .slash }
        }
        let stars = bytes.prefix { $0 == Self.star }
        let rest = bytes[stars.endIndex...]
        if !glob.hasWildcards {
            self = .path(bytes)
        } else if stars.count == 1, isPlain(rest, slashes: false) {
            self = .topEnding(Array(rest))
        } else if stars.count == 2, isPlain(rest), rest.first != .slash {
            self = .ending(Array(rest))
        } else if stars.count == 2, rest.first == .slash, isPlain(rest), rest.count > 1 {
            self = .lastNames(Array(rest.dropFirst()))
        } else if stars.count == 2, rest.starts(with: [.slash, Self.star]), isPlain(rest.dropFirst(2), slashes: false) {
            self = .ending(Array(rest.dropFirst(2)))
        } else if stars.isEmpty, text.hasSuffix("/**"), isPlain(bytes.dropLast(2)) {
            self = .beneath(Array(bytes.dropLast(2)))
        } else {
            self = .glob(glob, start: Array(bytes.prefix { !"*?[\\".utf8.contains($0) }))
        }
    }

    private static let star = UInt8(ascii: "*")

    /// The whole path matches.
    func matches(_ path: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .path(let text): return path.elementsEqual(text)
        case .ending(let tail): return path.suffix(tail.count).elementsEqual(tail)
        case .lastNames(let names):
            guard path.suffix(names.count).elementsEqual(names) else { return false }
            return path.count == names.count || path[path.endIndex - names.count - 1] == .slash
        case .topEnding(let tail):
            return path.suffix(tail.count).elementsEqual(tail) && !path.contains(.slash)
        case .beneath(let start): return path.starts(with: start)
        case .glob(let glob, let start):
            return path.starts(with: start) && glob.matches(path.text.unicodeScalars)
        }
    }

    /// What every match begins with.
    var start: [UInt8] {
        switch self {
        case .path(let text): text
        case .beneath(let start), .glob(_, let start): start
        case .lastNames, .ending, .topEnding: []
        }
    }
}
