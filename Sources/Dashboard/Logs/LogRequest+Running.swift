import Engine
import Search
import Synchronization

extension LogRequest {
    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        // A selection on the move asks for many logs and needs none of them.
        if isDelayed { try? await Task.sleep(for: .milliseconds(120)) }
        guard !Task.isCancelled else { return }
        let (stream, continuation) = AsyncStream<LogAnswer.Content>.makeStream()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await carryOut(LogLibrary(engine: services.engine, query: query)) { continuation.yield($0) }
                continuation.finish()
            }
            for await content in stream {
                await answer(LogAnswer(generation: generation, part: part, content: content))
            }
            group.cancelAll()
        }
    }

    private func carryOut(_ library: LogLibrary, _ post: @escaping LogPost) async {
        do { try await work(library, post) } catch {
            guard !Task.isCancelled else { return }
            if let error = error as? PatternError {
                post(.failed(EngineError(.invalidArgument, "\(error)")))
            } else {
                post(.failed(EffectAnswers.engineError(error)))
            }
        }
    }

    private func work(_ library: LogLibrary, _ post: @escaping LogPost) async throws {
        switch part {
        case .newest(let count):
            // Known before the lines, so that none comes between them unseen.
            let ends = try await library.ends()
            let cursors = Array(repeating: LogPageRequest.Cursor.end, count: query.sources.count)
            let (lines, isWhole) = try await working(post) { progress in
                try await library.page(cursors, count: count, progress: progress)
            }
            post(.newest(lines, isWhole: isWhole))
            guard query.until == nil, follows else { return }
            try await library.follow(behind: ends, lines, since: query.since, post)
        case .following(let places, let since):
            try await library.follow(behind: places, [], since: since, post)
        case .beginning(let count):
            let (lines, isLast) = try await library.page(
                Array(repeating: .beginning, count: query.sources.count), count: count)
            post(.page(lines, isLast: isLast))
        case .older(let cursors, let count), .newer(let cursors, let count):
            let (lines, isLast) = try await working(post) {
                try await library.page(cursors, count: count, progress: $0)
            }
            post(.page(lines, isLast: isLast))
        case .around(let time, let count):
            let all = query.sources.count
            let (before, isStart) = try await library.page(
                Array(repeating: .earlier(time), count: all), count: count / 2)
            let (after, isEnd) = try await library.page(Array(repeating: .from(time), count: all), count: count / 2)
            post(.around(before + after, index: before.count, isStart: isStart, isEnd: isEnd))
        case .find(let pattern, let cursors, let direction, let count):
            try await find(pattern, cursors, direction, count, library, post)
        case .count(let pattern):
            try await Task.sleep(for: .milliseconds(40))
            let tally = try await working(post) { try await library.count(pattern, progress: $0) }
            post(.counted(tally.matches, exhausted: tally.exhausted))
        case .rank(let pattern, let key, let time):
            post(.ranked(try await library.rank(pattern, of: key, time)))
        case .starts: post(.starts(try await library.starts()))
        }
    }

    private func find(
        _ pattern: SearchPattern, _ cursors: [LogPageRequest.Cursor], _ direction: Int, _ count: Int,
        _ library: LogLibrary, _ post: @escaping LogPost
    ) async throws {
        let found = try await working(post) {
            try await library.page(cursors, count: 1, pattern: pattern, progress: $0).lines
        }
        guard let hit = direction < 0 ? found.last : found.first else { return post(.notFound) }
        let (lines, index, isStart, isEnd) = try await library.surroundings(of: hit, count: count)
        post(.around(lines, index: index, isStart: isStart, isEnd: isEnd))
    }

    /// Tells of the progress of long work, some times a second.
    private func working<Value: Sendable>(
        _ post: @escaping LogPost,
        _ work: @escaping @Sendable (@escaping LogProgress) async throws -> Value
    ) async throws -> Value {
        let state = ProgressState()
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work { fraction in state.fraction.withLock { $0 = fraction } } }
            group.addTask {
                while !Task.isCancelled {
                    try? await Task.sleep(for: .milliseconds(200))
                    let fraction = state.fraction.withLock { $0 }
                    if !Task.isCancelled, fraction > 0 { post(.progress(fraction)) }
                }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() { if let value { return value } }
            throw CancellationError()
        }
    }
}

private final class ProgressState: Sendable {
    let fraction = Mutex(0.0)
}

/// Takes what came of a request.
typealias LogPost = @Sendable (LogAnswer.Content) -> Void
