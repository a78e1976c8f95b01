import Engine

/// One kind of thing that a prune removes: what would go and how much that is, told before anybody is asked.
struct PrunePart: Sendable {
    /// Something that would go.
    struct Item: Sendable {
        /// As docker prints it when it has gone.
        var name: String
        /// As a person knows it.
        var label: String
        var bytes: Int64?
    }

    /// What came of it.
    struct Outcome: Sendable {
        /// Docker's lines.
        var lines: [String] = []
        var bytes: Int64 = 0

        /// The lines under docker's title; nothing without any.
        func list(_ title: String) -> String {
            lines.isEmpty ? "" : "\(title):\n" + lines.map { $0 + "\n" }.joined() + "\n"
        }
    }

    /// Docker's title of the list: `Deleted Volumes`.
    let title: String
    let items: [Item]
    /// What all of it takes, where that is not the items' sum.
    private let total: Int64?
    /// Items share what they take with each other: only the difference tells what has gone.
    private let sharesBytes: Bool
    /// What is done at last, with or without items; answers the bytes that it has given back.
    private let finish: @Sendable (any ContainerEngine) async throws -> Int64
    private let remove: @Sendable (any ContainerEngine, Item) async throws -> [String]
    /// Removes all of them at once, where the engine does that.
    private let removeAll: (@Sendable (any ContainerEngine) async throws -> Outcome)?

    /// A list longer than this is cut in the question: nobody reads it.
    private static let longest = 20

    init(
        title: String, items: [Item], total: Int64? = nil, sharesBytes: Bool = false,
        finish: @escaping @Sendable (any ContainerEngine) async throws -> Int64 = { _ in 0 },
        remove: @escaping @Sendable (any ContainerEngine, Item) async throws -> [String]
    ) {
        self.title = title
        self.items = items
        self.total = total
        self.sharesBytes = sharesBytes
        self.finish = finish
        self.remove = remove
        removeAll = nil
    }

    /// A part that the engine removes in one go.
    init(
        title: String, items: [Item], removeAll: @escaping @Sendable (any ContainerEngine) async throws -> Outcome
    ) {
        self.title = title
        self.items = items
        total = nil
        sharesBytes = false
        finish = { _ in 0 }
        remove = { _, _ in [] }
        self.removeAll = removeAll
    }

    /// Bytes of what would go.
    var bytes: Int64 { total ?? items.compactMap(\.bytes).reduce(0, +) }

    /// `3, 12.4MB`
    var summary: String {
        let size = HumanSize.decimal(UInt64(max(0, bytes)))
        return items.contains { $0.bytes != nil } ? "\(items.count), \(size)" : "\(items.count)"
    }

    /// What would go, a line each.
    var lines: [String] {
        var lines = items.prefix(Self.longest).map { item in
            let size = item.bytes.map { "  \(HumanSize.decimal(UInt64(max(0, $0))))" } ?? ""
            return "      \(GoText.harmless(item.label))\(size)"
        }
        if items.count > Self.longest { lines.append("      … and \(items.count - Self.longest) more") }
        return lines
    }

    /// Removes it; what somebody has begun to use meanwhile stays, and other failures are told.
    func carryOut(_ context: CommandContext) async throws -> Outcome {
        let engine = try context.engine
        if let removeAll { return try await removeAll(engine) }
        var outcome = Outcome()
        let before = sharesBytes && !items.isEmpty ? try await engine.diskUsage().layers : 0
        for item in items {
            do {
                outcome.lines += try await remove(engine, item)
                outcome.bytes += item.bytes ?? 0
            } catch let error as EngineError where error.code == .notFound || error.code == .conflict {
                // Somebody else was quicker: it has gone, or is in use now.
            } catch let error as EngineError {
                try await context.warn(error.description)
            }
        }
        if sharesBytes, !items.isEmpty { outcome.bytes = max(0, before - (try await engine.diskUsage().layers)) }
        outcome.bytes += try await finish(engine)
        return outcome
    }

    /// Asks with what would go beneath `warning`, unless that is `nil`; then removes it and tells what has gone.
    func askAndCarryOut(_ warning: String?, _ context: CommandContext) async throws -> Int32 {
        if let warning {
            guard try await Confirmation.ask(([warning] + lines).joined(separator: "\n")) else { return 0 }
        }
        let done = try await carryOut(context)
        try await context.print(done.list(title))
        try await context.print("Total reclaimed space: \(HumanSize.decimal(UInt64(max(0, done.bytes))))\n")
        return 0
    }
}
