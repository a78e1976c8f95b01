import Engine
import Foundation
import HTTP
import Harness
import OCI
import Testing

@testable import Registry

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
