import Engine

/// Collects what the rules find, and leaves out what is not to be checked.
struct CheckReport {
    private let dockerfile: Dockerfile
    private let settings: Dockerfile.Directives
    private(set) var warnings: [BuildWarning] = []

    init(_ dockerfile: Dockerfile, settings: Dockerfile.Directives) {
        self.dockerfile = dockerfile
        self.settings = settings
    }

    /// Notes a finding. `comments` are those right above the place: one of them may be `check=skip=…` for it alone.
    mutating func add(_ rule: CheckRule, _ detail: String, at range: SourceRange, comments: [String]) {
        guard isWanted(rule, comments) else { return }
        let warning = BuildWarning(
            rule: rule.rawValue, description: rule.description, detail: detail, url: rule.url, file: dockerfile.name,
            lines: range.lines, excerpt: Excerpt.lines(of: range, in: dockerfile.lines))
        warnings.append(warning)
    }

    private func isWanted(_ rule: CheckRule, _ comments: [String]) -> Bool {
        var settings = settings
        for comment in comments {
            guard let (name, value) = DirectiveReader.assignment(Array(comment.utf8)[...]), name == "check" else {
                continue
            }
            _ = settings.addChecks(value)
            break
        }
        if rule.isExperimental {
            return !settings.experimentalChecks.isDisjoint(with: ["all", rule.rawValue])
        }
        return settings.skippedChecks.isDisjoint(with: ["all", rule.rawValue])
    }
}
