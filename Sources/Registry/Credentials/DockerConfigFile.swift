import Engine
import Glibc
import LinuxSystem

/// Docker's `config.json`, where `docker login` keeps credentials: in the file itself, or with a credential helper that the
/// file names. All that it says beside that stays as it is.
///
/// Podman's `auth.json` has the same shape; it is read where docker's has nothing, and never written.
public struct DockerConfigFile: CredentialStoring {
    private let path: String
    private let fallback: String?
    private let surroundings: CredentialHelper.Surroundings

    /// Names the files; neither is opened before it is needed, and neither need be there.
    /// - Parameters:
    ///   - path: docker's `config.json`.
    ///   - fallback: podman's `auth.json`.
    ///   - helperPath: where credential helpers are looked for, as in `PATH`.
    ///   - helperEnvironment: `KEY=VALUE`, what a helper finds around it.
    ///   - helperDeadline: how long a helper may take; it may have to ask a person for a passphrase.
    public init(
        path: String, fallback: String? = nil, helperPath: String = "/usr/local/bin:/usr/bin:/bin",
        helperEnvironment: [String] = [], helperDeadline: Duration = .seconds(60)
    ) {
        self.path = path
        self.fallback = fallback
        surroundings = CredentialHelper.Surroundings(
            searchPath: helperPath, environment: helperEnvironment, deadline: helperDeadline)
    }

    /// What is kept for a registry by its host, `docker.io` for Docker Hub; `nil` when there is nothing.
    /// - Throws: `EngineError` for a file that is damaged, or a helper that is missing or fails.
    public func credentials(for registry: String) async throws -> RegistryCredentials? {
        let key = CredentialKey(registry)
        for file in [path, fallback].compactMap({ $0 }) {
            let document = try CredentialDocument.read(file)
            if let helper = helper(document, key) {
                if let found = try await helper.get(key.written) { return found }
            } else if let found = try document.credentials(key) {
                return found
            }
        }
        return nil
    }

    /// Keeps them where docker would; answers where, as a sentence.
    /// - Throws: `EngineError`; a file that is damaged is left as it is.
    public func store(_ credentials: RegistryCredentials, for registry: String) async throws -> String {
        let key = CredentialKey(registry)
        let document = try CredentialDocument.read(path)
        guard let helper = helper(document, key) else {
            try await change { document throws(EngineError) in try document.set(credentials, for: key) }
            return """
                WARNING! Your credentials are stored unencrypted in '\(path)'.
                Configure a credential helper to remove this warning. See
                https://docs.docker.com/go/credential-store/
                """
        }
        switch credentials {
        case .password(let username, let password): try await helper.store(username, password, for: key.written)
        case .identityToken(let token), .registryToken(let token):
            try await helper.store(CredentialHelper.tokenName, token, for: key.written)
        }
        // Docker lists by the file what the helper keeps.
        try await change { document throws(EngineError) in try document.set(nil, for: key) }
        return "your credentials are kept by \(helper.program)"
    }

    /// Forgets them; answers whether there were any.
    public func erase(_ registry: String) async throws -> Bool {
        let key = CredentialKey(registry)
        let document = try CredentialDocument.read(path)
        var hadSome = try document.has(key)
        if let helper = helper(document, key) { hadSome = try await helper.erase(key.written) || hadSome }
        if try document.has(key) { try await change { document throws(EngineError) in try document.remove(key) } }
        return hadSome
    }

    private func helper(_ document: CredentialDocument, _ key: CredentialKey) -> CredentialHelper? {
        document.helper(key).map { CredentialHelper(name: $0, surroundings: surroundings) }
    }

    /// Changes the file in one step, one login after the other.
    private func change(
        _ edit: @escaping @Sendable (inout CredentialDocument) throws(EngineError) -> Void
    ) async throws {
        let path = path
        try await runOnOwnThread {
            do {
                // Docker follows a link here, and so must whoever replaces the file.
                let target = Self.target(of: path)
                let directory = Files.directory(of: target)
                try Files.makeDirectories(directory, mode: 0o700)
                let lock = try FileLock.ofDirectory(directory)
                var document = try CredentialDocument.read(target)
                try edit(&document)
                try Files.writeAtomically(document.rendered(), to: target, mode: 0o600, durable: true)
                _ = consume lock
            } catch let error as SystemError {
                throw EngineError(.system, "cannot write \(path): \(error.reason)")
            }
        }
    }

    private static func target(of path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
