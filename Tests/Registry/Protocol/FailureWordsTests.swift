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
                == "cannot pull app from lab.example: no TLS with lab.example: its certificate is signed "
                + "by an authority that is not trusted here")
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
