import Engine
import Search

@testable import Dashboard

/// Logs of the harbour's containers, answered at once.
extension Scenery {
    /// Lines of JSON, as many programs write them.
    static func jsonLog(_ count: Int) -> [LogLine] {
        (0..<count).map { number in
            let level = number % 7 == 3 ? "error" : number % 5 == 1 ? "warn" : "info"
            let text =
                #"{"level":"\#(level)","ts":"2027-01-15T08:00:0\#(number % 10).5Z","msg":"tide \#(number) is \#(level == "error" ? "late" : "in")","#
                + #""berth":\#(number % 4),"ship":{"name":"Orca","tonnes":\#(number * 10)}}"#
            return LogLine(
                time: now.advanced(by: .milliseconds((number - count) * 1500)), stream: .stdout, bytes: Array(text.utf8)
            )
        }
    }

    static func logLines(of id: ContainerID) -> [LogLine] {
        switch id {
        case self.id(0): log(300)
        case self.id(1): jsonLog(60)
        default: []
        }
    }

    /// All lines that a query is about, in order.
    static func lines(_ query: LogQuery, _ pattern: SearchPattern? = nil) -> [LogWindow.Line] {
        let selection = try? query.selection(pattern)
        let lists = query.sources.enumerated().map { source, container in
            var numbers = LiveNumbers(last: nil)
            return logLines(of: container.id).compactMap { numbers.placed($0) }
                .filter { selection?.holds(for: $0) == true }.map { LogWindow.Line($0, source: source) }
        }
        return LogMerge.merged(lists)
    }

    static func answer(_ request: LogRequest) -> LogAnswer.Content? {
        switch request.part {
        case .newest, .beginning:
            let lines = lines(request.query)
            if case .newest = request.part { return .newest(lines, isWhole: true) }
            return .page(lines, isLast: true)
        case .count(let pattern): return .counted(lines(request.query, pattern).count, exhausted: 0)
        case .rank(let pattern, let key, _):
            let matches = lines(request.query, pattern)
            return .ranked((matches.firstIndex { $0.key == key } ?? 0) + 1)
        case .starts: return .starts([now.advanced(by: .seconds(-250)), now.advanced(by: .seconds(-100))])
        default: return nil
        }
    }
}
