import Engine

/// Processes and threads: `pids.current` and `pids.max`, the same in both versions.
struct PidsReader: ~Copyable {
    private var current: KeptFile
    private var limit: KeptFile

    init?(paths: [String: String], isKept: Bool) {
        guard let directory = paths[Controller.pids.rawValue] ?? paths[ContainerCgroup.unifiedKey] else { return nil }
        current = KeptFile(directory + "/pids.current", isKept: isKept)
        limit = KeptFile(directory + "/pids.max", isKept: isKept)
    }

    mutating func read(into sample: inout Sample, using buffer: ReadBuffer) {
        guard let count = current.read(into: buffer, { $0.number() }) else { return }
        sample.pids = count ?? 0
        // "max" is no number, and that is no limit.
        sample.pidsLimit = limit.read(into: buffer, { $0.number() }) ?? nil
    }
}
