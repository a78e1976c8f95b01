import Engine
import Search
import Synchronization

/// Writes logs to a file, page by page, as long as they are.
struct LogSaving: Errand {
    static let shown = "the shown ones"
    static let all = "all"

    struct Outcome: Sendable {
        var result: Result<String, EngineError>
    }

    var query: LogQuery
    var path: String
    var hasTimes: Bool
    var hasColours: Bool

    var slot: String? { "save" }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        guard let write = services.host.writeFile else {
            let error = EngineError(.unsupported, words("this dashboard was started without a way to write files"))
            return await answer(Outcome(result: .failure(error)))
        }
        let pages = LogPages(LogLibrary(engine: services.engine, query: query))
        let count = Mutex(0)
        let result = await services.result {
            let path = try await write(path) {
                guard let lines = try await pages.next() else { return nil }
                count.withLock { $0 += lines.count }
                return lines.flatMap { bytes(of: $0) }
            }
            let lines = count.withLock { $0 }
            return words("saved \(Format.count(lines, "line")) to \(path)")
        }
        await answer(Outcome(result: result))
    }

    func bytes(of line: LogWindow.Line) -> [UInt8] {
        var bytes: [UInt8] = []
        if hasTimes { bytes += Array("\(line.time.rfc3339) ".utf8) }
        if query.sources.count > 1, query.sources.indices.contains(line.source) {
            bytes += Array("\(query.sources[line.source].name) ".utf8)
        }
        bytes += hasColours ? line.bytes : EscapeSequences.plain(line.bytes)
        bytes.append(0x0a)
        return bytes
    }
}

/// All pages of logs, from the oldest line to the newest.
private actor LogPages {
    private let library: LogLibrary
    private var cursors: [LogPageRequest.Cursor]
    private var isOver = false

    init(_ library: LogLibrary) {
        self.library = library
        cursors = Array(repeating: .beginning, count: library.query.sources.count)
    }

    func next() async throws -> [LogWindow.Line]? {
        guard !isOver else { return nil }
        let (lines, isLast) = try await library.page(cursors, count: 5000)
        isOver = isLast
        for source in cursors.indices {
            if let last = lines.last(where: { $0.source == source }) { cursors[source] = .after(last.place) }
        }
        return lines
    }
}
