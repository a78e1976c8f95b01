import Engine
import FoundationEssentials
import Glibc
import LinuxSystem

/// What `config.json` says of credentials, and all the rest of it as it stands.
struct CredentialDocument {
    private var root: RawObject
    private let path: String

    /// Reads a file; one that is not there says nothing.
    /// - Throws: `EngineError` `.corrupted` with the place of the damage, `.system` when it cannot be read.
    static func read(_ path: String) throws(EngineError) -> CredentialDocument {
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try Files.read(path, limit: 4 << 20) } catch {
            guard error.number == ENOENT || error.number == ENOTDIR else {
                throw EngineError(.system, "cannot read the credentials in \(path): \(error.reason)")
            }
            return CredentialDocument(root: RawObject(), path: path)
        }
        do throws(RawFault) { return CredentialDocument(root: try RawObject(bytes), path: path) } catch {
            throw damage(path, error)
        }
    }

    /// The helper that answers for a registry: its own, else the one for all.
    func helper(_ key: CredentialKey) -> String? {
        if let own = try? root.object("credHelpers"), let found = key.found(among: own.members.map(\.key)),
            let name = own.string(found), !name.isEmpty
        {
            return name
        }
        return root.string("credsStore").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether the registry stands in the file.
    func has(_ key: CredentialKey) throws(EngineError) -> Bool { try entry(key) != nil }

    /// What the file itself has for a registry.
    func credentials(_ key: CredentialKey) throws(EngineError) -> RegistryCredentials? {
        guard let (name, entry) = try entry(key) else { return nil }
        if let token = entry.string("identitytoken"), !token.isEmpty { return .identityToken(token) }
        if let token = entry.string("registrytoken"), !token.isEmpty { return .registryToken(token) }
        if let auth = entry.string("auth"), !auth.isEmpty {
            guard let (username, password) = Self.decoded(auth) else {
                let place = "auths[\"\(printable(name))\"].auth"
                throw Self.damage(path, RawFault(place: nil, reason: "\(place) is not base64 of user:password"))
            }
            return .password(username: username, password: password)
        }
        guard let username = entry.string("username"), !username.isEmpty, let password = entry.string("password")
        else { return nil }
        return .password(username: username, password: password)
    }

    /// Sets what the file has for a registry; `nil` only lists it, as docker does for what a helper keeps.
    mutating func set(_ credentials: RegistryCredentials?, for key: CredentialKey) throws(EngineError) {
        var entry = RawObject()
        switch credentials {
        case .password(let username, let password):
            let auth = Data("\(username):\(password)".utf8).base64EncodedString()
            entry["auth"] = Array(JSONText.quoted(auth).utf8)
        case .identityToken(let token): entry["identitytoken"] = Array(JSONText.quoted(token).utf8)
        case .registryToken(let token): entry["registrytoken"] = Array(JSONText.quoted(token).utf8)
        case nil: break
        }
        var auths = try auths()
        // One that stands there in another spelling would be found first by others.
        if let old = key.found(among: auths.members.map(\.key)), old != key.written { auths[old] = nil }
        auths[key.written] = entry.rendered(depth: 2)
        root["auths"] = auths.rendered(depth: 1)
    }

    /// Takes a registry out, in every spelling.
    mutating func remove(_ key: CredentialKey) throws(EngineError) {
        var auths = try auths()
        while let name = key.found(among: auths.members.map(\.key)) { auths[name] = nil }
        root["auths"] = auths.rendered(depth: 1)
    }

    /// The file's bytes.
    func rendered() -> [UInt8] { root.rendered() }

    private func auths() throws(EngineError) -> RawObject {
        do throws(RawFault) { return try root.object("auths") ?? RawObject() } catch { throw Self.damage(path, error) }
    }

    private func entry(_ key: CredentialKey) throws(EngineError) -> (name: String, entry: RawObject)? {
        let auths = try auths()
        guard let name = key.found(among: auths.members.map(\.key)) else { return nil }
        do throws(RawFault) { return try auths.object(name).map { (name, $0) } } catch {
            throw Self.damage(path, error)
        }
    }

    private static func damage(_ path: String, _ fault: RawFault) -> EngineError {
        EngineError(
            .corrupted, "the credentials in \(path) cannot be read: \(fault)",
            hint: "repair the file; it was left as it is")
    }

    /// Docker ends a password at bytes of zero, which some programs left there.
    private static func decoded(_ auth: String) -> (username: String, password: String)? {
        guard let data = Data(base64Encoded: auth), let text = String(validating: data, as: UTF8.self),
            let colon = text.firstIndex(of: ":")
        else { return nil }
        let password = text[text.index(after: colon)...]
        return (String(text[..<colon]), String(password.prefix { $0 != "\0" }))
    }
}
