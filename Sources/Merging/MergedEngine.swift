import Engine
import Synchronization

/// Several engines as one.
///
/// What is listed says of which engine it is. A reference leads to the engine that has what it names; where several have it
/// `docker::web` says which. What is made is made in the first engine, unless the reference names another.
public final class MergedEngine: Sendable {
    /// One of the engines.
    public struct Member: Sendable {
        /// What it is called; the names of all are different.
        public var name: String
        /// The engine.
        public var engine: any ContainerEngine
        /// Tells how it is doing; `nil` for one that is always there.
        public var overview: (any EngineOverview)?
        /// How it is doing where nobody tells.
        public var status: EngineStatus

        /// An engine that is always there.
        public init(_ engine: any ContainerEngine, status: EngineStatus) {
            name = status.name
            self.engine = engine
            overview = nil
            self.status = status
        }

        /// An engine that may go away.
        public init(_ engine: any ContainerEngine & EngineOverview, named name: String, kind: EngineStatus.Kind) {
            self.name = name
            self.engine = engine
            overview = engine
            status = EngineStatus(name: name, kind: kind, address: "")
        }

        var statuses: [EngineStatus] { overview?.engineStatuses() ?? [status] }
    }

    /// The engines, the one in which things are made first.
    public let members: [Member]
    /// Whose the containers are that have been seen, by their identifiers.
    private let owners = Mutex<[String: String]>([:])
    /// The only one that is listed, and in which things are made.
    let chosen = Mutex<String?>(nil)

    /// Puts engines together; there must be one at least.
    public init(_ members: [Member]) { self.members = members }

    /// What all of them together are called.
    public var name: String { members.count == 1 ? members[0].name : "all" }

    // MARK: - Finding

    /// The engine that has a name.
    /// - Throws: `.invalidArgument` telling which there are.
    func member(_ name: String) throws(EngineError) -> Member {
        if let member = members.first(where: { $0.name == name }) { return member }
        throw EngineError(
            .invalidArgument, "there is no engine \"\(name)\" here",
            hint: "engines are \(members.map(\.name).joined(separator: ", "))")
    }

    /// Where something is to be made, and what it is called there.
    func target(_ text: String) throws(EngineError) -> (Member, String) {
        let reference = EngineReference(text)
        if let name = reference.engine { return (try member(name), reference.reference) }
        guard let first = listed.first else { throw EngineError(.unsupported, "there is no engine") }
        return (first, text)
    }

    /// The engine that has what a reference names; all are asked at once where it does not say.
    func holder<Found: Sendable>(
        of text: String, _ kind: String, _ ask: @escaping @Sendable (any ContainerEngine, String) async throws -> Found
    ) async throws -> (Member, String, Found?) {
        let reference = EngineReference(text)
        if let name = reference.engine { return (try member(name), reference.reference, nil) }
        if members.count == 1, let only = members.first { return (only, text, nil) }
        if let owner = owners.withLock({ $0[text] }), let known = members.first(where: { $0.name == owner }) {
            return (known, text, nil)
        }
        let answers = await answers { engine in try await ask(engine, text) }
        return try EngineChoice.choose(text, kind, answers).map { ($0.0, text, $0.1) }.get()
    }

    /// The engine that has a container.
    func container(_ text: String) async throws -> (engine: any ContainerEngine, reference: String, name: String) {
        let (member, reference, found) = try await holder(of: text, "container") { try await $0.container($1) }
        // The identifier means the same even when two containers have one name by now.
        return (member.engine, found?.id.rawValue ?? reference, member.name)
    }

    /// Those whose things are listed.
    var listed: [Member] {
        guard let name = chosen.withLock({ $0 }) else { return members }
        return members.filter { $0.name == name }
    }

    /// Asks all at once; the answers in the engines' order.
    func answers<Answer: Sendable>(
        of members: [Member]? = nil, _ ask: @escaping @Sendable (any ContainerEngine) async throws -> Answer
    ) async -> [(Member, Result<Answer, any Error>)] {
        let members = members ?? self.members
        return await withTaskGroup(of: (Int, Result<Answer, any Error>).self) { group in
            for (place, member) in members.enumerated() {
                group.addTask {
                    do { return (place, .success(try await ask(member.engine))) } catch {
                        return (place, .failure(error))
                    }
                }
            }
            var found: [Int: Result<Answer, any Error>] = [:]
            for await (place, result) in group { found[place] = result }
            return members.enumerated().compactMap { place, member in found[place].map { (member, $0) } }
        }
    }

    /// What all engines together have; one that fails is left out as long as another answers, for its state is told apart
    /// from this.
    func all<Element: Sendable>(
        _ ask: @escaping @Sendable (any ContainerEngine) async throws -> [Element]
    ) async throws -> [(Member, Element)] {
        let answers = await answers(of: listed, ask)
        var elements: [(Member, Element)] = []
        var failure: (any Error)?
        var isAnswered = false
        for (member, answer) in answers {
            switch answer {
            case .success(let own):
                isAnswered = true
                elements += own.map { (member, $0) }
            case .failure(let error): failure = failure ?? error
            }
        }
        if let failure, !isAnswered { throw failure }
        return elements
    }

    /// Notes whose a container is.
    func remember(_ id: String, of owner: String) { owners.withLock { $0[id] = owner } }

    /// Notes whose the containers are, and forgets all others.
    func remember(_ containers: [Container]) {
        var table: [String: String] = [:]
        for container in containers { table[container.id.rawValue] = container.engine }
        let known = table
        owners.withLock { $0 = known }
    }
}

extension MergedEngine: EngineOverview {
    /// All engines, in their order.
    public func engineStatuses() -> [EngineStatus] { members.flatMap(\.statuses) }

    /// From now on this one's things alone are listed.
    public func chooseEngine(_ name: String?) { chosen.withLock { $0 = name } }

    /// All engines whenever one has changed.
    public func engineNews() -> AsyncStream<[EngineStatus]> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: [EngineStatus].self, bufferingPolicy: .bufferingNewest(1))
        let tasks = members.compactMap(\.overview).map { overview in
            Task { [weak self] in
                for await _ in overview.engineNews() {
                    guard let self else { return }
                    continuation.yield(self.engineStatuses())
                }
            }
        }
        continuation.yield(engineStatuses())
        continuation.onTermination = { _ in for task in tasks { task.cancel() } }
        return stream
    }
}
