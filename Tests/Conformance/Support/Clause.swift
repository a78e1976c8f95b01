import Foundation
import Harness
import Testing

/// Thrown by a case that this host, or this runtime on this host, cannot be asked.
struct CannotRun: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}

/// Says which section of the runtime-spec a test holds a runtime to, and writes down what came of it.
struct Clause: TestTrait, TestScoping {
    /// `config.md#process`: a document of the specification and an anchor in it.
    let section: String

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        let name = test.name.prefix { $0 != "(" }.description
        let verdict = Verdict(section: section, name: name)
        let gap = RuntimeUnderTest.current.kind == .spyhop ? KnownGaps.reasons[name] : nil
        defer { verdict.write() }
        let watching = IssueHandlingTrait.compactMapIssues { issue in
            verdict.note(issue)
            return issue
        }
        try await watching.provideScope(for: test, testCase: testCase) {
            guard let gap else { return try await verdict.judge(function) }
            await withKnownIssue("\(gap)") { try await verdict.judge(function) }
        }
    }
}

extension Trait where Self == Clause {
    /// The section that a test comes from, as `config-linux.md#devices`.
    static func clause(_ section: String) -> Clause { Clause(section: section) }
}

/// What came of one case. Written as one line of JSON to the file that `SPYHOP_CONFORMANCE_RESULTS` names.
private final class Verdict: @unchecked Sendable {
    private let section: String
    private let name: String
    private let lock = NSLock()
    private var complaints: [String] = []
    private var hindrance: String?

    init(section: String, name: String) {
        self.section = section
        self.name = name
    }

    func note(_ issue: Issue) {
        // Comments beside the line in the source are among an issue's; they say nothing of what went wrong.
        let comment = issue.comments.map(\.rawValue).first { !$0.hasPrefix("//") } ?? ""
        let words = (comment.isEmpty ? "\(issue)" : comment).split(separator: "\n").first.map(String.init) ?? "failed"
        lock.withLock { complaints.append(words) }
    }

    func judge(_ function: @Sendable () async throws -> Void) async throws {
        do {
            try await function()
        } catch let error as CannotRun {
            lock.withLock { hindrance = error.reason }
        } catch {
            lock.withLock { complaints.append("\(error)") }
            throw error
        }
    }

    func write() {
        guard let path = ProcessInfo.processInfo.environment["SPYHOP_CONFORMANCE_RESULTS"], !path.isEmpty else {
            return
        }
        let result = complaints.isEmpty ? (hindrance == nil ? "pass" : "cannot run") : "fail"
        let line: JSON = [
            "section": .string(section), "case": .string(name), "result": .string(result),
            "reason": .string(String((complaints.first ?? hindrance ?? "").prefix(300))),
        ]
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard file >= 0 else { return }
        let bytes = Array((line.encoded + "\n").utf8)
        // One write: cases run side by side and share the file.
        _ = Glibc.write(file, bytes, bytes.count)
        close(file)
    }
}
