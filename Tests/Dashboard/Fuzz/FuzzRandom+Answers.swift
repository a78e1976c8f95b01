import Emulator
import Engine
import Terminal

@testable import Dashboard

/// What errands would bring back in a hostile world: names, commands, texts and figures that nobody has looked at.
extension FuzzRandom {
    mutating func error() -> EngineError {
        EngineError(
            pick([.system, .notFound, .conflict, .cancelled]) ?? .system, text(), hint: chance(2) ? text() : nil)
    }

    mutating func result<Value: Sendable>(_ value: Value) -> Result<Value, EngineError> {
        chance(5) ? .failure(error()) : .success(value)
    }

    mutating func path() -> ContainerPath { ContainerPath((0..<below(5)).flatMap { _ in [0x2F] + bytes() }) }

    mutating func number() -> Int64 { chance(6) ? pick([.min, .max, -1]) ?? 0 : Int64(below(1 << 40)) }

    /// Answers to an errand; `nil` for those that have none of their own here.
    mutating func answers(to errand: any Errand) -> [any Sendable]? {
        switch errand {
        case is LogSaving: [LogSaving.Outcome(result: result(text()))]
        case let errand as MakeDocument: [DetailsAnswer.document(errand.details, result(document(depth: 0)))]
        case let errand as ReadProcesses:
            [DetailsAnswer.processes(errand.id, result(processes()), at: .seconds(below(99)))]
        case let errand as SignalProcess:
            [DetailsAnswer.signalled(pid: errand.pid, signal: errand.signal, chance(2) ? error() : nil)]
        case let errand as CheckHealth: [DetailsAnswer.checked(errand.id, result(health()))]
        case let errand as InspectThing: [InspectAnswer(subject: errand.subject, result: result(document(depth: 0)))]
        case is ReadEvents: [EventsAnswer(result: result((0..<below(200)).map { _ in event(of: []) }))]
        case is CountUsage:
            [
                DiskUsageProgress(done: below(9) - 1, total: below(9) - 1, present: text()),
                CountUsage.Answer(result: result(diskUsage())),
            ]
        case let errand as PruneUsage:
            [
                PruneUsage.Answer(
                    kind: errand.kind, removed: below(9), failed: below(3), error: chance(2) ? error() : nil)
            ]
        case let errand as ReadChanges: [ReadChanges.Answer(container: errand.container, result: result(changes()))]
        case let errand as UpdateLimits:
            [UpdateLimits.Answer(container: errand.container, result: result((0..<below(3)).map { _ in text() }))]
        case let errand as RenameContainer:
            [RenameContainer.Answer(old: errand.old, new: errand.new, error: chance(2) ? error() : nil)]
        case is RunAlertCommand: [RunAlertCommand.Answer(failure: chance(2) ? text() : nil)]
        case let errand as RunCommand: commandAnswers(errand)
        case let errand as ReadEventMarks: [marks(since: errand.since)]
        case is WriteSettings: [WriteSettings.Answer(result: .failure(error()))]
        case is ListThemes: [ListThemes.Answer(names: (0..<below(30)).map { _ in text(2) })]
        case let errand as TryTheme: [TryTheme.Answer(name: errand.name, theme: result(.plain))]
        case let errand as RunShell: shellAnswers(errand)
        default: browserAnswers(errand)
        }
    }

    private mutating func browserAnswers(_ errand: any Errand) -> [any Sendable]? {
        switch errand {
        case let errand as ListDirectory:
            let content = DirectoryContent(files: (0..<below(40)).map { _ in file() }, isCut: chance(3))
            return [
                BrowserAnswer.listed(
                    errand.container, errand.path, choosing: chance(2) ? errand.choosing : bytes(), result(content))
            ]
        case let errand as ReadStretch:
            let lines = (0..<below(60)).flatMap { _ in line().prefix(20_000) + [0x0A] }
            let version = FileVersion(size: number(), modifiedAt: time(), changedAt: time())
            let stretch = FileStretch(
                bytes: lines, offset: chance(5) ? number() : errand.range.lowerBound, version: version)
            return [BrowserAnswer.stretch(errand.path, result(stretch))]
        case let errand as SearchFile:
            return [
                pick([
                    SearchFile.Answer.progress(errand.path, number()), .found(errand.path, chance(3) ? nil : number()),
                    .failed(errand.path, error()),
                ]) ?? .found(errand.path, nil)
            ]
        case let errand as EditFile: return [BrowserAnswer.edited(errand.edit, edited())]
        case let errand as WriteDraft: return [BrowserAnswer.edited(errand.edit, edited())]
        case is ChangeFiles: return [BrowserAnswer.changed(result(text()), choosing: chance(2) ? bytes() : nil)]
        default: return nil
        }
    }

    private mutating func edited() -> FileEditOutcome {
        pick([.unchanged, .written, .conflict(draft: text()), .failed(text(), draft: chance(2) ? text() : nil)])
            ?? .unchanged
    }

