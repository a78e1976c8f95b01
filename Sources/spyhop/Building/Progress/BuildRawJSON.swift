import Engine
import FoundationEssentials

/// A build's events as BuildKit's `SolveStatus`, one JSON object a line (`--progress=rawjson`).
struct BuildRawJSON: Sendable {
    /// Bytes that are kept for a slow reader.
    private static let mostPending = 4 << 20

    private var lines: [String] = []
    private var bytes = 0
    private var began: [Int: Timestamp] = [:]

    /// Takes in what happened.
    mutating func apply(_ event: BuildEvent, at now: Timestamp) {
        switch event {
        case .planned(let steps): add(["vertexes": .array(steps.map { vertex($0, at: now) })])
        case .step(let step):
            if case .running(let since) = step.state { began[step.id] = since }
            add(["vertexes": [vertex(step, at: now)]])
        case .output(let id, let stream, let bytes):
            add([
                "logs": [
                    [
                        "vertex": .string(Self.digest(id)), "stream": stream == .stdout ? 1 : 2,
                        "data": .string(Data(bytes).base64EncodedString()), "timestamp": .string(now.rfc3339),
                    ]
                ]
            ])
        case .transfer(let id, .blob(let blob)): add(["statuses": [status(blob, of: id, at: now)]])
        case .transfer(let id, .manifest(_, let blobs)):
            add(["statuses": .array(blobs.map { status($0, of: id, at: now) })])
        case .warning(let warning): add(["warnings": [Self.value(warning)]])
        case .transfer, .notice: break
        }
    }

    /// What is to be written now.
    mutating func take() -> String {
        defer {
            lines = []
            bytes = 0
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private mutating func add(_ value: JSONValue) {
        let line = value.compact
        guard bytes + line.utf8.count <= Self.mostPending else { return }
        lines.append(line)
        bytes += line.utf8.count
    }

    private func vertex(_ step: BuildStep, at now: Timestamp) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(key: "digest", value: .string(Self.digest(step.id))), .init(key: "name", value: .string(step.name)),
        ]
        if let began = began[step.id] { members.append(.init(key: "started", value: .string(began.rfc3339))) }
        if step.state.isOver {
            if began[step.id] == nil { members.append(.init(key: "started", value: .string(now.rfc3339))) }
            members.append(.init(key: "completed", value: .string(now.rfc3339)))
        }
        if step.state == .cached { members.append(.init(key: "cached", value: true)) }
        if case .failed(_, let reason) = step.state { members.append(.init(key: "error", value: .string(reason))) }
        if step.state == .cancelled { members.append(.init(key: "error", value: "context canceled")) }
        return .object(members)
    }

    private func status(_ blob: BlobProgress, of id: Int, at now: Timestamp) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(key: "id", value: .string(blob.digest)), .init(key: "vertex", value: .string(Self.digest(id))),
            .init(key: "total", value: .integer(blob.size)), .init(key: "current", value: .integer(blob.done)),
            .init(key: "timestamp", value: .string(now.rfc3339)),
        ]
        if blob.isOver { members.append(.init(key: "completed", value: .string(now.rfc3339))) }
        return .object(members)
    }

    /// Readers only ask of a vertex's digest that it is always the same: the step's number serves.
    private static func digest(_ id: Int) -> String {
        let digits = String(max(0, id), radix: 16)
        return "sha256:" + String(repeating: "0", count: 64 - digits.count) + digits
    }

    private static func value(_ warning: BuildWarning) -> JSONValue {
        [
            "level": 1, "short": .string(Data("\(warning.rule): \(warning.detail)".utf8).base64EncodedString()),
            "detail": [.string(Data(warning.description.utf8).base64EncodedString())], "url": .string(warning.url),
            "range": .array(
                warning.lines.map { lines in
                    [
                        [
                            "start": ["line": .integer(Int64(lines.lowerBound))],
                            "end": ["line": .integer(Int64(lines.upperBound))],
                        ]
                    ]
                } ?? []),
        ]
    }
}
