import Engine
import Harness
import OCI
import Synchronization
import Testing

@testable import Registry

/// Files fetched from a scripted server.
struct WebDownloadTests {
    private static func fetch(
        _ path: String, limit: Int64 = 1 << 20, _ script: @escaping ScriptedServer.Script
    ) async throws -> (file: WebDownload.File, text: String) {
        let server = try ScriptedServer(script: script)
        defer { server.stop() }
        let web = WebDownload(RegistryConfiguration(), limit: limit)
        let bytes = Mutex<[UInt8]>([])
        do {
            let file = try await web.fetch("http://\(server.host)\(path)") { piece in bytes.withLock { $0 += piece } }
            await web.close()
            return (file, String(decoding: bytes.withLock(\.self), as: UTF8.self))
        } catch {
            await web.close()
            throw error
        }
    }

    private static func code(
        _ path: String, limit: Int64 = 1 << 20, _ script: @escaping ScriptedServer.Script
    ) async throws -> EngineError.Code? {
        do {
            _ = try await fetch(path, limit: limit, script)
            return nil
        } catch let error as EngineError {
            return error.code
        }
    }

    @Test func aFileIsToldWithDigestAndDate() async throws {
        let (file, text) = try await Self.fetch("/dir/a%20name.txt?x=1") { _ in
            .status(200, [("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT")], body: "content")
        }
        #expect(text == "content")
        #expect(file.digest == Digest(of: Array("content".utf8)))
        #expect(file.size == 7)
        #expect(file.name == "a name.txt")
        #expect(file.modifiedAt?.rfc3339.hasPrefix("1994-11-06T08:49:37") == true)
    }

    @Test func aServersNameCountsButItsDirectoriesDoNot() async throws {
        let (file, _) = try await Self.fetch("/x") { _ in
            .status(200, [("Content-Disposition", "attachment; filename=\"../../etc/pass\\\"wd\"")], body: "")
        }
        #expect(file.name == "pass\"wd")
        #expect(try await Self.fetch("/dir/") { _ in .status(200, body: "") }.file.name == "")
        #expect(try await Self.fetch("/dir/..") { _ in .status(200, body: "") }.file.name == "")
    }

    @Test func redirectsAreFollowedAndTheFirstAddressNamesTheFile() async throws {
        let (file, text) = try await Self.fetch("/first.tar") { request in
            switch request.path {
            case "/first.tar": .status(302, [("Location", "/second")])
            case "/second": .status(301, [("Location", "third?a=b")])
            default: .status(200, body: request.target)
            }
        }
        #expect(text == "/third?a=b")
        #expect(file.name == "first.tar")
        let circle = try await Self.code("/round") { _ in .status(302, [("Location", "/round")]) }
        #expect(circle == .unreachable)
        #expect(
            try await Self.code("/away") { _ in .status(302, [("Location", "file:///etc/passwd")]) } == .unreachable)
    }

    @Test func whatIsNotThereOrTooLargeIsRefused() async throws {
        #expect(try await Self.code("/none") { _ in .status(404) } == .notFound)
        #expect(try await Self.code("/secret") { _ in .status(403) } == .denied)
        #expect(try await Self.code("/broken") { _ in .status(500) } == .unreachable)
        #expect(try await Self.code("/large", limit: 4) { _ in .status(200, body: "12345") } == .invalidArgument)
        let web = WebDownload(RegistryConfiguration())
        for address in ["ftp://host/file", "no address", "http://user:word@host/"] {
            await #expect(throws: EngineError.self) { _ = try await web.fetch(address) { _ in } }
        }
        await web.close()
    }

    @Test(arguments: [
        ("attachment; filename=plain.txt", "plain.txt"), ("attachment; a=b; filename=\"two words\"; c=d", "two words"),
        ("inline", nil), ("attachment; filename=", nil), ("attachment; filename", nil), (";;;filename==", nil),
    ]) func dispositionsAreRead(field: String, name: String?) {
        #expect(ContentDisposition.fileName(field) == name)
    }

    @Test(arguments: ["", "Sun, 6 Nov 94", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT"])
    func whatIsNoDateIsNone(text: String) { #expect(HTTPDate(text) == nil) }
}
