/// The colours of a build's picture, as BuildKit has them; none where a person wants none (`NO_COLOR`).
struct BuildPalette: Sendable {
    /// What a line is about.
    enum Part: Sendable {
        case done, failed, cancelled, output, plain
    }

    let isColoured: Bool

    /// The line with its colour; it takes no more columns than before.
    func paint(_ line: String, _ part: Part) -> String {
        guard isColoured, let code = Self.code(part) else { return line }
        return "\u{1b}[\(code)m\(line)\u{1b}[0m"
    }

    private static func code(_ part: Part) -> String? {
        switch part {
        case .done: "34"
        case .failed: "31"
        case .cancelled: "33"
        case .output: "2"
        case .plain: nil
        }
    }
}
