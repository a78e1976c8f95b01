import Engine
import Search
import Terminal

extension Pane {
    static let logs = Pane("logs")
}

extension ViewName {
    static let logs = ViewName("logs")
}

extension KeyContext {
    static let logs = KeyContext("logs", "Logs")
}

/// What the pane asks a person to type.
enum LogWord: Sendable, Hashable {
    case search, filter, moment, zone, columns, save
}

extension LogsPane: PaneKind {
    typealias State = LogState

    static let pane = Pane.logs
    static let title = "Logs"
    static let contexts: [KeyContext] = [.logs, .containers, .everywhere]
    static let views = [ViewDefinition(.logs, "Logs", .logs)]
    static var menu: [Action] { logMenu + ContainersPane.menu }

    static func subject(_ state: DashboardState) -> String { ContainersPane.subject(state) }

    static func copies(_ state: DashboardState) -> [Copyable] { ContainersPane.copies(state) }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) { ContainersPane.narrowing(state) }

    static func found(_ state: DashboardState) -> String {
        guard let prompt = state.prompt, case .pane(.logs, let word, _, _) = prompt.purpose,
            let kind = word.value as? LogWord
        else { return "" }
        switch kind {
        case .search:
            guard !prompt.text.isEmpty else { return words("~ begins a regular expression") }
            if let problem = problem(of: SearchPattern(prompt.text)) { return problem }
            guard let search = state.logs.search else { return "" }
            if search.direction != 0 { return words("searching") }
            guard search.hit != nil else { return words("not found") }
            guard let total = search.total else { return words("found") }
            return search.rank.map { words("\($0) of \(total)") } ?? "\(total)"
        case .filter:
            guard let pattern = LogPattern(prompt.text) else {
                return words("! before it: lines without, ~: regular expression")
            }
            return problem(of: pattern.pattern)
                ?? (pattern.isInverted ? words("lines without it") : words("lines with it"))
        case .moment: return "14:03, 10m, 2026-03-01 14:03"
        case .zone: return words("+02:00, UTC; empty: this machine's")
        case .columns: return words("level time msg and others; empty: all")
        case .save: return ""
        }
    }

    private static func problem(of pattern: SearchPattern) -> String? {
        do throws(PatternError) { _ = try pattern.compiled() } catch { return "\(error)" }
        return nil
    }

    static func offers(_ action: Action, _ state: DashboardState) -> Bool {
        action != .logCopy || state.logs.cursor != nil || state.logs.search?.hit != nil
    }

    // MARK: What a person does

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        if action == .logs {
            state.open(.logs)
            return []
        }
        return state.adjustLog(action) ?? state.askAboutLog(action)
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.scrollLog(step)
        return state.wantPages()
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        if edge == .top { return state.logToBeginning() }
        state.logs.isFollowing = true
        state.logs.cursor = nil
        state.logs.anchor = nil
        // What broke off is tried again.
        state.logs.failure = nil
        if state.logs.run != nil, !state.logs.window.reachesEnd { return state.reopen() }
        return []
    }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        if state.logs.wraps {
            state.logs.wraps = false
            state.logs.topRow = 0
        }
        state.logs.column = min(max(0, state.logs.column + step), 100_000)
        return []
    }

    static func open(_ state: inout DashboardState) -> [Effect] {
        if state.view == .overview { state.open(.logs) } else { state.openLine() }
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        if state.logs.cursor != nil {
            state.logs.cursor = nil
            state.logs.anchor = nil
            return true
        }
        // What ends an errand comes with the settling.
        if state.logs.search != nil || state.logs.query.filter != nil || state.logs.pending?.slot == .find {
            state.logs.isGivenUp = true
            return true
        }
        return false
    }

    static func find(_ state: inout DashboardState) -> [Effect] {
        state.ask(.logs, LogWord.search, words("search"), isLive: true)
        return []
    }

    static func findAgain(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        state.findAgain(direction)
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        guard case .place(let index) = spot, state.logs.window.lines.indices.contains(index) else { return [] }
        if isDouble {
            state.openLine()
        } else {
            state.hold()
            state.logs.cursor = state.logs.window.lines[index].key
        }
        return []
    }

    // MARK: What comes back

    static func steps(in word: PaneWord) -> Bool { word.value as? LogWord == .search }

    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect] {
        guard let kind = word.value as? LogWord else { return [] }
        switch kind {
        case .search:
            if isFinal {
                if let problem = problem(of: SearchPattern(text)) { state.tell(.failure, "'\(text)': \(problem)") }
                return []
            }
            return state.search(text)
        case .filter: return state.filterLog(text)
        case .moment:
            guard !text.isEmpty else { return [] }
            let offset = state.logs.zone ?? state.utcOffset
            guard let moment = LogTime.moment(text, now: state.now, offset: offset) else {
                state.tell(.failure, words("'\(text)' is no time: 14:03, 10m, 2026-03-01 14:03"))
                return []
            }
            return state.logTo(moment)
        case .zone: state.setZone(text)
        case .columns:
            state.logs.columns = LogColumns(text)
            state.logs.showsColumns = true
        case .save: break
        }
        return []
    }

    static func hear(_ word: PaneWord, form: Form, _ state: inout DashboardState) -> [Effect] {
        state.saveLog(form)
    }

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        switch answer {
        case let answer as LogAnswer: return state.receive(answer)
        case let outcome as LogSaving.Outcome:
            state.logs.isSaving = false
            switch outcome.result {
            case .success(let phrases): state.tell(.success, phrases)
            case .failure(let error): state.tell(.failure, "\(error)")
            }
        default: break
        }
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        var effects: [Effect] = []
        if state.logs.isGivenUp {
            state.logs.isGivenUp = false
            effects = state.giveUp()
        }
        state.settleDays()
        return effects + state.settleLog(isShown: rect != nil)
    }
}
