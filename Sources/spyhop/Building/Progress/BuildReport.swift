import Engine
import OCI

/// What is told when a build is over: the failed step's last output, the error with its place, the warnings.
enum BuildReport {
    /// Lines of a failed step's output that are told.
    private static let tailLines = 20
    private static let rule = "------"

    /// The end of what the failed step has written; nothing for one without output, or that is no instruction.
    static func tail(_ board: BuildBoard) -> String {
        guard let failed = board.failed, failed.step.line > 0, !failed.tail.isEmpty else { return "" }
        let lines = failed.tail.suffix(tailLines).map { "\(StepWords.stamp($0.time)) \($0.text)" }
        return ([rule, " > \(StepWords.name(failed.step)):"] + lines + [rule]).map { $0 + "\n" }.joined()
    }

    /// The error: the sentence, and beneath it the Dockerfile's lines where it has some.
    static func error(_ error: any Error, _ palette: BuildPalette) -> String {
        let told = error as? EngineError
        let text = (told?.message ?? "\(error)") + (told?.cause.map { ": \($0)" } ?? "")
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { ShownText.cut(String($0), nil) }
        let sentence = lines.removeFirst()
        lines.insert(palette.paint("ERROR: \(sentence)", .failed), at: 0)
        if let hint = told?.hint { lines.append("  \(ShownText.cut(hint, nil))") }
        return lines.map { $0 + "\n" }.joined()
    }

    /// What has been made, in the words of docker's classic builder.
    static func success(_ image: BuiltImage) -> String {
        guard let id = image.id else { return "" }
        let names = image.names.map { (try? ImageReference($0).familiar) ?? $0 }
        return (["Successfully built \(id.short)"] + names.map { "Successfully tagged \(ShownText.cut($0, nil))" })
            .map { $0 + "\n" }.joined()
    }

    /// The warnings in short, a line each.
    static func warnings(_ board: BuildBoard) -> String {
        guard board.warningCount > 0 else { return "" }
        let count = board.warningCount == 1 ? "1 warning" : "\(board.warningCount) warnings"
        var lines = ["", " \(count) found (spyhop build --check shows the lines):"]
        lines += board.warnings.map { warning in
            let place = warning.lines.map { " (line \($0.lowerBound))" } ?? ""
            return ShownText.cut(" - \(warning.rule): \(warning.detail)\(place)", nil)
        }
        let more = board.warningCount - board.warnings.count
        if more > 0 { lines.append(" - and \(more) more") }
        return lines.map { $0 + "\n" }.joined()
    }
}
