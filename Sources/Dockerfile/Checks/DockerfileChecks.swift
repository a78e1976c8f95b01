import Engine

/// The checks of a Dockerfile, under the names that BuildKit's build checks have.
public enum DockerfileChecks {
    /// Runs every rule that `# check=skip` leaves; findings are in the file's order.
    ///
    /// - `graph`: the plan of the build: rules of what instructions do run in its stages, and without it not at all.
    /// - `everyStage`: those rules also run in stages that the target does not need (`docker build --check`).
    /// - `ignored`: whether the context's `.dockerignore` leaves a source out (`IgnoreRules.hidesSource`).
    /// - `image`: what is known of a base image, by the name and platform of a `PlannedStage`; `nil` when nothing is,
    ///   and then variables that it might have are taken to be set.
    public static func run(
        _ dockerfile: Dockerfile, graph: BuildGraph?, everyStage: Bool = false, ignored: (String) -> Bool,
        image: (_ name: String, _ platform: String) -> BaseImageFacts? = { _, _ in nil }
    ) -> [BuildWarning] {
        let settings = settings(dockerfile, arguments: graph?.arguments ?? [:])
        var report = CheckReport(dockerfile, settings: settings)
        FileChecks(dockerfile).run(&report)
        if let graph {
            FromChecks(dockerfile, graph).run(&report)
            StageChecks(dockerfile, graph).run(everyStage: everyStage, &report, ignored: ignored, image: image)
        }
        // Swift's sort is stable: findings of one line stay in the order of the rules.
        return report.warnings.sorted { ($0.lines?.lowerBound ?? 0) < ($1.lines?.lowerBound ?? 0) }
    }

    /// A finding stops the build: `# check=error=true`, or the build argument BUILDKIT_DOCKERFILE_CHECK.
    public static func areErrors(_ dockerfile: Dockerfile, arguments: [String: String]) -> Bool {
        settings(dockerfile, arguments: arguments).warningsAreErrors
    }

    /// The build argument takes the directive's place.
    private static func settings(_ dockerfile: Dockerfile, arguments: [String: String]) -> Dockerfile.Directives {
        guard let text = arguments["BUILDKIT_DOCKERFILE_CHECK"] else { return dockerfile.directives }
        var settings = Dockerfile.Directives()
        return settings.addChecks(text) == nil ? settings : dockerfile.directives
    }
}
