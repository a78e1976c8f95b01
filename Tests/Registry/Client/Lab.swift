import Engine
import HTTP
import Harness
import OCI
import Synchronization

@testable import Registry

/// A scripted registry and a client that loses no time between its tries.
struct Lab {
    let server: ScriptedServer
    let client: RegistryClient
    /// `127.0.0.1:PORT/app:latest`.
    let reference: ImageReference

    /// Runs `body` with a registry whose `GET /v2/` needs no word in the script.
    static func run(
        configure: (inout RegistryConfiguration, _ host: String) -> Void = { _, _ in },
        tune: (inout RegistryClient.Tuning) -> Void = { _ in },
        cutting cut: @escaping ScriptedServer.Cut = { _ in nil },
        script: @escaping ScriptedServer.Script, _ body: (Lab) async throws -> Void
    ) async throws {
        let server = try ScriptedServer(cutting: cut) { request in
            let answer = script(request)
            return request.target == "/v2/" && answer.isUnknown ? .status(200, body: "{}") : answer
        }
        defer { server.stop() }
        var configuration = RegistryConfiguration()
        configure(&configuration, server.host)
        var tuning = RegistryClient.Tuning()
        tuning.backoff.base = 0.001
        // Other tests may hold every thread for a while: nothing here may depend on time.
        tuning.http.idleTimeout = 600
        tuning.http.connectTimeout = 600
        tune(&tuning)
        let client = RegistryClient(configuration, tuning: tuning)
        let lab = Lab(server: server, client: client, reference: try ImageReference("\(server.host)/app:latest"))
        do {
            try await body(lab)
        } catch {
            await client.close()
            throw error
        }
        await client.close()
    }

    /// Requests without the first `GET /v2/`.
    var lines: [String] { server.lines.filter { $0 != "GET /v2/" } }
}

extension ScriptedAnswer {
    /// What a script answers to what it does not know.
    static var unknown: ScriptedAnswer {
        .status(404, [("X-Unknown", "1")], body: #"{"errors":[{"code":"NAME_UNKNOWN"}]}"#)
    }

    fileprivate var isUnknown: Bool {
        guard case .bytes(let head) = pieces.first else { return false }
        return String(decoding: head, as: UTF8.self).contains("X-Unknown")
    }

    static func manifest(_ text: String, _ headers: [(String, String)] = []) -> ScriptedAnswer {
        .status(
            200,
            [("Content-Type", MediaType.manifest), ("Docker-Content-Digest", "\(Digest(of: Array(text.utf8)))")]
                + headers,
            body: text)
    }
}

/// The engine's error that `body` throws; `nil` when it throws none or another.
func failure<Value>(_ body: () async throws -> Value) async -> EngineError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? EngineError
    }
}
