import Engine
import Search
import Terminal

extension DashboardState {
    /// Changes what is shown, and how.
    mutating func adjustLog(_ action: Action) -> [Effect]? {
        switch action {
        case .logFollow: if logs.isFollowing { hold() } else { return LogsPane.jump(.bottom, &self) }
        case .logTimestamps: turnTime()
        case .logWrap:
            logs.wraps.toggle()
            logs.column = 0
            logs.topRow = 0
        case .logAll:
            logs.showsAll.toggle()
            if logs.showsAll, !list.all.contains(where: \.state.isAlive) {
                logs.showsAll = false
                tell(.information, words("no container is running"))
            }
        case .logRangeAll: return choose(.all)
        case .logHead:
            if logs.range != .all || logs.run != nil { _ = choose(.all) }
            return logToBeginning()
        case .logMinute: return choose(.last(60))
        case .logFiveMinutes: return choose(.last(300))
        case .logQuarter: return choose(.last(900))
        case .logHalfHour: return choose(.last(1800))
        case .logHour: return choose(.last(3600))
        case .logRangeShorter: return step(range: 1)
        case .logRangeLonger: return step(range: -1)
        case .logClear: return choose(.cleared(now))
        case .logPrevious: return previousRun()
        case .logMark: markLine()
        case .logNextMark: return jumpToMark(1)
        case .logPreviousMark: return jumpToMark(-1)
        case .logColumns:
            logs.showsColumns.toggle()
            logs.topRow = 0
        case .logSelect: selectLines()
        case .logCopy: return copyLines()
        default: return nil
        }
        return []
    }

    /// Asks for what a key needs to know.
    mutating func askAboutLog(_ action: Action) -> [Effect]? {
        switch action {
        case .logSearch: return LogsPane.find(&self)
        case .logFilter:
            ask(.logs, LogWord.filter, words("only lines with"), text: logs.query.filter?.typed ?? "")
        case .logMoment: ask(.logs, LogWord.moment, words("go to"))
        case .logZone: ask(.logs, LogWord.zone, words("time zone"))
        case .logFields:
            ask(.logs, LogWord.columns, words("columns"), text: logs.columns.fields.joined(separator: " "))
        case .logSave: askSave()
        default: return nil
        }
        return []
    }

    /// Takes back the search, and when there is none the filter.
    mutating func giveUp() -> [Effect] {
        if logs.pending?.slot == .find {
            tell(.information, words("stopped searching"))
            return endSearch()
        }
        if logs.search != nil { return endSearch() }
        return reopen { $0.filter = nil }
    }

    private mutating func turnTime() {
        let modes = LogTime.Mode.allCases
        let next = (modes.firstIndex(of: logs.time) ?? 0) + 1
        logs.time = modes[next % modes.count]
        logs.topRow = 0
    }

    /// Lines of another day have it before their times.
    mutating func settleDays() {
        let logs = logs
        guard logs.time == .local || logs.time == .utc, let first = logs.window.first else { return }
        let shift = logs.time == .utc ? 0 : logs.zone ?? utcOffset
        let hasDays = LogTime.parts(first, shift).date != LogTime.parts(now, shift).date
        if hasDays != logs.hasDays { self.logs.hasDays = hasDays }
    }

    mutating func setZone(_ text: String) {
        guard !text.isEmpty else {
            logs.zone = nil
            return
        }
        guard let zone = LogTime.zone(text) else {
            return tell(.failure, words("'\(text)' is no time zone: such as +02:00 or UTC"))
        }
        logs.zone = zone
        logs.time = .local
    }

    /// From all over a day down to a minute, and back.
    private mutating func step(range direction: Int) -> [Effect] {
        let index = LogRange.steps.firstIndex(of: logs.range) ?? 0
        let other = LogRange.steps[min(max(0, index + direction), LogRange.steps.count - 1)]
        return other == logs.range ? [] : choose(other)
    }

    private mutating func choose(_ range: LogRange) -> [Effect] {
        logs.range = range
        logs.run = nil
        let since = range.since(now)
        return reopen { query in
            query.since = since
            query.until = nil
        }
    }

    // MARK: Saving

    private mutating func askSave() {
        guard let first = logs.query.sources.first else { return tell(.information, words("there is no log to save")) }
        let name = logs.query.sources.count == 1 ? first.name : "logs"
        let isNarrow = logs.query.filter != nil || logs.query.since != nil || logs.query.until != nil
        var fields = [
            FormField(
                "path", label: words("File"), hint: words("in this directory, or a path"),
                value: .text(TextLine("\(name).log")))
        ]
        if isNarrow {
            fields.append(
                FormField("what", label: words("Lines"), value: .choice([LogSaving.shown, LogSaving.all], selected: 0)))
        }
        fields.append(FormField("times", label: words("Times"), value: .flag(logs.time != .off)))
        fields.append(FormField("colours", label: words("Colours"), value: .flag(false)))
        form = FormDialog(
            purpose: .pane(.logs, PaneWord(LogWord.save)),
            form: Form(title: words("Save the log"), fields: fields, submit: words("Save")))
    }

    mutating func saveLog(_ submitted: Form) -> [Effect] {
        let path = submitted["path"]?.text.trimmed ?? ""
        guard !path.isEmpty else {
            form?.form.refuse(["path": words("a file needs a name")])
            return []
        }
        form = nil
        logs.isSaving = true
        var query = logs.query
        if submitted["what"]?.text == LogSaving.all {
            query.filter = nil
            query.since = nil
            query.until = nil
        }
        return [
            .errand(
                .logs,
                LogSaving(
                    query: query, path: path, hasTimes: submitted["times"]?.isSet == true,
                    hasColours: submitted["colours"]?.isSet == true))
        ]
    }
}
