import Engine
import Glibc
import HTTP
import LinuxSystem

/// Which engines there are: the embedded one, docker, podman, the host's view, docker's contexts.
struct EngineCatalog: Sendable {
    /// One of them, not yet opened.
    struct Entry: Sendable, Equatable {
        var name: String
        var kind: EngineStatus.Kind
        /// `nil` for the embedded engine and the host's view.
        var address: EngineAddress?
    }

    /// Names that no context can have.
    static let reserved: Set<String> = ["spyhop", "docker", "podman", "host", "all", "default"]

    private let environment: ProcessEnvironment
    private let contexts: DockerContexts?

    init(_ environment: ProcessEnvironment) {
        self.environment = environment
        contexts = DockerContexts(environment)
    }

    static let spyhop = Entry(name: "spyhop", kind: .spyhop, address: nil)
    static let host = Entry(name: "host", kind: .host, address: nil)

    // MARK: - Choosing

    /// The engines that were asked for; where nothing was, the embedded one alone.
    /// - Throws: `EngineError` for an engine that there is not, an address that is none.
    func chosen(_ selection: EngineSelection) throws(EngineError) -> [Entry] {
        var entries = try first(selection)
        for name in selection.named where !entries.contains(where: { $0.name == name }) {
            entries.append(try named(name))
        }
        return entries
    }

    private func first(_ selection: EngineSelection) throws(EngineError) -> [Entry] {
        if let host = selection.host {
            guard selection.context == nil else {
                throw EngineError(.invalidArgument, "--host and --context contradict each other", hint: "leave out one")
            }
            let address = try EngineAddress(host, trust: trust(selection.tls))
            let name = selection.engine ?? "docker"
            return [Entry(name: name, kind: name == "podman" ? .podman : .docker, address: address)]
        }
        if let context = selection.context { return [try named(context, selection)] }
        guard let text = selection.engine ?? kept else { return [Self.spyhop] }
        if text == "all" { return all(selection) }
        var entries: [Entry] = []
        for name in text.split(separator: ",").map(String.init) {
            let entry = try named(name, selection)
            if !entries.contains(where: { $0.name == entry.name }) { entries.append(entry) }
        }
        guard !entries.isEmpty else { throw EngineError(.invalidArgument, "--engine names no engine", hint: hint) }
        return entries
    }

    /// What a dashboard shows when nobody has said which: the embedded engine and whoever's socket is there and may be used.
    func ready() -> [Entry] {
        [Self.spyhop]
            + [docker, podman].compactMap { entry in
                guard let entry, case .unix(let path)? = entry.address?.place, access(path, W_OK) == 0 else {
                    return nil
                }
                return entry
            }
    }

    /// All that are likely to answer, and what the kernel sees besides.
    private func all(_ selection: EngineSelection) -> [Entry] {
        var entries = ready()
        // An address that somebody has set is meant, wherever it leads.
        if environment.value("DOCKER_HOST") != nil, !entries.contains(where: { $0.name == "docker" }), let docker {
            entries.append(docker)
        }
        return entries + [Self.host]
    }

    private var hint: String {
        let names = ["spyhop", "docker", "podman", "host", "all"] + (contexts?.all().contexts.map(\.name) ?? [])
        return "engines are \(names.joined(separator: ", "))"
    }

    /// An engine by its name.
    func named(_ name: String, _ selection: EngineSelection = EngineSelection()) throws(EngineError) -> Entry {
        switch name {
        case "spyhop": return Self.spyhop
        case "host": return Self.host
        case "docker", "default": return try dockerEntry(selection)
        case "podman":
            if let podman { return podman }
            throw EngineError(
                .notFound, "there is no socket of podman's",
                hint: "systemctl start podman.socket, or podman system service")
        default:
            guard let contexts, let context = try? contexts.context(name) else {
                if let damage = contexts?.all().damages.first {
                    throw EngineError(
                        .notFound, "there is no engine \"\(name)\"", hint: "\(damage.reason)")
                }
                throw EngineError(.invalidArgument, "there is no engine \"\(name)\"", hint: hint)
            }
            return try entry(context)
        }
    }

