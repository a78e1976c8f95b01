import Yams

/// One change to a YAML text, by places. Whether it has come out right is found by reading the result.
struct YAMLEdit {
    private var scalars: [Unicode.Scalar]

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The text as it is now.
    var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Sets what stands at `path`, or takes it out; answers `false` when there is no such place.
    mutating func apply(_ path: [String], _ value: String?) -> Bool {
        guard let root = (try? Yams.compose(yaml: text)) ?? nil else {
            guard let value else { return true }
            append(Self.nested(path[...], value, indent: 0))
            return true
        }
        var node = root
        for (depth, name) in path.enumerated() {
            guard let mapping = node.mapping else { return false }
            let rest = path[depth...]
            guard let entry = mapping.first(where: { $0.key.string == name }) else {
                guard let value else { return true }
                return insert(rest, value, into: mapping, isRoot: depth == 0)
            }
            guard let key = place(entry.key), let colon = colon(after: entry.key, at: key) else { return false }
            if rest.count == 1 {
                guard let value else { return remove(at: key, colon: colon, entry.value, in: mapping) }
                return replace(entry.value, after: colon, keyColumn: column(of: key), by: value, in: mapping)
            }
            if Self.isNothing(entry.value) {
                guard let value else { return true }
                return fill(entry.value, after: colon, keyColumn: column(of: key), rest.dropFirst(), value, in: mapping)
            }
            node = entry.value
        }
        return false
    }

    private static func isNothing(_ node: Node) -> Bool {
        guard let scalar = node.scalar, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// Lines for settings that are not there yet.
    private static func nested(_ path: ArraySlice<String>, _ value: String, indent: Int) -> String {
        var text = ""
        for (depth, name) in path.enumerated() {
            let isLast = depth == path.count - 1
            let blanks = String(repeating: " ", count: indent + 2 * depth)
            text += "\(blanks)\(YAMLText.scalar(name)):\(isLast ? " \(value)" : "")\n"
        }
        return text
    }

    private static func flow(_ path: ArraySlice<String>, _ value: String) -> String {
        guard let first = path.first else { return value }
        let name = YAMLText.scalar(first)
        return path.count == 1 ? "\(name): \(value)" : "\(name): {\(flow(path.dropFirst(), value))}"
    }

    private mutating func append(_ lines: String) {
        let newline = self.newline
        if let last = scalars.last, last != "\n" { insert(newline, at: scalars.count) }
        insert(newline == "\n" ? lines : lines.split(separator: "\n").map { $0 + newline }.joined(), at: scalars.count)
    }

    private var newline: String {
        guard let end = scalars.firstIndex(of: "\n"), end > 0, scalars[end - 1] == "\r" else { return "\n" }
        return "\r\n"
    }

    private mutating func insert(_ text: String, at place: Int) {
        scalars.insert(contentsOf: Array(text.unicodeScalars), at: place)
    }

    // MARK: Changing

    private mutating func insert(
        _ path: ArraySlice<String>, _ value: String, into mapping: Node.Mapping, isRoot: Bool
    ) -> Bool {
        if isInBraces(mapping.mark) {
            guard let start = place(mapping.mark), let end = flowEnd(from: start) else { return false }
            var last = end - 1
            while last > start, isBlank(scalars[last]) || isBreak(scalars[last]) { last -= 1 }
            let comma = last == start || scalars[last] == "," ? (last == start ? "" : " ") : ", "
            insert(comma + Self.flow(path, value), at: last + 1)
            return true
        }
        if isRoot {
            append(Self.nested(path, value, indent: 0))
            return true
        }
        guard let last = mapping.map({ $0 }).last, let key = place(last.key),
            let colon = colon(after: last.key, at: key)
        else { return false }
        let indent = column(of: key)
        let end = blockEnd(of: last.value, after: colon, keyColumn: indent)
        insertLines(Self.nested(path, value, indent: indent), at: end)
        return true
    }

    /// Puts lines where a line begins, or behind a last line that has no end.
    private mutating func insertLines(_ lines: String, at place: Int) {
        guard place == scalars.count else {
            return insert(
                newline == "\n" ? lines : lines.split(separator: "\n").map { $0 + newline }.joined(), at: place)
        }
        append(lines)
    }

    private mutating func replace(
        _ node: Node, after colon: Int, keyColumn: Int, by value: String, in mapping: Node.Mapping
    ) -> Bool {
        if let range = inlineRange(of: node, after: colon, isFlow: isInBraces(mapping.mark)) {
            let needsBlank = range.lowerBound > 0 && !isBlank(scalars[range.lowerBound - 1])
            scalars.replaceSubrange(range, with: Array(((needsBlank ? " " : "") + value).unicodeScalars))
            return true
        }
        guard !isInBraces(mapping.mark) else { return false }
        let end = blockEnd(of: node, after: colon, keyColumn: keyColumn)
        let line = lineEnd(from: colon)
        if line < end { scalars.removeSubrange(line + 1..<end) }
        // A block's sign after the colon (`|`) goes, a comment there stays.
        let sign = firstNonBlank(from: colon + 1)
        if sign < line, scalars[sign] == "|" || scalars[sign] == ">" {
            var after = sign
            while after < line, !isBlank(scalars[after]), scalars[after] != "\r" { after += 1 }
            scalars.removeSubrange(sign..<after)
        }
        insert(" " + value, at: colon + 1)
        return true
    }

    /// Gives a key that has no value a map.
    private mutating func fill(
        _ node: Node, after colon: Int, keyColumn: Int, _ path: ArraySlice<String>, _ value: String,
        in mapping: Node.Mapping
    ) -> Bool {
        if let range = inlineRange(of: node, after: colon, isFlow: isInBraces(mapping.mark)) {
            scalars.removeSubrange(range)
        }
        guard !isInBraces(mapping.mark) else {
            insert(" {\(Self.flow(path, value))}", at: colon + 1)
            return true
        }
        let end = lineEnd(from: colon)
        insertLines(Self.nested(path, value, indent: keyColumn + 2), at: min(end + 1, scalars.count))
        return true
    }

    private mutating func remove(at key: Int, colon: Int, _ node: Node, in mapping: Node.Mapping) -> Bool {
        guard isInBraces(mapping.mark) else {
            let end = blockEnd(of: node, after: colon, keyColumn: column(of: key))
            scalars.removeSubrange(key - column(of: key)..<end)
            return true
        }
        guard let range = inlineRange(of: node, after: colon, isFlow: true) else { return false }
        var (start, end) = (key, range.upperBound)
        while end < scalars.count, isBlank(scalars[end]) { end += 1 }
        if end < scalars.count, scalars[end] == "," {
            end += 1
            while end < scalars.count, isBlank(scalars[end]) { end += 1 }
        } else {
            while start > 0, isBlank(scalars[start - 1]) || isBreak(scalars[start - 1]) { start -= 1 }
            if start > 0, scalars[start - 1] == "," { start -= 1 }
            end = range.upperBound
        }
        scalars.removeSubrange(start..<end)
        return true
    }
}

// MARK: - Places

extension YAMLEdit {
    private func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
    private func isBreak(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }

