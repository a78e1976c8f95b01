import Engine
import Terminal

/// What is told of a build as a whole: what it is built from, what came of it, and what its checks have found.
enum BuildSummary {
    static func lines(_ build: BuildRun) -> [LogWindow.Line] {
        outcome(build) + origin(build.form) + build.report.notices.flatMap { lines(of: $0) }
            + build.report.warnings.flatMap(lines)
    }

    /// Some text, a line for each of its lines.
    static func lines(of text: String, _ stream: LogLine.Stream = .stdout) -> [LogWindow.Line] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            LogWindow.Line(time: Timestamp(nanoseconds: 0), stream: stream, bytes: Array(line.utf8), isOpen: false)
        }
    }

    /// Why a build failed, and what to do.
    static func lines(of error: EngineError) -> [LogWindow.Line] {
        lines(of: error.message, .stderr) + (error.hint.map { lines(of: $0) } ?? [])
    }

    private static func outcome(_ build: BuildRun) -> [LogWindow.Line] {
        switch build.phase {
        case .starting, .running, .stopping, .held, .released: return []
        case .stopped: return lines(of: words("The build was stopped. Its finished steps stay in the cache.\n"))
        case .failed(let error):
            return lines(of: error) + lines(of: "")
        case .done(let image):
            var text: [String] = []
            if let id = image.id { text.append(pair(words("image"), id.rawValue)) }
            if let digest = image.digest { text.append(pair(words("manifest"), digest)) }
            text += image.names.map { pair(words("name"), $0) }
            text.append("")
            return lines(of: text.joined(separator: "\n"))
        }
    }

    private static func origin(_ form: BuildForm) -> [LogWindow.Line] {
        var text = [
            pair(words("context"), form.context),
            pair(words("Dockerfile"), form.file.isEmpty ? words("in the context") : form.file),
        ]
        for (key, value) in [
            (words("tag"), form.tags), (words("target"), form.target), (words("arguments"), form.arguments),
        ]
        where !value.isEmpty {
            text.append(pair(key, value))
        }
        if form.noCache { text.append(pair(words("cache"), words("not used"))) }
        return lines(of: text.joined(separator: "\n"))
    }

    private static func pair(_ key: String, _ value: String) -> String {
        key + String(repeating: " ", count: max(1, 12 - SafeText.width(key))) + value
    }

    private static func lines(_ warning: BuildWarning) -> [LogWindow.Line] {
        var place = warning.file
        if let first = warning.lines?.lowerBound { place += ":\(first)" }
        var text = ["", "\(warning.rule): \(warning.detail)", "  \(place)"]
        let width = warning.excerpt.map { String($0.number).utf8.count }.max() ?? 0
        for line in warning.excerpt {
            let number = String(line.number)
            let gap = String(repeating: " ", count: width - number.utf8.count)
            text.append("  \(line.isMarked ? ">" : " ") \(gap)\(number) | \(line.text)")
        }
        return lines(of: text.joined(separator: "\n"))
    }
}