    private mutating func commandAnswers(_ errand: RunCommand) -> [any Sendable] {
        var answers: [any Sendable] = (0..<below(4)).map { _ in
            RunCommand.Answer.lines(
                errand.number, (0..<below(30)).map { _ in String(decoding: line().prefix(9000), as: UTF8.self) })
        }
        answers.append(
            RunCommand.End(
                number: errand.number, outcome: chance(2) ? .exited(Int32(below(300)) - 9) : .failed(text())))
        return answers
    }

    private mutating func shellAnswers(_ errand: RunShell) -> [any Sendable] {
        var answers: [any Sendable] = chance(8) ? [] : [ShellAnswer.opened(errand.id)]
        // Sizes that no terminal has stay out of the real emulator, and of its pictures.
        let size = Size(width: min(300, max(1, errand.size.columns)), height: min(100, max(1, errand.size.rows)))
        if let emulator = Emulator(size: size) {
            for _ in 0..<below(4) {
                emulator.feed(line().prefix(30_000) + [0x0D, 0x0A])
                if chance(8) { emulator.resize(Size(width: 1 + below(200), height: 1 + below(70))) }
                if let picture = emulator.nextPicture() { answers.append(ShellAnswer.picture(errand.id, picture)) }
            }
        }
        if chance(3) {
            let end: ShellEnd =
                pick([.exited(code: Int32(below(300))), .detached(text()), .failed(text()), .noTerminal]) ?? .noTerminal
            answers.append(ShellAnswer.ended(errand.id, end))
        }
        return answers
    }

    private mutating func marks(since: Timestamp) -> ReadEventMarks.Answer {
        let events = (0..<below(300)).map { _ in
            Event(
                time: time(), type: .container,
                action: pick(["start", "die", "oom", "pause", "unpause", "update", "health_status: healthy"]) ?? "die",
                actorID: Scenery.id(below(9)).rawValue, attributes: ["exitCode": text(1)])
        }
        return ReadEventMarks.Answer(marks: events.compactMap { EventMark($0) }, since: since)
    }

    // MARK: Things

    mutating func document(depth: Int) -> Document {
        switch below(depth > 12 ? 4 : 7) {
        case 0: return .null
        case 1: return .bool(chance(2))
        case 2: return .number(chance(4) ? text(1) : String(below(1 << 30)))
        case 3: return .string(text())
        case 4: return .array((0..<below(5)).map { _ in document(depth: depth + 1) })
        default:
            return .object((0..<below(7)).map { _ in Document.Member(key: text(2), value: document(depth: depth + 1)) })
        }
    }

    mutating func processes() -> [ContainerProcess] {
        (0..<below(40)).map { _ in
            // Parents that are children of their children have been seen in races.
            ContainerProcess(
                pid: Int32(below(30)), parent: Int32(below(30)), innerPID: chance(3) ? nil : Int32(below(9)),
                startTicks: chance(3) ? nil : count(), user: text(1), state: text(1), threads: below(9) - 1,
                memory: number(), cpuTime: number(), startedAt: chance(3) ? nil : time(), command: text())
        }
    }

    mutating func health() -> HealthReport.Result {
        HealthReport.Result(
            startedAt: time(), finishedAt: time(), exitCode: Int32(below(300)) - 2,
            output: String(decoding: line().prefix(9000), as: UTF8.self))
    }

    mutating func changes() -> [FileChange] {
        (0..<below(60)).map { _ in
            FileChange(
                kind: pick(FileChange.Kind.allCases) ?? .added, location: path(), size: chance(3) ? nil : number(),
                isDirectory: chance(3))
        }
    }

    private mutating func file() -> BrowsedFile {
        BrowsedFile(
            name: bytes(), kind: pick(BrowsedFile.Kind.allCases) ?? .unknown,
            mode: UInt32(truncatingIfNeeded: next()), uid: UInt32(below(1 << 32)), gid: UInt32(below(1 << 20)),
            size: number(), modifiedAt: time(),
            link: chance(3) ? BrowsedFile.Link(target: bytes(), kind: pick(BrowsedFile.Kind.allCases)) : nil)
    }

    mutating func diskUsage() -> DiskUsage {
        var usage = DiskUsage(
            images: images().map { DiskUsage.ImageUsage(image: $0, shared: number(), containers: below(3)) },
            containers: containers().prefix(40).map { DiskUsage.ContainerUsage(container: $0, written: number()) },
            volumes: volumes(), layers: number(), unusedLayers: number())
        usage.buildCache = (0..<below(9)).map { _ in
            BuildCacheRecord(
                id: text(1), kind: .regular, description: text(), size: number(), createdAt: time(), lastUsedAt: time(),
                uses: below(9), isInUse: chance(2), isShared: chance(2))
        }
        return usage
    }
}