    /// The index of a mark, whose line and column count from 1.
    private func place(_ mark: Mark?) -> Int? {
        guard let mark, mark.line >= 1, mark.column >= 1 else { return nil }
        var line = 1
        var start = 0
        while line < mark.line {
            guard let end = scalars[start...].firstIndex(of: "\n") else { return nil }
            start = end + 1
            line += 1
        }
        let index = start + mark.column - 1
        return index <= scalars.count ? index : nil
    }

    private func place(_ node: Node) -> Int? { place(node.mark) }

    /// What begins there is written in braces or brackets. The reader's own word for it is taken from a collection's end, where
    /// it is always missing.
    private func isInBraces(_ mark: Mark?) -> Bool {
        guard let place = place(mark), place < scalars.count else { return false }
        return scalars[place] == "{" || scalars[place] == "["
    }

    private func column(of index: Int) -> Int {
        var start = index
        while start > 0, scalars[start - 1] != "\n" { start -= 1 }
        return index - start
    }

    /// The index of the line's break, or of the text's end.
    private func lineEnd(from index: Int) -> Int { scalars[index...].firstIndex(of: "\n") ?? scalars.count }

    private func firstNonBlank(from index: Int) -> Int {
        var place = index
        while place < scalars.count, isBlank(scalars[place]) { place += 1 }
        return place
    }

    /// The colon behind a key.
    private func colon(after key: Node, at start: Int) -> Int? {
        guard let scalar = key.scalar, start < scalars.count else { return nil }
        var place = start
        switch scalar.style {
        case .singleQuoted, .doubleQuoted:
            guard let end = quoteEnd(from: start) else { return nil }
            place = end + 1
        default: place += scalar.string.unicodeScalars.count
        }
        place = firstNonBlank(from: place)
        return place < scalars.count && scalars[place] == ":" ? place : nil
    }

