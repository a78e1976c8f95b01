import Engine
import Glibc
import Testing

@testable import Dashboard

/// Random keys, mouse events, resizes and hostile names, labels and logs. `SPYHOP_FUZZ_STEPS` and `SPYHOP_FUZZ_SEED` make
/// it long (`make fuzz`); a crash or a finding comes again with its seed and `SWIFT_DETERMINISTIC_HASHING=1`.
@Suite struct FuzzTests {
    private static func number(_ name: String, _ standard: Int) -> Int {
        getenv(name).flatMap { Int(String(cString: $0)) } ?? standard
    }

    @Test func nothingThatIsPressedOrNamedGetsThroughOrHurts() async throws {
        let steps = Self.number("SPYHOP_FUZZ_STEPS", 10_000)
        let seed = UInt64(Self.number("SPYHOP_FUZZ_SEED", 20_261_130))
        let isLong = steps > 200_000
        let round = 5_000
        var memory: [Int] = []
        var kinds: Set<MessageKind> = []
        var answers: Set<ObjectIdentifier> = []
        for start in stride(from: 0, to: steps, by: round) {
            // A new dashboard each time: some doors close for good behind a person without sense.
            let fuzzer = try Fuzzer(seed: seed &+ UInt64(start))
            do { try await fuzzer.run(min(round, steps - start)) } catch {
                Issue.record("seed \(seed &+ UInt64(start)), at most \(round) steps: \(error)")
                return
            }
            kinds.formUnion(fuzzer.kinds)
            answers.formUnion(fuzzer.answerTypes)
            memory.append(Self.residentKilobytes)
            if isLong, start % 100_000 == 0 {
                print("fuzz: \(start + round) steps, \(memory.last ?? 0) KiB")
            }
        }
        guard steps >= 100_000 else { return }
        #expect(Set(MessageKind.allCases).subtracting(kinds).isEmpty, "messages that never came")
        let missing = Self.answers.filter { !answers.contains(ObjectIdentifier($0)) }
        #expect(missing.isEmpty, "answers that never came")
        // After the first tenth everything has been there once: what still grows is kept for nothing.
        guard isLong, let last = memory.max() else { return }
        let settled = memory.prefix(memory.count / 10).max() ?? last
        #expect(last < settled + 64 * 1024, "\(settled) KiB became \(last) KiB")
    }

    /// What errands of all panes are answered with.
    private static let answers: [any Sendable.Type] = [
        LogAnswer.self, LogSaving.Outcome.self, DetailsAnswer.self, InspectAnswer.self, EventsAnswer.self,
        CountUsage.Answer.self, DiskUsageProgress.self, PruneUsage.Answer.self, ReadChanges.Answer.self,
        UpdateLimits.Answer.self, RenameContainer.Answer.self, RunAlertCommand.Answer.self, ReadEventMarks.Answer.self,
        WriteSettings.Answer.self, ListThemes.Answer.self, TryTheme.Answer.self, ShellAnswer.self, BrowserAnswer.self,
        SearchFile.Answer.self,
    ]

    private static var residentKilobytes: Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, 128, file) != nil else { return 0 }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let fields = text.split(separator: " ")
        return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4
    }
}
