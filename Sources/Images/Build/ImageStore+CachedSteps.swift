import Engine
import Glibc
import LinuxSystem
import OCI

/// Steps that were done before, by what they were made from.
extension ImageStore {
    private static let recordLimit = 256 << 10

    /// What is kept of a step; `nil` when it was not kept, or anything of it is missing or damaged. Notes that it was
    /// of use.
    ///
    /// Only during a change may somebody rely on it: otherwise its layer may be collected at any time.
    public func cachedStep(_ key: Digest) -> CachedStep? {
        let path = BuildCacheFiles(self).step(key)
        guard let step = readStep(path), step.key == key, isWhole(step) else { return nil }
        BuildCacheFiles.noteUse(of: path)
        return step
    }

    /// Keeps a step's result for later builds. A record that cannot be written costs time later, nothing else.
    public func keep(_ step: CachedStep) {
        let files = BuildCacheFiles(self)
        guard let bytes = try? JSON.encode(step) else { return }
        let path = files.step(step.key)
        do throws(SystemError) {
            try Files.writeAtomically(bytes, to: path, mode: 0o600)
        } catch {
            guard error.number == ENOENT, (try? Files.makeDirectories(files.steps, mode: 0o700)) != nil else { return }
            try? Files.writeAtomically(bytes, to: path, mode: 0o600)
        }
    }

    func readStep(_ path: String) -> CachedStep? {
        guard let bytes = try? Files.read(path, limit: Self.recordLimit) else { return nil }
        return try? JSON.decode(CachedStep.self, bytes, document: path)
    }

    /// Whether blob and unpacked layer are where the record says.
    func isWhole(_ step: CachedStep) -> Bool {
        guard let layer = step.layer else { return true }
        guard let digest = Digest(layer.descriptor.digest), let found = try? findLayer(layer.diffID),
            let blob = (try? Files.status(blobPath(digest))) ?? nil
        else { return false }
        return found.name == layer.directory && blob.size == layer.descriptor.size
    }

    /// Every record that can be read, with its path.
    func keptSteps() throws(EngineError) -> [(path: String, step: CachedStep)] {
        let files = BuildCacheFiles(self)
        return try files.list(files.steps, suffix: ".json").compactMap { path in readStep(path).map { (path, $0) } }
    }
}
