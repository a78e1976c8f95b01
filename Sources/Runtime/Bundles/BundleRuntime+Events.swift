import Cgroups
import Engine
import LinuxSystem
import OCI

extension BundleRuntime {
    /// A container's figures now.
    /// - Throws: `.notFound`, `.conflict` when the container has stopped.
    public func statistics(_ id: String) throws(EngineError) -> BundleStatistics {
        let record = try store.load(id)
        guard status(record) != .stopped, let process = record.process else {
            throw EngineError(.conflict, "container not running: \(id)")
        }
        let spec = try store.configuration(id)
        let target = SampleTarget(
            id: ContainerID(rawValue: id), pid: process.pid, cgroupPaths: record.cgroup.paths,
            usesHostNetwork: !spec.has(.network))
        let sampler = CgroupSampler(target, isKept: false)
        let time = Timestamp(nanoseconds: Clock.realtime())
        guard let sample = sampler.sample(at: time, using: ReadBuffer()) else {
            throw EngineError(.conflict, "container not running: \(id)")
        }
        return BundleStatistics(sample, of: id, raw: memoryCounters(record), hugetlb: hugePages(record))
    }

    /// A container has ended or is gone.
    public func hasStopped(_ id: String) -> Bool {
        guard let record = try? store.load(id) else { return true }
        return status(record) == .stopped
    }

    /// The kernel's own counters of memory, from `memory.stat`.
    private func memoryCounters(_ record: BundleRecord) -> [String: UInt64] {
        let directory = record.cgroup.paths["memory"] ?? record.cgroup.paths["unified"] ?? ""
        guard let text = try? Files.readText(directory + "/memory.stat", limit: 1 << 20) else { return [:] }
        var counters: [String: UInt64] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ")
            if parts.count == 2, let value = UInt64(parts[1]) { counters[String(parts[0])] = value }
        }
        return counters
    }

    private func hugePages(_ record: BundleRecord) -> [String: BundleStatistics.Huge] {
        let isV1 = record.cgroup.paths["hugetlb"] != nil
        guard let directory = record.cgroup.paths["hugetlb"] ?? record.cgroup.paths["unified"],
            let entries = try? Files.list(directory)
        else { return [:] }
        let ending = isV1 ? ".usage_in_bytes" : ".current"
        var pages: [String: BundleStatistics.Huge] = [:]
        for name in entries.map(\.name) where name.hasPrefix("hugetlb.") && name.hasSuffix(ending) {
            let size = name.dropFirst("hugetlb.".count).dropLast(ending.count)
            guard !size.contains("."), let text = try? Files.readText("\(directory)/\(name)", limit: 64),
                let usage = UInt64(text.split(separator: "\n").first ?? "")
            else { continue }
            pages[String(size)] = .init(usage: usage)
        }
        return pages
    }
}
