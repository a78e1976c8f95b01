import Engine

/// The stream of docker's own builder and of podman's, as progress of ours: steps are told by their headings alone.
struct BuildReading {
    private let progress: BuildProgress
    private let begun: @Sendable () -> Timestamp
    private var steps: [BuildStep] = []
    private var startedAt = Timestamp(seconds: 0)
    private var text = ""
    private(set) var imageID: String?

    init(now: @escaping @Sendable () -> Timestamp, _ progress: @escaping BuildProgress) {
        begun = now
        self.progress = progress
    }

    /// - Throws: what the builder tells as an error.
    mutating func take(_ node: JSONNode) throws(EngineError) {
        if let words = node["errorDetail"]?["message"]?.words ?? node["error"]?.words {
            finishStep(failure: words)
            throw EngineError(.system, "cannot build: \(words)")
        }
        if let id = node["aux"]?["ID"]?.words { imageID = id }
        if let status = node["status"]?.words, let id = node["id"]?.words { progress(.notice("\(id): \(status)")) }
        guard let stream = node["stream"]?.string else { return }
        text += stream
        while let end = text.firstIndex(where: \.isNewline) {
            line(String(text[..<end]))
            text = String(text[text.index(after: end)...])
        }
    }

    mutating func finish() {
        if !text.isEmpty { line(text) }
        text = ""
        finishStep(failure: nil)
    }

    private mutating func line(_ line: String) {
        if let name = Self.heading(line) {
            finishStep(failure: nil)
            startedAt = begun()
            let step = BuildStep(id: steps.count, name: name, state: .running(since: startedAt))
            steps.append(step)
            progress(.step(step))
        } else if line.hasPrefix(" ---> Using cache") || line.hasPrefix("--> Using cache") {
            guard let last = steps.indices.last else { return }
            steps[last].state = .cached
            progress(.step(steps[last]))
        } else if line.hasPrefix("Successfully built ") {
            imageID = imageID ?? String(line.dropFirst("Successfully built ".count))
        } else if let last = steps.indices.last {
            progress(.output(step: last, .stdout, Array((line + "\n").utf8)))
        } else if !line.isEmpty {
            progress(.notice(line))
        }
    }

    /// `Step 2/5 : RUN make`, podman's `STEP 2/5: RUN make`.
    static func heading(_ line: String) -> String? {
        guard line.hasPrefix("Step ") || line.hasPrefix("STEP "), let colon = line.firstIndex(of: ":") else {
            return nil
        }
        let numbers = line.dropFirst(5)[..<colon].filter { $0 != " " }
        guard numbers.allSatisfy({ $0.isNumber || $0 == "/" }), !numbers.isEmpty else { return nil }
        let name = line[line.index(after: colon)...].drop { $0 == " " }
        return "[\(numbers)] \(name)"
    }

    private mutating func finishStep(failure: String?) {
        guard let last = steps.indices.last, case .running(let since) = steps[last].state else { return }
        let spent = max(0, begun().nanoseconds - since.nanoseconds)
        steps[last].state = failure.map { .failed(nanoseconds: spent, reason: $0) } ?? .done(nanoseconds: spent)
        progress(.step(steps[last]))
    }
}