    /// The closing quote of the one at `start`.
    private func quoteEnd(from start: Int) -> Int? {
        let quote = scalars[start]
        guard quote == "'" || quote == "\"" else { return nil }
        var place = start + 1
        while place < scalars.count {
            if scalars[place] == "\\", quote == "\"" {
                place += 2
                continue
            }
            if scalars[place] == quote {
                guard quote == "'", place + 1 < scalars.count, scalars[place + 1] == quote else { return place }
                place += 1
            }
            place += 1
        }
        return nil
    }

    /// The bracket that closes the one at `start`.
    private func flowEnd(from start: Int) -> Int? {
        guard start < scalars.count, scalars[start] == "{" || scalars[start] == "[" else { return nil }
        var depth = 0
        var place = start
        while place < scalars.count {
            switch scalars[place] {
            case "{", "[": depth += 1
            case "}", "]":
                depth -= 1
                if depth == 0 { return place }
            case "'", "\"":
                // Within a plain word a quote is a letter.
                let before = scalars[place - 1]
                guard isBlank(before) || isBreak(before) || ",[{:".unicodeScalars.contains(before) else { break }
                guard let end = quoteEnd(from: place) else { return nil }
                place = end
            case "#" where place > 0 && (isBlank(scalars[place - 1]) || isBreak(scalars[place - 1])):
                place = lineEnd(from: place)
            default: break
            }
            place += 1
        }
        return nil
    }

    /// Where a value stands that is written on from its key's line: a word, a quoted text, a flow.
    private func inlineRange(of node: Node, after colon: Int, isFlow: Bool) -> Range<Int>? {
        let line = lineEnd(from: colon)
        let start = firstNonBlank(from: colon + 1)
        switch node {
        case .sequence(let sequence):
            guard isInBraces(sequence.mark), let from = place(sequence.mark), let end = flowEnd(from: from) else {
                return nil
            }
            return from..<end + 1
        case .mapping(let mapping):
            guard isInBraces(mapping.mark), let from = place(mapping.mark), let end = flowEnd(from: from) else {
                return nil
            }
            return from..<end + 1
        case .alias: return nil
        case .scalar(let scalar):
            switch scalar.style {
            case .literal, .folded: return nil
            case .singleQuoted, .doubleQuoted:
                guard let from = place(scalar.mark), from < scalars.count, let end = quoteEnd(from: from) else {
                    return nil
                }
                return from..<end + 1
            default:
                guard start < line, scalars[start] != "#" else { return colon + 1..<colon + 1 }
                var end = start
                while end < line, !ends(plainAt: end, isFlow: isFlow) { end += 1 }
                while end > start, isBlank(scalars[end - 1]) || scalars[end - 1] == "\r" { end -= 1 }
                return start..<end
            }
        }
    }

    private func ends(plainAt place: Int, isFlow: Bool) -> Bool {
        switch scalars[place] {
        case "#": isBlank(scalars[place - 1])
        case ",", "}", "]": isFlow
        default: false
        }
    }

    /// Where the line begins that follows a value and all that belongs to it; blanks and comments behind it do not.
    private func blockEnd(of node: Node, after colon: Int, keyColumn: Int) -> Int {
        if let range = inlineRange(of: node, after: colon, isFlow: false) {
            return min(lineEnd(from: max(range.upperBound, colon)) + 1, scalars.count)
        }
        let isSequence = node.sequence != nil
        var isLiteral = false
        if let scalar = node.scalar { isLiteral = scalar.style == .literal || scalar.style == .folded }
        var end = min(lineEnd(from: colon) + 1, scalars.count)
        var line = end
        while line < scalars.count {
            let first = firstNonBlank(from: line)
            let next = min(lineEnd(from: line) + 1, scalars.count)
            let isEmpty = first >= scalars.count || isBreak(scalars[first])
            if !isEmpty {
                let column = first - line
                let isItem = isSequence && column == keyColumn && scalars[first] == "-"
                let isComment = scalars[first] == "#" && !(isLiteral && column > keyColumn)
                if !isComment {
                    guard column > keyColumn || isItem else { break }
                    end = next
                }
            }
            guard next > line else { break }
            line = next
        }
        return end
    }
}
