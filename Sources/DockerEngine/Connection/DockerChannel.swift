import Engine
import HTTP

/// A connection that has become a channel of bytes between us and a process in a container.
final class DockerChannel: Sendable {
    /// Output and errors come in frames (`application/vnd.docker.multiplexed-stream`); older engines do not tell.
    let type: String
    private let connection: HTTPConnection
    private let client: DockerClient
    private let call: DockerCall

    init(_ connection: HTTPConnection, _ client: DockerClient, _ call: DockerCall, type: String) {
        self.connection = connection
        self.client = client
        self.call = call
        self.type = type
    }

    deinit { connection.close() }

    /// The next bytes; `nil` when the other side has ended.
    func next() async throws -> [UInt8]? {
        do { return try await connection.next() } catch { throw client.told(error, call) }
    }

    func write(_ bytes: [UInt8]) async throws {
        do { try await connection.write(bytes) } catch { throw client.told(error, call) }
    }

    func closeInput() async throws {
        do { try await connection.closeInput() } catch { throw client.told(error, call) }
    }

    func close() { connection.close() }
}
