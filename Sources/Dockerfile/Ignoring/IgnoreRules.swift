import Engine

/// The rules of a `.dockerignore`, as moby/patternmatcher has them: the last rule that matches a path, or a directory
/// that it lies in, decides.
public struct IgnoreRules: Sendable {
    private struct Rule: Sendable {
        /// Without `!`.
        let text: String
        let isException: Bool
        let form: IgnoreForm
    }

    private var rules: [Rule] = []
    private let hasExceptions: Bool

    /// Reads a file's text. Throws `.invalidArgument` for a pattern that is malformed.
    public init(_ text: [UInt8]) throws(EngineError) {
        let source = SourceText(text)
        var patterns: [String] = []
        for line in source.lines.indices {
            let content = source.content(line)
            guard content.first != .hash else { continue }
            var pattern = content.trimmed
            guard !pattern.isEmpty else { continue }
            let isException = pattern.first == UInt8(ascii: "!")
            if isException { pattern = pattern.dropFirst().trimmed }
            var cleaned = pattern.isEmpty ? "" : CleanPath.clean(pattern.text)
            // A pattern is always one of the context's top.
            if cleaned.utf8.count > 1, cleaned.hasPrefix("/") { cleaned = String(cleaned.dropFirst()) }
            patterns.append((isException ? "!" : "") + cleaned)
        }
        try self.init(patterns: patterns)
    }

    /// Rules of patterns that stand elsewhere, such as behind `COPY --exclude`.
    public init(patterns: [String]) throws(EngineError) {
        for pattern in patterns {
            let trimmed = Array(pattern.utf8).trimmed.text
            guard !trimmed.isEmpty else { continue }
            var text = CleanPath.clean(trimmed)
            let isException = text.hasPrefix("!")
            if isException { text = String(text.dropFirst()) }
            guard !text.isEmpty else {
                throw EngineError(
                    .invalidArgument, "the ignore pattern \"!\" excepts nothing", hint: "write a path behind the !")
            }
            guard let form = IgnoreForm(text) else {
                throw EngineError(
                    .invalidArgument, "the ignore pattern \(quoted(pattern)) is malformed",
                    hint: "[ needs an end; write \\[ for the character itself")
            }
            rules.append(Rule(text: text, isException: isException, form: form))
        }
        hasExceptions = rules.contains { $0.isException }
    }

    /// There is no rule.
    public var isEmpty: Bool { rules.isEmpty }

    /// A rule begins with `!`.
    public var includesAgain: Bool { hasExceptions }

    /// The file or directory at a path, relative to the context, is left out.
    public func excludes(_ path: String) -> Bool {
        let bytes = Self.relative(path)
        guard !rules.isEmpty, !bytes.isEmpty, bytes != [UInt8(ascii: ".")] else { return false }
        // The path, and the directories that it lies in.
        var paths = [bytes]
        for index in bytes.indices where bytes[index] == .slash { paths.append(bytes[..<index]) }
        var isExcluded = false
        for rule in rules where rule.isException == isExcluded {
            if paths.contains(where: rule.form.matches) { isExcluded = !rule.isException }
        }
        return isExcluded
    }

    /// Something beneath a directory may be included, so that it has to be walked; of a directory that is left out
    /// that is so when a rule with `!` may match beneath it.
    public func mayHoldIncluded(_ directory: String) -> Bool {
        guard excludes(directory) else { return true }
        guard hasExceptions else { return false }
        let beneath = Self.relative(directory) + [.slash]
        return rules.contains { rule in
            guard rule.isException else { return false }
            if case .path(let text) = rule.form { return (text + [.slash]).starts(with: beneath) }
            let start = rule.form.start
            return start.starts(with: beneath) || beneath.starts(with: start)
        }
    }

    /// A source of COPY or ADD is surely left out (check `CopyIgnoredFile`). Where rules have exceptions nobody can tell.
    public func hidesSource(_ source: String) -> Bool {
        guard !hasExceptions else { return false }
        let path = CleanPath.clean(source)
        // The context itself is left out only by rules of everything in it.
        if path == "." || path == "/" { return rules.contains { ["*", "**", "**/*"].contains($0.text) } }
        return excludes(path)
    }

    private static func relative(_ path: String) -> ArraySlice<UInt8> {
        var path = Array(path.utf8)[...]
        while path.starts(with: Array("./".utf8)) { path = path.dropFirst(2) }
        while path.first == .slash { path = path.dropFirst() }
        while path.last == .slash { path = path.dropLast() }
        return path
    }
}
