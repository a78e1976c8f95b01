import Engine

extension EffectAnswers {
    /// Reads the part of a log that a request is about and hands over what comes.
    func read(_ request: LogRequest, _ post: @Sendable (LogMessage) async -> Void) async {
        func message(_ content: LogMessage.Content) -> LogMessage {
            LogMessage(generation: request.generation, part: request.part, content: content)
        }
        do {
            switch request.part {
            case .newest(let tail):
                try await follow(request, LogOptions(follow: true, tail: tail, since: request.since)) {
                    await post(message($0))
                }
            case .following(let last):
                try await follow(request, LogOptions(follow: true, since: last)) { await post(message($0)) }
            case .before(let first, let count):
                await post(message(.page(try await page(request, before: first, count: count))))
            case .beginning(let count):
                let (lines, isEnd) = try await take(count, of: request, LogOptions(since: request.since))
                await post(message(.forward(lines, reachedEnd: isEnd)))
            case .after(let last, let count):
                let (lines, isEnd) = try await take(count, of: request, LogOptions(since: last))
                await post(message(.forward(lines, reachedEnd: isEnd)))
            }
        } catch {
            guard !Task.isCancelled else { return }
            await post(message(.failed(Self.engineError(error))))
        }
    }

    private func follow(
        _ request: LogRequest, _ options: LogOptions, _ post: (LogMessage.Content) async -> Void
    ) async throws {
        let reader = try await engine.logs(of: request.container.rawValue, options: options)
        while !Task.isCancelled, let lines = try await reader.next() {
            guard !Task.isCancelled else { return }
            await post(.lines(lines))
            // A chatterbox is read in gulps, so that it cannot keep the screen busy.
            try? await Task.sleep(for: .milliseconds(25))
        }
        if !Task.isCancelled { await post(.ended) }
    }

    /// The last `count` lines up to and including the moment `first`.
    private func page(_ request: LogRequest, before first: Timestamp, count: Int) async throws -> [LogLine] {
        let until = first.nanoseconds < .max ? Timestamp(nanoseconds: first.nanoseconds + 1) : first
        let (lines, _) = try await take(
            .max, of: request, LogOptions(tail: count, since: request.since, until: until))
        if lines.contains(where: { $0.time == first }) { return lines }
        // An engine that counts the tail before it cuts at `until`: all is read, little is kept.
        let reader = try await engine.logs(
            of: request.container.rawValue, options: LogOptions(since: request.since, until: until))
        var kept: [LogLine] = []
        while !Task.isCancelled, let more = try await reader.next() {
            kept += more
            if kept.count > 4 * count { kept.removeFirst(kept.count - count) }
        }
        return kept.suffix(count)
    }

    private func take(
        _ count: Int, of request: LogRequest, _ options: LogOptions
    ) async throws -> (lines: [LogLine], isEnd: Bool) {
        let reader = try await engine.logs(of: request.container.rawValue, options: options)
        var lines: [LogLine] = []
        while lines.count < count, !Task.isCancelled {
            guard let more = try await reader.next() else { return (lines, true) }
            lines += more
        }
        return (lines, false)
    }
}
