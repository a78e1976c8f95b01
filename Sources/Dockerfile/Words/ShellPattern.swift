/// A pattern behind `#`, `%` and `/` in a variable: `*` is any characters, `?` is one.
struct ShellPattern {
    private enum Token: Hashable {
        case scalar(Unicode.Scalar)
        case anyOne
    }

    /// What stands between the stars.
    private var segments: [[Token]] = [[]]

    init(_ bytes: ArraySlice<UInt8>) throws(WordError) {
        var scalars = bytes.text.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "*": segments.append([])
            case "?": segments[segments.count - 1].append(.anyOne)
            case "\\":
                guard let escaped = scalars.popFirst() else { throw WordError("the pattern ends with a backslash") }
                guard ["}", "/", "*", "?", "\\"].contains(escaped) else {
                    throw WordError("\(quoted("\\" + String(escaped))) is no escape in a pattern")
                }
                segments[segments.count - 1].append(.scalar(escaped))
            default: segments[segments.count - 1].append(.scalar(scalar))
            }
        }
    }

    func withoutPrefix(_ value: String, longest: Bool) -> [UInt8] {
        let scalars = Array(value.unicodeScalars)
        guard let end = prefixEnd(scalars, longest: longest) else { return Array(value.utf8) }
        return Self.bytes(scalars[end...])
    }

    func withoutSuffix(_ value: String, longest: Bool) -> [UInt8] {
        let scalars = Array(value.unicodeScalars.reversed())
        var mirrored = self
        mirrored.segments = segments.reversed().map { $0.reversed() }
        guard let end = mirrored.prefixEnd(scalars, longest: longest) else { return Array(value.utf8) }
        return Self.bytes(scalars[end...].reversed())
    }

    func replaced(in value: String, by replacement: [UInt8], every: Bool) -> [UInt8] {
        let scalars = Array(value.unicodeScalars)
        var result: [UInt8] = []
        var position = 0
        var lastEnd = -1
        while position <= scalars.count, let match = firstMatch(scalars, from: position) {
            result += Self.bytes(scalars[position..<match.lowerBound])
            // An empty match right behind another is none.
            if !match.isEmpty || match.lowerBound != lastEnd { result += replacement }
            lastEnd = match.upperBound
            position = match.upperBound
            if match.isEmpty {
                if position < scalars.count { result += Self.bytes(scalars[position...position]) }
                position += 1
            }
            if !every { break }
        }
        if position < scalars.count { result += Self.bytes(scalars[position...]) }
        return result
    }

    // MARK: - Matching

    /// Where a match at the very start ends.
    private func prefixEnd(_ scalars: [Unicode.Scalar], longest: Bool) -> Int? {
        guard let first = segments.first, matches(first, scalars, at: 0) else { return nil }
        return rest(scalars, from: first.count, longest: longest)
    }

    /// The leftmost match, as long as it can be.
    private func firstMatch(_ scalars: [Unicode.Scalar], from start: Int) -> Range<Int>? {
        guard let first = segments.first, let begin = find(first, scalars, from: start) else { return nil }
        // The earliest place leaves the others the most room: when it does not do, no place does.
        return rest(scalars, from: begin + first.count, longest: true).map { begin..<$0 }
    }

    /// Where the segments behind the first end, the first having ended at `position`.
    private func rest(_ scalars: [Unicode.Scalar], from position: Int, longest: Bool) -> Int? {
        var position = position
        for (index, segment) in segments.enumerated().dropFirst() {
            if longest, index == segments.count - 1 {
                var last = scalars.count - segment.count
                while last >= position, !matches(segment, scalars, at: last) { last -= 1 }
                return last >= position ? last + segment.count : nil
            }
            guard let found = find(segment, scalars, from: position) else { return nil }
            position = found + segment.count
        }
        return position
    }

    private func find(_ segment: [Token], _ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        var position = start
        while position + segment.count <= scalars.count {
            if matches(segment, scalars, at: position) { return position }
            position += 1
        }
        return nil
    }

    private func matches(_ segment: [Token], _ scalars: [Unicode.Scalar], at position: Int) -> Bool {
        guard position >= 0, position + segment.count <= scalars.count else { return false }
        for (offset, token) in segment.enumerated() {
            if case .scalar(let scalar) = token, scalars[position + offset] != scalar { return false }
        }
        return true
    }

    private static func bytes(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return Array(String(text).utf8)
    }
}
