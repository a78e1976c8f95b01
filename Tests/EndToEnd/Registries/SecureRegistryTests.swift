import Foundation
import Harness
import Testing

/// TLS, own authorities, and registries that are reached in special ways.
@Suite(.needsRoot, .needsRegistry)
struct SecureRegistryTests {
    /// An address that is not loopback, which docker trusts without certificates.
    private static let host = "192.0.2.1"

    private func with(_ body: (Workplace, CertificateAuthority, RegistryServer) throws -> Void) throws {
        try Workplace.with { (place) throws in
            let ip = Programs.installed("ip") ?? "/sbin/ip"
            let words = [ip, "address", "add", "\(Self.host)/32", "dev", "lo"]
            #expect(try Command.run(words, scratch: place.directory).code == 0)
            let authority = try CertificateAuthority(in: place.directory)
            let registry = try RegistryServer(in: place.directory, host: Self.host, port: 5443, authority: authority)
            try body(place, authority, registry)
        }
    }

    @Test func anAuthorityOfOnesOwnIsTrustedWhereItIsNamed() throws {
        try with { place, authority, registry in
            let name = "\(registry.address)/box"
            try place.succeed("tag", "busybox", name)
            let refused = try place.transfer("push", name)
            #expect(refused.code == 1)
            #expect(refused.errors.contains("certs.d") && refused.errors.contains("certificate"), "\(refused.errors)")

            try place.trust(authority.path, for: registry.address)
            try place.succeed("push", name)
            try place.succeed("rmi", name)
            try place.succeed("pull", name)
            #expect(try place.run("run", "--rm", name, "echo", "secure").output == "secure\n")
        }
    }

    @Test func anInsecureRegistryIsTakenWhereItIsConfigured() throws {
        try with { place, _, registry in
            try place.succeed("tag", "busybox", "\(registry.address)/box")
            try place.configure(#"registries: {"\#(registry.address)": {insecure: true}}"#)
            try place.succeed("push", "\(registry.address)/box")

            let plain = try RegistryServer(in: place.directory, host: Self.host, port: 5080)
            try place.succeed("tag", "busybox", "\(plain.address)/box")
            let refused = try place.transfer("push", "\(plain.address)/box")
            #expect(refused.code == 1)
            #expect(refused.errors.contains("insecure"), "\(refused.errors)")
            try place.configure(#"registries: {"\#(plain.address)": {insecure: true}}"#)
            try place.succeed("push", "\(plain.address)/box")
        }
    }
}
