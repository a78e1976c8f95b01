import Engine

/// Events of a build that are the same in every test: times are seconds since its beginning.
enum BuildEvents {
    /// When it began.
    static let began = at(0)

    static func at(_ seconds: Double) -> Timestamp {
        Timestamp(nanoseconds: 1_700_000_000_000_000_000 + Int64(seconds * 1e9))
    }

    static let names = [
        1: "[internal] load build definition from Dockerfile", 2: "[builder 1/2] FROM docker.io/library/alpine",
        3: "[builder 2/2] RUN make", 4: "[stage-1 1/2] RUN false", 5: "exporting to image",
    ]

    static func step(_ id: Int, _ state: BuildStep.State) -> BuildStep {
        BuildStep(id: id, name: names[id] ?? "step \(id)", line: id, state: state)
    }

    static var planned: BuildEvent { .planned([1, 2, 3, 4, 5].map { step($0, .waiting) }) }
    static func running(_ id: Int, since: Double) -> BuildEvent { .step(step(id, .running(since: at(since)))) }
    static func cached(_ id: Int) -> BuildEvent { .step(step(id, .cached)) }
    static func done(_ id: Int, _ seconds: Double) -> BuildEvent {
        .step(step(id, .done(nanoseconds: Int64(seconds * 1e9))))
    }
    static func failed(_ id: Int, _ seconds: Double, _ reason: String) -> BuildEvent {
        .step(step(id, .failed(nanoseconds: Int64(seconds * 1e9), reason: reason)))
    }
    static func output(_ id: Int, _ text: String) -> BuildEvent { .output(step: id, .stdout, Array(text.utf8)) }

    static func warning(_ rule: String, _ detail: String, line: Int?) -> BuildWarning {
        BuildWarning(
            rule: rule, description: "What \(rule) wants", detail: detail, url: "https://example.com/\(rule)",
            file: "Dockerfile", lines: line.map { $0...$0 },
            excerpt: line.map { [.init(number: $0, text: "FROM alpine as x", isMarked: true)] } ?? [])
    }
}
