import Engine
import Glibc
import HTTP
import LinuxSystem
import OCI

/// The contexts that docker's command line keeps: `~/.docker/contexts/meta/<sha256 of the name>/meta.json`, with certificates
/// in `tls/<the same>/docker/`.
struct DockerContexts: Sendable {
    /// One of them.
    struct Context: Sendable, Equatable {
        var name: String
        var description: String
        /// The engine's address; empty where the context has none.
        var host: String
        var skipsVerification: Bool
        /// Where its certificates are, where it has any.
        var tlsDirectory: String?
        /// The file that tells of it.
        var path: String
    }

    /// A context's file that cannot be read.
    struct Damage: Sendable, Equatable {
        var path: String
        var reason: String
    }

    /// `~/.docker`, or `DOCKER_CONFIG`.
    let directory: String

    init?(_ environment: ProcessEnvironment) {
        let home = environment.value("HOME") ?? (environment.isRoot ? "/root" : nil)
        guard
            let directory = environment.value("DOCKER_CONFIG").map(environment.absolute)
                ?? home.map({ $0 + "/.docker" })
        else { return nil }
        self.directory = directory
    }

    init(directory: String) { self.directory = directory }

    /// All of them by name, and those that are damaged.
    func all() -> (contexts: [Context], damages: [Damage]) {
        var contexts: [Context] = []
        var damages: [Damage] = []
        for entry in (try? Files.list(directory + "/contexts/meta")) ?? [] {
            let path = "\(directory)/contexts/meta/\(entry.name)/meta.json"
            guard Files.exists(path) else { continue }
            do throws(EngineError) { contexts.append(try read(path, entry.name)) } catch {
                damages.append(Damage(path: path, reason: error.message))
            }
        }
        return (contexts.sorted { $0.name < $1.name }, damages.sorted { $0.path < $1.path })
    }

    /// The context of a name.
    /// - Throws: `.notFound`, naming damaged files that may be it.
    func context(_ name: String) throws(EngineError) -> Context {
        let path = "\(directory)/contexts/meta/\(Self.folder(name))/meta.json"
        if Files.exists(path) { return try read(path, Self.folder(name)) }
        let (known, _) = all()
        if let context = known.first(where: { $0.name == name }) { return context }
        let names = known.map(\.name)
        throw EngineError(
            .notFound, "there is no context \"\(name)\"",
            hint: names.isEmpty ? "spyhop context create makes one" : "contexts are \(names.joined(separator: ", "))")
    }

    /// What docker's command line has chosen (`currentContext` in its configuration).
    var current: String? {
        guard let bytes = try? Files.read(directory + "/config.json", limit: 4 << 20), let node = try? JSONNode(bytes)
        else { return nil }
        return node["currentContext"]?.words
    }

    private func read(_ path: String, _ folder: String) throws(EngineError) -> Context {
        let bytes: [UInt8]
        do { bytes = try Files.read(path, limit: 1 << 20) } catch {
            throw EngineError(.system, "cannot read context \(path): \(error.reason)")
        }
        let node: JSONNode
        do { node = try JSONNode(bytes) } catch {
            throw EngineError(.corrupted, "cannot read context \(path): \(error)", hint: "remove or mend the file")
        }
        guard let name = node["Name"]?.words else {
            throw EngineError(.corrupted, "context \(path) has no name", hint: "remove or mend the file")
        }
        let endpoint = node["Endpoints"]?["docker"] ?? .null
        let tls = "\(directory)/contexts/tls/\(folder)/docker"
        return Context(
            name: name, description: node["Metadata"]?["Description"]?.string ?? "",
            host: endpoint["Host"]?.string ?? "",
            skipsVerification: endpoint["SkipTLSVerify"]?.isTrue ?? false,
            tlsDirectory: Files.exists(tls) ? tls : nil, path: path)
    }

    // MARK: - Changing

    static func folder(_ name: String) -> String { Digest(of: Array(name.utf8)).hex }

    /// Makes a context as docker's command line would; certificates are copied in.
    /// - Throws: `.conflict` when there is one of that name.
    func create(
        _ name: String, host: String, description: String, skipsVerification: Bool, certificates: [String: String]
    )
        throws(EngineError)
    {
        let meta = "\(directory)/contexts/meta/\(Self.folder(name))"
        guard !Files.exists(meta) else {
            throw EngineError(.conflict, "there is a context \"\(name)\" already", hint: "spyhop context rm \(name)")
        }
        let document = JSONNode.object([
            "Name": .string(name),
            "Metadata": .object(description.isEmpty ? [:] : ["Description": .string(description)]),
            "Endpoints": .object([
                "docker": .object(["Host": .string(host), "SkipTLSVerify": .bool(skipsVerification)])
            ]),
        ])
        do throws(SystemError) {
            let tls = "\(directory)/contexts/tls/\(Self.folder(name))/docker"
            for (file, source) in certificates.sorted(by: { $0.key < $1.key }) {
                try Files.makeDirectories(tls, mode: 0o700)
                try Files.writeAtomically(try Files.read(source, limit: 1 << 20), to: "\(tls)/\(file)")
                _ = chmod("\(tls)/\(file)", 0o600)
            }
            try Files.makeDirectories(meta)
            try Files.writeAtomically(Array(document.text.utf8), to: meta + "/meta.json")
        } catch {
            throw EngineError(.system, "cannot make context \(name)", cause: error)
        }
    }

    /// Removes a context with its certificates.
    func remove(_ context: Context) throws(EngineError) {
        do throws(SystemError) {
            try Files.removeTree(Files.directory(of: context.path))
            try Files.removeTree("\(directory)/contexts/tls/\(Self.folder(context.name))")
        } catch {
            throw EngineError(.system, "cannot remove context \(context.name)", cause: error)
        }
    }
}
