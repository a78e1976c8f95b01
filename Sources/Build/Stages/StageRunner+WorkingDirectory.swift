import Engine
import Glibc
import Images
import LinuxSystem
import OCI

extension StageRunner {
    /// WORKDIR: the directory is made, as a layer, unless it is the root.
    mutating func changeDirectory(_ text: String, _ step: Step) async throws {
        let path = ContainerPath.resolve(try word(text), from: state.workingDirectory)
        let name = shownName(step)
        state.defaults.workingDirectory = path
        let shown = "WORKDIR \(path)"
        guard path != "/" else {
            state.note(shown, at: step.place, epoch: surroundings.epoch)
            run.reporter.done(step.id, name: name)
            return
        }
        let user = state.defaults.user ?? ""
        var key = key("workdir", below: state.diffIDs)
        key.add(path)
        key.add(user)
        if let found = cached(key.digest) { return take(found, shown, step, name: name) }
        run.reporter.begin(step.id, name: name)
        let layers = try await run.here(state.layers, step: step.id)
        let (change, store, epoch) = (run.change, run.store, run.epoch)
        let layer = try await run.gate.run {
            try await runOnOwnThread {
                let owner = try Ownership.resolve(user, in: layers, of: store) ?? FileOwner(uid: 0, gid: 0)
                let draft = try change.makeDraft()
                try Self.makeDirectories(path, owner: owner, on: layers, in: draft)
                return try change.commit(draft, epoch: epoch)
            }
        }
        take(made: layer, shown, step, keys: [key.digest], name: name)
    }

    private static func makeDirectories(
        _ path: String, owner: FileOwner, on layers: [BuiltLayer], in draft: LayerDraft
    ) throws(EngineError) {
        let root = try draft.open(on: layers)
        do throws(SystemError) {
            var made = ""
            for part in path.split(separator: "/") {
                made += "/\(part)"
                if (try? root.open(at: made, O_RDONLY | O_DIRECTORY, resolve: [.inRoot, .noMagicLinks])) != nil {
                    continue
                }
                let parent = try root.open(
                    at: Files.directory(of: made), O_RDONLY | O_DIRECTORY, resolve: [.inRoot, .noMagicLinks])
                guard mkdirat(parent.rawValue, String(part), 0o755) == 0 else {
                    throw SystemError.last("mkdirat", made)
                }
                guard fchownat(parent.rawValue, String(part), owner.uid, owner.gid, AT_SYMLINK_NOFOLLOW) == 0 else {
                    throw SystemError.last("fchownat", made)
                }
                // The command's umask has no say.
                guard fchmodat(parent.rawValue, String(part), 0o755, 0) == 0 else {
                    throw SystemError.last("fchmodat", made)
                }
            }
        } catch {
            throw EngineError(.system, "cannot make the directory \(path)", cause: error)
        }
    }
}
