extension Action {
    static let logs = Action("logs")
    static let logFollow = Action("log-follow")
    static let logTimestamps = Action("log-timestamps")
    static let logZone = Action("log-zone")
    static let logWrap = Action("log-wrap")
    static let logSearch = Action("log-search")
    static let logFilter = Action("log-filter")
    static let logAll = Action("log-all")
    static let logRangeAll = Action("log-range-all")
    static let logHead = Action("log-head")
    static let logMinute = Action("log-range-1m")
    static let logFiveMinutes = Action("log-range-5m")
    static let logQuarter = Action("log-range-15m")
    static let logHalfHour = Action("log-range-30m")
    static let logHour = Action("log-range-1h")
    static let logRangeLonger = Action("log-range-longer")
    static let logRangeShorter = Action("log-range-shorter")
    static let logMoment = Action("log-go-to-time")
    static let logPrevious = Action("log-previous-run")
    static let logClear = Action("log-clear")
    static let logMark = Action("log-mark")
    static let logNextMark = Action("log-next-mark")
    static let logPreviousMark = Action("log-previous-mark")
    static let logColumns = Action("log-columns")
    static let logFields = Action("log-fields")
    static let logSelect = Action("log-select")
    static let logCopy = Action("log-copy")
    static let logSave = Action("log-save")
}

extension LogsPane {
    static let opening = [KeyBinding(.logs, .everywhere, ["7", "l", "m"], "logs", hint: "logs")]

    static let bindings = [
        KeyBinding(.logSearch, .logs, ["/", "#"], "search; ~ before it: a regular expression", hint: "search"),
        KeyBinding(.logFilter, .logs, ["&"], "only lines that have a text; with ! those without", hint: "lines"),
        KeyBinding(.logFollow, .logs, ["f"], "follow new lines, or hold still", hint: "follow"),
        KeyBinding(.logTimestamps, .logs, ["t"], "times: off, local, UTC, how long ago", hint: "time"),
        KeyBinding(.logMoment, .logs, ["@"], "go to a time: 14:03, 10m", hint: "go to"),
        KeyBinding(.logWrap, .logs, ["w"], "wrap long lines, or cut them", hint: "wrap"),
        KeyBinding(.logAll, .logs, ["A"], "the logs of all that run; marked containers are merged, too", hint: "all"),
        KeyBinding(.logPrevious, .logs, ["p"], "the run before, and one further back", hint: "previous"),
        KeyBinding(.logColumns, .logs, ["o"], "lines of JSON as columns", hint: "columns"),
        KeyBinding(.logCopy, .logs, ["c"], "copy the line or the selected ones", hint: "copy"),
        KeyBinding(.logSave, .logs, ["ctrl-s"], "save to a file: asks where and what", hint: "save"),
        KeyBinding(.logMark, .logs, ["m"], "mark the line, or unmark it", hint: "mark"),
        KeyBinding(.logNextMark, .logs, ["'"], "next mark"),
        KeyBinding(.logPreviousMark, .logs, ["\""], "mark before"),
        KeyBinding(.logSelect, .logs, ["v"], "select lines from here on"),
        KeyBinding(.logFields, .logs, ["O"], "choose the columns of JSON"),
        KeyBinding(.logZone, .logs, ["ctrl-t"], "time zone of the times"),
        KeyBinding(.logClear, .logs, ["C"], "clear: only what comes from now on"),
        KeyBinding(.logRangeAll, .logs, ["0"], "the whole log, from its end"),
        KeyBinding(.logHead, .logs, ["1"], "from its beginning"),
        KeyBinding(.logMinute, .logs, ["2"], "the last minute"),
        KeyBinding(.logFiveMinutes, .logs, ["3"], "the last 5 minutes"),
        KeyBinding(.logQuarter, .logs, ["4"], "the last 15 minutes"),
        KeyBinding(.logHalfHour, .logs, ["5"], "the last 30 minutes"),
        KeyBinding(.logHour, .logs, ["6"], "the last hour"),
        KeyBinding(.logRangeShorter, .logs, ["<", ","], "only newer lines: 24 h, 6 h, 1 h … 1 m"),
        KeyBinding(.logRangeLonger, .logs, [">", "."], "older lines too"),
    ]

    static let logMenu: [Action] = [
        .logFilter, .logMoment, .logPrevious, .logAll, .logColumns, .logSave, .logClear, .logZone,
    ]
}
