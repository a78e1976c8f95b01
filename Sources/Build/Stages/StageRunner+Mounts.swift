import Dockerfile
import Engine
import Images
import LinuxSystem
import OCI

extension StageRunner {
    /// Reads RUN's mounts: words expanded, stages waited for.
    func plan(_ mounts: [RunMount]) async throws -> [PlannedMount] {
        var planned: [PlannedMount] = []
        var agents = 0
        for written in mounts {
            let mount: RunMount
            do throws(WordError) {
                mount = try written.expanded { text throws(WordError) in
                    try surroundings.expansion.word(text, state.variable)
                }
            } catch {
                throw EngineError(.invalidArgument, error.message)
            }
            switch mount.kind {
            case .bind: planned.append(try await bind(mount))
            case .cache: planned.append(try await cache(mount))
            case .tmpfs: planned.append(.memory(target: try target(mount), size: mount.size))
            case .secret: planned.append(try secret(mount))
            case .ssh:
                planned.append(agent(mount, number: agents))
                agents += 1
            }
        }
        return planned
    }

    private func bind(_ mount: RunMount) async throws -> PlannedMount {
        let path = ContainerPath.resolve(mount.source ?? "/", from: "/")
        let readOnly = mount.readOnly ?? true
        guard let from = mount.from else {
            return .bind(
                .files(run.context.origin), name: "context", path: path, target: try target(mount), readOnly: readOnly)
        }
        let origin = try await run.origin(from, from: planned.stage.index, platform: state.platform)
        return .bind(origin, name: "context \(from)", path: path, target: try target(mount), readOnly: readOnly)
    }

    private func cache(_ mount: RunMount) async throws -> PlannedMount {
        let target = try target(mount)
        var origin: FoundOrigin?
        if let from = mount.from {
            origin = try await run.origin(from, from: planned.stage.index, platform: state.platform)
        }
        let id = mount.id ?? ""
        let cache = PlannedCache(
            id: id.isEmpty ? target : id, sharing: mount.sharing ?? .shared,
            access: PlannedAccess(mount, mode: 0o755), origin: origin,
            path: ContainerPath.resolve(mount.source ?? "/", from: "/"))
        return .cache(cache, target: target, readOnly: mount.readOnly ?? false)
    }

    private func secret(_ mount: RunMount) throws(EngineError) -> PlannedMount {
        guard let id = mount.source ?? mount.id ?? mount.target.map(ContainerPath.lastComponent), !id.isEmpty else {
            throw EngineError(.invalidArgument, "one of source, target required", hint: "--mount=type=secret,id=…")
        }
        var target = mount.target.map { ContainerPath.resolve($0, from: state.workingDirectory) }
        if mount.environment == nil, target == nil { target = "/run/secrets/\(ContainerPath.lastComponent(id))" }
        return .secret(
            id: id, target: target, variable: mount.environment, required: mount.required,
            PlannedAccess(mount, mode: 0o400))
    }

    private func agent(_ mount: RunMount, number: Int) -> PlannedMount {
        .agent(
            id: mount.id ?? "default",
            target: mount.target.map { ContainerPath.resolve($0, from: "/") } ?? "/run/buildkit/ssh_agent.\(number)",
            required: mount.required, PlannedAccess(mount, mode: 0o600))
    }

    private func target(_ mount: RunMount) throws(EngineError) -> String {
        let target = ContainerPath.resolve(mount.target ?? "", from: state.workingDirectory)
        guard target != "/", mount.target?.isEmpty == false else {
            throw EngineError(.invalidArgument, "invalid mount target \"\(mount.target ?? "")\"")
        }
        return target
    }

    // MARK: - Content

    /// What the files of binds from contexts hash to, in the mounts' order.
    func contents(of mounts: [PlannedMount]) async throws -> [Digest?] {
        var digests: [Digest?] = []
        for mount in mounts {
            guard case .bind(.files(let origin), _, let path, _, _) = mount else {
                digests.append(nil)
                continue
            }
            let job = CopyJob(
                store: run.store, sources: [.files(origin, pattern: path, unpack: false)], destination: "/content")
            digests.append(try await run.gate.run { try await runOnOwnThread { try job.digest() } })
        }
        return digests
    }
}
