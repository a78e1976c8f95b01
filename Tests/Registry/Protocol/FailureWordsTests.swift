import Engine
import Foundation
import HTTP
import Harness
import OCI
import Testing

@testable import Registry

struct FailureWordsTests {
    private func error(_ failure: HTTPFailure) -> EngineError {
        failure.error(
            tried: "pull app from lab.example", registry: "lab.example", directory: "/etc/docker/certs.d/lab.example")
    }

    @Test func anUnknownAuthorityIsToldWithThePlaceForItsCertificate() {
        let error = error(.tls("lab.example", .unknownAuthority))
        #expect(error.code == .unreachable)
        #expect(
            error.message
                == "cannot pull app from lab.example: no TLS with lab.example: its certificate is signed by an authority "
                + "that is not trusted here")
        #expect(error.hint?.contains("/etc/docker/certs.d/lab.example/ca.crt") == true)
    }

    @Test func plainHTTPWhereTLSIsExpectedIsToldWithTheSetting() {
        #expect(
            error(.tls("lab.example", .notTLS)).hint
                == "if it speaks plain HTTP, mark lab.example as insecure in the configuration")
    }

    @Test func everyFailureIsASentenceAndNoneOfTheLibrarysNames() {
        let failures: [HTTPFailure] = [
            .unknownHost("a"), .refused("a"), .noRoute("a", reason: "b"), .connectTimedOut("a"), .idle("a"),
            .closedEarly("a"), .proxyRefused(reason: "b"), .malformed("a", reason: "b"),
            .unusableFile("a", reason: "b"),
        ]
        for failure in failures {
            #expect(error(failure).message.hasPrefix("cannot pull app from lab.example: "))
            #expect(!error(failure).message.contains("NIO"))
        }
    }
}

struct CertificateDirectoriesTests {
    @Test func authoritiesAndCertificatesAreFoundByHostAndPort() throws {
        let top = try TemporaryDirectory.make("spyhop-certs")
        defer { try? FileManager.default.removeItem(atPath: top) }
        for path in [
            "lab.example:5000/b.crt", "lab.example:5000/a.crt", "lab.example:5000/me.cert", "lab.example:5000/me.key",
            "lab.example/other.crt", "lab.example:5000/notes.txt", "broken.example/me.cert",
        ] {
            let file = "\(top)/\(path)"
            try FileManager.default.createDirectory(
                atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try "x".write(toFile: file, atomically: true, encoding: .utf8)
        }
        let directories = CertificateDirectories(paths: ["\(top)/missing", top])
        let trust = try directories.trust(for: ["lab.example:5000"])
        #expect(trust.authorities == ["\(top)/lab.example:5000/a.crt", "\(top)/lab.example:5000/b.crt"])
        #expect(trust.identity?.key == "\(top)/lab.example:5000/me.key")
        #expect(try directories.trust(for: ["..", "nobody.example"]) == HTTPTrust())
        #expect(throws: EngineError.self) { try directories.trust(for: ["broken.example"]) }
    }
}

struct SharedFetchesTests {
    @Test func aFailureIsNotKept() async throws {
        struct Failure: Error {}
        let fetches = SharedFetches<String, Int>()
        await #expect(throws: Failure.self) { try await fetches.value("a") { throw Failure() } }
        #expect(try await fetches.value("a") { 7 } == 7)
        #expect(try await fetches.value("a") { throw Failure() } == 7)
    }

    @Test func whatIsStaleIsFetchedAnew() async throws {
        let fetches = SharedFetches<String, Int>()
        let counter = Counter()
        #expect(try await fetches.value("a") { counter.next() } == 1)
        #expect(try await fetches.value("a", isGood: { $0 > 1 }) { counter.next() } == 2)
        fetches.forget("a") { $0 == 7 }
        #expect(try await fetches.value("a") { counter.next() } == 2)
        fetches.forget("a") { $0 == 2 }
        #expect(try await fetches.value("a") { counter.next() } == 3)
    }
}
