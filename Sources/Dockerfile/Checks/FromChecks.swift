/// Rules of FROM and its variables.
struct FromChecks {
    private let dockerfile: Dockerfile
    private let graph: BuildGraph

    init(_ dockerfile: Dockerfile, _ graph: BuildGraph) {
        self.dockerfile = dockerfile
        self.graph = graph
    }

    func run(_ report: inout CheckReport) {
        let scope = GlobalScope(dockerfile)
        let known = scope.declared.union(graph.globalArguments.keys)
        let platforms = (graph.globalArguments["BUILDPLATFORM"] ?? "", graph.globalArguments["TARGETPLATFORM"] ?? "")
        let defaults = try? scope.values(
            arguments: [:], buildPlatform: platforms.0, targetPlatform: platforms.1,
            target: graph.globalArguments["TARGETSTAGE"])
        for stage in dockerfile.stages {
            for name in Set([stage.base, stage.platform ?? ""].flatMap { unset(in: $0) }).subtracting(known).sorted() {
                let hint = Suggestion.nearest(name, known).map { " (did you mean \($0)?)" } ?? ""
                report.add(
                    .undefinedArgInFrom, "FROM uses \(shortened(name)), which no ARG declares before it\(hint)",
                    at: stage.range, comments: stage.comments)
            }
            if let defaults { checkDefault(stage, defaults, &report) }
            if let platform = stage.platform { checkPlatform(stage, platform, &report) }
        }
    }

    private func checkDefault(_ stage: Dockerfile.Stage, _ defaults: [String: String], _ report: inout CheckReport) {
        let expansion = WordExpansion(escape: dockerfile.directives.escape)
        guard let base = try? expansion.word(stage.base, { defaults[$0] }), !ImageName.isValid(base) else { return }
        report.add(
            .invalidDefaultArgInFrom,
            "with the defaults of its ARGs \(quoted(stage.base)) is no name of an image", at: stage.range,
            comments: stage.comments)
    }

    private func checkPlatform(_ stage: Dockerfile.Stage, _ platform: String, _ report: inout CheckReport) {
        var used: Set<String> = []
        let expansion = WordExpansion(escape: dockerfile.directives.escape)
        let value = try? expansion.word(platform) { name in
            used.insert(name)
            return graph.globalArguments[name]
        }
        guard let value else { return }
        if used == ["TARGETPLATFORM"], value == graph.globalArguments["TARGETPLATFORM"] {
            report.add(
                .redundantTargetPlatform, "--platform=\(shortened(platform)) is the platform that FROM takes anyway",
                at: stage.range, comments: stage.comments)
        }
        guard used.isEmpty, let normal = PlatformName.normalized(value) else { return }
        let parts = normal.split(separator: "/").prefix(2)
        if parts.contains(where: { (stage.name ?? "").contains($0) }) { return }
        report.add(
            .fromPlatformFlagConstDisallowed, "--platform of FROM should not be the fixed value \(quoted(value))",
            at: stage.range, comments: stage.comments)
    }

    /// Variables without a value.
    private func unset(in text: String) -> Set<String> {
        var unset: Set<String> = []
        _ = try? WordExpansion(escape: dockerfile.directives.escape).word(text) { name in
            let value = graph.globalArguments[name]
            if value == nil { unset.insert(name) }
            return value
        }
        return unset
    }
}
