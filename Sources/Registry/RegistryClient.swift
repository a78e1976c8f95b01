import Engine
import HTTP
import LinuxSystem
import OCI
import Synchronization

/// Speaks to registries by the distribution specification 1.1, with the credentials, mirrors and trust of a
/// configuration.
///
/// Can be used by many tasks at once. Throws `EngineError`, or `CancellationError` when its task is cancelled:
/// `.denied` when a registry refuses, `.unreachable` when it does not answer, `.notFound` for what it does not have,
/// `.corrupted` for what is not what its digest or size says, `.unsupported` for what neither side can do.
public final class RegistryClient: Sendable {
    /// What tests set otherwise.
    struct Tuning: Sendable {
        var backoff = Backoff()
        var hub = EndpointTable.Hub()
        /// Bytes of an upload that go in one request.
        var chunk: Int64 = 16 << 20
        var http = HTTPOptions()
    }

    /// Seconds for which a mirror that cannot be reached is not asked again.
    private static let rest: Int64 = 300

    let configuration: RegistryConfiguration
    let tuning: Tuning
    let transport: RegistryTransport
    private let connectors: Connectors
    /// Mirrors that could not be reached, and until when they are passed over (seconds, monotonic).
    private let resting = Mutex<[Endpoint: Int64]>([:])

    /// Makes a client; nothing is opened before the first request.
    public convenience init(_ configuration: RegistryConfiguration) { self.init(configuration, tuning: Tuning()) }

    init(_ configuration: RegistryConfiguration, tuning: Tuning) {
        self.configuration = configuration
        self.tuning = tuning
        connectors = Connectors(configuration, options: tuning.http)
        let authenticator = Authenticator(
            store: configuration.credentials, connectors: connectors, userAgent: configuration.userAgent)
        transport = RegistryTransport(
            table: EndpointTable(hosts: configuration.hosts, hub: tuning.hub), authenticator: authenticator,
            connectors: connectors, userAgent: configuration.userAgent)
    }

    /// Closes connections. The client cannot be used afterwards.
    public func close() async { await connectors.close() }

    // MARK: - What all requests have in common

    /// Sends a call; an answer whose status `isGood` is given back unread, every other one is an error in words.
    /// - Throws: `Retryable` when the same may do better later.
    func exchange(
        _ call: RegistryCall, with endpoint: Endpoint, about subject: Subject,
        isGood: (Int) -> Bool = { (200...299).contains($0) }
    ) async throws -> RegistryAnswer {
        let answer = try await translated(endpoint, subject) { try await self.transport.send(call, to: endpoint) }
        guard !isGood(answer.status) else { return answer }
        let refusal = await Refusal(answer)
        let error = refusal.error(subject)
        guard refusal.isTransient else { throw error }
        throw Retryable(error: error, retryAfter: refusal.retryAfter)
    }

    /// Tells failures of connections in words.
    /// - Throws: `Retryable` when the same may do better later.
    func translated<Value>(
        _ endpoint: Endpoint, _ subject: Subject, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let failure as HTTPFailure {
            if failure == .cancelled || Task.isCancelled { throw CancellationError() }
            let directory = configuration.certificateDirectories.first ?? "/etc/docker/certs.d"
            let error = failure.error(
                tried: subject.tried(endpoint.registry), registry: endpoint.registry,
                directory: "\(directory)/\(endpoint.registry)")
            guard Backoff.isTransient(failure, hasAnswered: transport.hasAnswered(endpoint)) else { throw error }
            throw Retryable(error: error, retryAfter: nil)
        }
    }

    /// A loop of tries for one endpoint; a mirror gets fewer, for there is somebody else to ask.
    func retries(
        of endpoint: Endpoint, retrying: @escaping @Sendable (String) -> Void = { _ in }
    ) -> RetryLoop {
        RetryLoop(tuning.backoff, attempts: endpoint.isMirror ? 2 : Backoff.attempts, retrying: retrying)
    }

    /// Asks the mirrors of a registry one after the other, and last the registry itself, until one has an answer.
    ///
    /// What `isFinal` says of an error ends it at once: it is not the mirror's fault.
    func throughMirrors<Value>(
        _ registry: String, retrying: @escaping @Sendable (String) -> Void = { _ in },
        isFinal: (any Error) -> Bool = { _ in false }, _ body: (Endpoint) async throws -> Value
    ) async throws -> Value {
        let now = Clock.monotonic() / 1_000_000_000
        for mirror in transport.table.mirrors(registry) where resting.withLock({ $0[mirror, default: 0] <= now }) {
            do {
                return try await body(mirror)
            } catch {
                if error is CancellationError || Task.isCancelled || isFinal(error) { throw error }
                if (error as? EngineError)?.code == .unreachable {
                    resting.withLock { $0[mirror] = now + Self.rest }
                }
                if (error as? EngineError)?.code != .notFound {
                    retrying("the mirror \(mirror.authority) failed (\(error)); asking the next one")
                }
            }
        }
        return try await body(transport.table.upstream(registry))
    }

    /// A JSON document of at most 4 MiB.
    func document(_ answer: RegistryAnswer, _ subject: Subject) async throws -> [UInt8] {
        let limit = 4 << 20
        if let length = answer.response.contentLength, length > limit {
            throw EngineError(
                .corrupted,
                "\(answer.endpoint.registry) answers with \(length) bytes for \(subject.thing), more than 4 MiB")
        }
        return try await translated(answer.endpoint, subject) {
            do {
                return try await answer.response.body.collect(limit: limit)
            } catch HTTPFailure.tooLong {
                throw EngineError(
                    .corrupted, "\(answer.endpoint.registry) answers with more than 4 MiB for \(subject.thing)")
            }
        }
    }
}
