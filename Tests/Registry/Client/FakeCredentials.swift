import HTTP
import Harness
import OCI
import Synchronization

@testable import Registry

/// Credentials by host, and who has asked.
struct FakeCredentials: CredentialStoring {
    var kept: [String: RegistryCredentials]
    func credentials(for registry: String) async throws -> RegistryCredentials? { kept[registry] }
    func store(_ credentials: RegistryCredentials, for registry: String) async throws -> String { "" }
    func erase(_ registry: String) async throws -> Bool { false }
}
