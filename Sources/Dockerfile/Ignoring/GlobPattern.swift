/// A path's pattern, taken apart; matching takes time in proportion to pattern and path, whatever the pattern.
struct GlobPattern: Sendable {
    private enum Token: Sendable {
        case scalar(Unicode.Scalar)
        /// `?`: any but a slash.
        case anyOne
        /// `*`: any number of characters but slashes.
        case star
        /// `**` at the end, or what stands before a suffix: anything.
        case anything
        /// Before `directories`: they may be missing.
        case perhaps
        /// `**/`: any number of directories.
        case directories
        case oneOf([ClosedRange<Unicode.Scalar>], negated: Bool)
    }

    private var tokens: [Token] = []
    private(set) var hasWildcards = false

    /// How `**` is understood.
    enum Stars {
        /// As `*`: Go's filepath.Match.
        case single
        /// Any number of directories.
        case double
        /// As moby/patternmatcher has it: in front of plain text, `**` takes part of a name as well.
        case ignoreFile
    }

    /// Reads a pattern; `nil` when Go calls it malformed.
    init?(_ text: String, stars: Stars) {
        var rest = text.unicodeScalars[...]
        var beginsWithStars = false
        var isPlainBehind = true
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*":
                hasWildcards = true
                guard stars != .single, rest.first == "*" else {
                    if stars != .single || !isLastStar { tokens.append(.star) }
                    isPlainBehind = false
                    continue
                }
                rest = rest.dropFirst()
                if tokens.isEmpty, !beginsWithStars { beginsWithStars = true } else { isPlainBehind = false }
                if rest.first == "/" { rest = rest.dropFirst() }
                tokens += rest.isEmpty ? [.anything] : [.perhaps, .directories]
            case "?":
                hasWildcards = true
                isPlainBehind = false
                tokens.append(.anyOne)
            case "[":
                hasWildcards = true
                isPlainBehind = false
                guard let token = Self.characterClass(&rest) else { return nil }
                tokens.append(token)
            case "\\":
                hasWildcards = true
                isPlainBehind = false
                guard let escaped = rest.popFirst() else { return nil }
                tokens.append(.scalar(escaped))
            default: tokens.append(.scalar(scalar))
            }
        }
        // `**name` is taken for an ending there, and `**/name` for a whole name at the end.
        if stars == .ignoreFile, beginsWithStars, isPlainBehind, !text.hasPrefix("**/"), tokens.count > 1 {
            tokens.replaceSubrange(0..<2, with: [.anything])
        }
    }

    private var isLastStar: Bool {
        if case .star? = tokens.last { true } else { false }
    }

    private static func characterClass(_ rest: inout Substring.UnicodeScalarView) -> Token? {
        var negated = false
        if rest.first == "^" {
            negated = true
            rest = rest.dropFirst()
        }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while true {
            if rest.first == "]", !ranges.isEmpty {
                rest = rest.dropFirst()
                return .oneOf(ranges, negated: negated)
            }
            guard let low = member(&rest) else { return nil }
            var high = low
            if rest.first == "-" {
                rest = rest.dropFirst()
                guard let end = member(&rest) else { return nil }
                high = end
            }
            // A range that runs backwards has nothing in it.
            ranges.append(low <= high ? low...high : low...low)
        }
    }

    private static func member(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
        guard let scalar = rest.popFirst(), scalar != "-", scalar != "]" else { return nil }
        if scalar == "\\" { return rest.popFirst() }
        return scalar
    }

    // MARK: - Matching

    /// The whole path matches.
    func matches(_ path: some Collection<Unicode.Scalar>) -> Bool {
        // How far the pattern has been matched, in every possible way at once.
        var reached = [Bool](repeating: false, count: tokens.count + 1)
        var following = reached
        reached[0] = true
        skipEmpty(&reached)
        for scalar in path {
            for index in tokens.indices where reached[index] { step(index, scalar, &following) }
            skipEmpty(&following)
            guard following.contains(true) else { return false }
            swap(&reached, &following)
            for index in following.indices { following[index] = false }
        }
        return reached[tokens.count]
    }

    private func step(_ index: Int, _ scalar: Unicode.Scalar, _ following: inout [Bool]) {
        switch tokens[index] {
        case .scalar(let expected):
            if scalar == expected { following[index + 1] = true }
        case .anyOne:
            if scalar != "/" { following[index + 1] = true }
        case .oneOf(let ranges, let negated):
            if ranges.contains(where: { $0.contains(scalar) }) != negated { following[index + 1] = true }
        case .star:
            if scalar != "/" { following[index] = true }
        case .anything: following[index] = true
        case .perhaps: break
        case .directories:
            following[index] = true
            if scalar == "/" { following[index + 1] = true }
        }
    }

    /// Goes past tokens that may match nothing.
    private func skipEmpty(_ reached: inout [Bool]) {
        for index in tokens.indices where reached[index] {
            switch tokens[index] {
            case .star, .anything: reached[index + 1] = true
            case .perhaps:
                reached[index + 1] = true
                reached[index + 2] = true
            default: break
            }
        }
    }
}
