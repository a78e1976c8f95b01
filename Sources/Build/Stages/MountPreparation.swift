import Dockerfile
import Engine
import Glibc
import Images
import LinuxSystem
import OCI

/// Files of a context, copied to where nobody changes them while commands have them mounted.
final class MountedTree: Sendable {
    /// A file or a directory, absolute.
    let path: String
    private let draft: LayerDraft

    init(path: String, draft: LayerDraft) {
        self.path = path
        self.draft = draft
    }
}

/// A command's mounts, ready, and what must be held for as long as the command runs.
struct PreparedMounts: Sendable {
    var mounts: [StepMount] = []
    /// `KEY=VALUE`: secrets in variables, and the agent's socket.
    var environment: [String] = []
    /// Trees, caches.
    var held: [any Sendable] = []

    fileprivate mutating func add(secret: [UInt8], target: String?, variable: String?, _ access: PlannedAccess) {
        if let target {
            let source = StepMount.Source.secret(secret, mode: access.mode, uid: access.uid, gid: access.gid)
            mounts.append(StepMount(source: source, target: target, readOnly: true))
        }
        if let variable { environment.append("\(variable)=\(String(decoding: secret, as: UTF8.self))") }
    }

    fileprivate mutating func add(agent socket: String, target: String, _ access: PlannedAccess) {
        let source = StepMount.Source.socket(socket, mode: access.mode, uid: access.uid, gid: access.gid)
        mounts.append(StepMount(source: source, target: target))
        // Programs look for one agent: the first.
        if !environment.contains(where: { $0.hasPrefix("SSH_AUTH_SOCK=") }) {
            environment.append("SSH_AUTH_SOCK=\(target)")
        }
    }
}

extension BuildRun {
    /// Makes planned mounts ready.
    ///
    /// - Parameter description: the instruction, for the list of caches.
    func prepare(_ planned: [PlannedMount], step: Int, description: String) async throws -> PreparedMounts {
        var prepared = PreparedMounts()
        let caches = try await caches(of: planned, step: step, description: description)
        prepared.held = Array(caches.values)
        for mount in planned {
            switch mount {
            case .bind(let origin, let name, let path, let target, let readOnly):
                let source = try await source(origin, name: name, path: path, step: step, &prepared)
                prepared.mounts.append(
                    StepMount(source: source, target: target, readOnly: readOnly, discardsWrites: !readOnly))
            case .cache(let cache, let target, let readOnly):
                guard let directory = caches[cache.storeID] else { continue }
                prepared.mounts.append(StepMount(source: .path(directory.path), target: target, readOnly: readOnly))
            case .memory(let target, let size):
                prepared.mounts.append(StepMount(source: .memory(size: size), target: target))
            case .secret(let id, let target, let variable, let required, let access):
                guard let content = try secret(id, required: required) else { continue }
                prepared.add(secret: content, target: target, variable: variable, access)
            case .agent(let id, let target, let required, let access):
                guard let socket = try agent(id, required: required) else { continue }
                prepared.add(agent: socket, target: target, access)
            case .script(let path, let content):
                let file = try script(content)
                prepared.mounts.append(StepMount(source: .path(file), target: path, readOnly: true))
            }
        }
        return prepared
    }

    /// Every cache once, and in one order for all commands: two that wait for each other's would wait for ever.
    private func caches(
        of planned: [PlannedMount], step: Int, description: String
    ) async throws -> [String: CacheMount] {
        var wanted: [String: PlannedCache] = [:]
        for case .cache(let cache, _, _) in planned where wanted[cache.storeID] == nil { wanted[cache.storeID] = cache }
        var found: [String: CacheMount] = [:]
        for (id, cache) in wanted.sorted(by: { $0.key < $1.key }) {
            found[id] = try await self.cache(cache, step: step, description: description)
        }
        return found
    }

    private func source(
        _ origin: FoundOrigin, name: String, path: String, step: Int, _ prepared: inout PreparedMounts
    ) async throws -> StepMount.Source {
        switch origin {
        case .layers(let layers):
            return .layers(try await here(layers, step: step).reversed().map(\.directory), path: path)
        case .files(let files):
            let tree = try await tree(files, name: name, path: path)
            prepared.held.append(tree)
            return .path(tree.path)
        }
    }

    /// A program's file, which goes with the build.
    private func script(_ content: String) throws(EngineError) -> String {
        let path = change.newPath()
        do throws(SystemError) {
            let file = try OwnedDescriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o755)
            // The command's umask has no say.
            guard fchmod(file.rawValue, 0o755) == 0 else { throw SystemError.last("fchmod", path) }
            try file.writeAll(Array(content.utf8))
        } catch {
            throw EngineError(.system, "cannot write the script of a step", cause: error)
        }
        return path
    }

    private func tree(_ origin: FileOrigin, name: String, path: String) async throws -> MountedTree {
        try await trees.value("\(name) \(path)") { [self] in
            let job = CopyJob(
                store: store, sources: [.files(origin, pattern: path, unpack: false)], destination: "/content")
            return try await runOnOwnThread { [change] in
                let draft = try change.makeDraft()
                try job.perform(on: [], in: draft)
                return MountedTree(path: "\(draft.upper)/content", draft: draft)
            }
        }
    }

    private func cache(_ cache: PlannedCache, step: Int, description: String) async throws -> CacheMount {
        let sharing: CacheMount.Sharing =
            switch cache.sharing {
            case .shared: .shared
            case .private: .private
            case .locked: .locked
            }
        let source: FileOrigin? =
            switch cache.origin {
            case nil: nil
            case .files(let files): files
            case .layers(let layers): .layers(try await here(layers, step: step))
            }
        return try await store.cacheMount(
            id: cache.storeID, sharing: sharing, description: description, mode: cache.access.mode,
            uid: cache.access.uid, gid: cache.access.gid
        ) { [store, change, path = cache.path] directory in
            guard let source else { return }
            let draft = try change.makeDraft()
            let job = CopyJob(
                store: store, sources: [.files(source, pattern: path, unpack: false)], destination: "/content/")
            try job.perform(on: [], in: draft)
            for entry in try Files.list("\(draft.upper)/content") {
                try Files.rename("\(draft.upper)/content/\(entry.name)", to: "\(directory)/\(entry.name)")
            }
        }
    }

    private func secret(_ id: String, required: Bool) throws(EngineError) -> [UInt8]? {
        switch request.secrets[id] {
        case .value(let bytes): return bytes
        case .file(let path):
            do throws(SystemError) { return try Files.read(path, limit: 500 << 10) } catch {
                throw EngineError(.system, "cannot read the secret \(printable(id))", cause: error)
            }
        case nil:
            guard !required else {
                throw EngineError(
                    .notFound, "secret \(printable(id)): not found",
                    hint: "give it with --secret id=\(printable(id)),src=FILE")
            }
            return nil
        }
    }

    private func agent(_ id: String, required: Bool) throws(EngineError) -> String? {
        if let socket = request.sshAgents[id] { return socket }
        guard !required else {
            throw EngineError(
                .notFound, "unset ssh forward key \(printable(id))", hint: "give the agent with --ssh \(printable(id))")
        }
        return nil
    }
}
