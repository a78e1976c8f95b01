import Engine

/// Looks for text in a file of a container, whatever the case of ASCII letters, stretch by stretch.
struct SearchFile: Errand {
    enum Answer: Sendable {
        /// So far it has come.
        case progress(ContainerPath, Int64)
        /// Where it is; `nil` when it is nowhere further.
        case found(ContainerPath, Int64?)
        case failed(ContainerPath, EngineError)
    }

    var container: ContainerID
    var path: ContainerPath
    var needle: String
    var start: Int64
    var direction: Int

    static let place = "search"
    var slot: String? { Self.place }

    private static let stretch = 4 << 20

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let wanted = needle.utf8.map(ByteSearch.lower)
        guard !wanted.isEmpty else { return }
        let result = await services.result {
            direction > 0
                ? try await forward(wanted, services, answer) : try await backward(wanted, services, answer)
        }
        switch result {
        case .success(let place): await answer(Answer.found(path, place))
        case .failure(let error): await answer(Answer.failed(path, error))
        }
    }

    private func forward(
        _ wanted: [UInt8], _ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void
    ) async throws -> Int64? {
        var offset = start
        while !Task.isCancelled {
            let part = try await services.engine.readFile(
                path, in: container.rawValue, from: offset, count: Self.stretch)
            if let place = ByteSearch.first(wanted, in: part.bytes, from: 0, ignoringCase: true) {
                return offset + Int64(place)
            }
            guard part.bytes.count == Self.stretch else { return nil }
            // What lies across two stretches is in the next one.
            offset += Int64(Self.stretch - wanted.count + 1)
            await answer(Answer.progress(path, offset))
        }
        return nil
    }

    private func backward(
        _ wanted: [UInt8], _ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void
    ) async throws -> Int64? {
        var end = start
        while !Task.isCancelled, end > 0 {
            let first = max(0, end - Int64(Self.stretch))
            let count = Int(end - first) + wanted.count - 1
            let part = try await services.engine.readFile(path, in: container.rawValue, from: first, count: count)
            let bytes = part.bytes
            var last: Int?
            var from = 0
            while let place = ByteSearch.first(wanted, in: bytes, from: from, ignoringCase: true),
                first + Int64(place) < start
            {
                last = place
                from = place + 1
            }
            if let last { return first + Int64(last) }
            end = first
            await answer(Answer.progress(path, end))
        }
        return nil
    }
}
