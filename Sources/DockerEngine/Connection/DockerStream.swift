import Engine
import HTTP
import Synchronization

/// The body of an answer, by pulling. Let go before its end, its connection is closed.
final class DockerStream: Sendable {
    let status: Int
    let headers: HTTPHeaders
    private let connection: HTTPConnection
    private let client: DockerClient
    private let call: DockerCall
    private let isOver = Atomic(false)

    init(_ connection: HTTPConnection, _ answer: HTTPExchange.Answer, _ client: DockerClient, _ call: DockerCall) {
        self.connection = connection
        self.client = client
        self.call = call
        status = answer.status
        headers = answer.headers
    }

    deinit { if !isOver.load(ordering: .relaxed) { connection.close() } }

    /// The next bytes; `nil` at the end.
    func next() async throws -> [UInt8]? {
        if isOver.load(ordering: .relaxed) { return nil }
        do {
            if let piece = try await connection.next() { return piece }
        } catch {
            throw client.told(error, call)
        }
        isOver.store(true, ordering: .relaxed)
        client.keep(connection)
        return nil
    }

    /// All that remains.
    /// - Throws: `.corrupted` when it is longer.
    func all(upTo limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try await next() {
            bytes += piece
            if bytes.count > limit { throw client.told(HTTPFailure.tooLong(limit: limit), call) }
        }
        return bytes
    }

    /// Ends it, also while somebody waits for its next bytes.
    func close() { connection.close() }
}