    /// The engines that words of a command line name as `docker::web` does.
    func named(in words: [String]) -> [String] {
        var names: [String] = []
        for word in words {
            guard let name = EngineReference(word).engine, !names.contains(name), isEngine(name) else { continue }
            names.append(name)
        }
        return names
    }

    private func isEngine(_ name: String) -> Bool {
        if Self.reserved.contains(name), name != "all" { return true }
        return contexts?.all().contexts.contains { $0.name == name } ?? false
    }

    // MARK: - docker and podman

    private var docker: Entry? { try? dockerEntry(EngineSelection()) }

    /// Docker's own order: DOCKER_HOST, DOCKER_CONTEXT, the context that is chosen, the usual socket.
    private func dockerEntry(_ selection: EngineSelection) throws(EngineError) -> Entry {
        if let host = environment.value("DOCKER_HOST") {
            return Entry(name: "docker", kind: .docker, address: try EngineAddress(host, trust: trust(selection.tls)))
        }
        if let name = environment.value("DOCKER_CONTEXT") ?? contexts?.current, name != "default", let contexts {
            var entry = try entry(try contexts.context(name))
            entry.name = "docker"
            return entry
        }
        return Entry(name: "docker", kind: .docker, address: EngineAddress(socket: "/var/run/docker.sock"))
    }

    /// CONTAINER_HOST, root's socket, the user's.
    private var podman: Entry? {
        if let host = environment.value("CONTAINER_HOST"), let address = try? EngineAddress(host) {
            return Entry(name: "podman", kind: .podman, address: address)
        }
        var sockets = ["/run/podman/podman.sock"]
        if let directory = environment.value("XDG_RUNTIME_DIR") {
            sockets.insert(directory + "/podman/podman.sock", at: 0)
        }
        guard let socket = sockets.first(where: Files.exists) else { return nil }
        return Entry(name: "podman", kind: .podman, address: EngineAddress(socket: socket))
    }

    private func entry(_ context: DockerContexts.Context) throws(EngineError) -> Entry {
        guard !context.host.isEmpty else {
            throw EngineError(.unsupported, "context \(context.name) has no engine's address", hint: context.path)
        }
        var trust: HTTPTrust?
        if let directory = context.tlsDirectory { trust = Self.trust(in: directory, blind: context.skipsVerification) }
        return Entry(
            name: context.name, kind: .docker, address: try EngineAddress(context.host, trust: trust))
    }

    // MARK: - TLS

    /// Options, else `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH`, else nothing.
    private func trust(_ wish: EngineSelection.TLSWish) -> HTTPTrust? {
        let verifies = environment.value("DOCKER_TLS_VERIFY") != nil
        let isAsked = wish.isAsked || verifies || environment.value("DOCKER_TLS") != nil
        guard isAsked else { return nil }
        let directory = environment.value("DOCKER_CERT_PATH").map(environment.absolute) ?? contexts?.directory
        let isVerified = wish.isVerified || verifies || (!wish.isWanted && wish.authority != nil)
        var trust = directory.map { Self.trust(in: $0, blind: !isVerified) } ?? HTTPTrust()
        if let authority = wish.authority { trust.authorities = [environment.absolute(authority)] }
        if let certificate = wish.certificate, let key = wish.key {
            trust.identity = HTTPTrust.Identity(
                certificate: environment.absolute(certificate), key: environment.absolute(key))
        }
        trust.isBlind = !isVerified
        return trust
    }

    private static func trust(in directory: String, blind: Bool) -> HTTPTrust {
        var trust = HTTPTrust()
        if Files.exists(directory + "/ca.pem") { trust.authorities = [directory + "/ca.pem"] }
        if Files.exists(directory + "/cert.pem"), Files.exists(directory + "/key.pem") {
            trust.identity = HTTPTrust.Identity(certificate: directory + "/cert.pem", key: directory + "/key.pem")
        }
        trust.isBlind = blind
        return trust
    }

    // MARK: - The kept choice

    /// The file in which `context use` keeps its choice.
    var keptPath: String? { ConfigurationFile.directory(environment).map { $0 + "/engine" } }

    /// What `context use` has kept.
    var kept: String? {
        guard let path = keptPath, let text = try? Files.readText(path, limit: 4096) else { return nil }
        let name = text.filter { !$0.isNewline && $0 != " " }
        return name.isEmpty ? nil : name
    }
}
