import Engine

/// Figures as `GET /containers/ID/stats` tells them, of both versions of cgroups.
enum SampleReading {
    static func sample(_ node: JSONNode) -> Sample? {
        guard let time = node["read"]?.moment else { return nil }
        var sample = Sample(time: time)
        readCPU(node["cpu_stats"] ?? .null, &sample)
        readMemory(node["memory_stats"] ?? .null, &sample)
        sample.pids = node["pids_stats"]?["current"]?.counter ?? 0
        // No limit is told as the largest number that there is.
        sample.pidsLimit = node["pids_stats"]?["limit"]?.counter.flatMap {
            $0 == 0 || $0 >= UInt64(Int64.max) ? nil : $0
        }
        for entry in node["blkio_stats"]?["io_service_bytes_recursive"]?.items ?? [] {
            let value = entry["value"]?.counter ?? 0
            switch entry["op"]?.string?.lowercased() {
            case "read": sample.io.readBytes &+= value
            case "write": sample.io.writtenBytes &+= value
            default: break
            }
        }
        sample.interfaces = (node["networks"]?.members ?? [:]).sorted { $0.key < $1.key }.map { name, figures in
            var interface = Sample.Interface(
                name: name, receivedBytes: figures["rx_bytes"]?.counter ?? 0,
                sentBytes: figures["tx_bytes"]?.counter ?? 0,
                receivedPackets: figures["rx_packets"]?.counter ?? 0, sentPackets: figures["tx_packets"]?.counter ?? 0)
            interface.receivedErrors = figures["rx_errors"]?.counter ?? 0
            interface.receivedDrops = figures["rx_dropped"]?.counter ?? 0
            interface.sentErrors = figures["tx_errors"]?.counter ?? 0
            interface.sentDrops = figures["tx_dropped"]?.counter ?? 0
            return interface
        }
        return sample
    }

    private static func readCPU(_ node: JSONNode, _ sample: inout Sample) {
        let usage = node["cpu_usage"] ?? .null
        sample.cpu.total = usage["total_usage"]?.counter ?? 0
        sample.cpu.user = usage["usage_in_usermode"]?.counter ?? 0
        sample.cpu.system = usage["usage_in_kernelmode"]?.counter ?? 0
        let throttling = node["throttling_data"] ?? .null
        sample.cpu.periods = throttling["periods"]?.counter ?? 0
        sample.cpu.throttledPeriods = throttling["throttled_periods"]?.counter ?? 0
        sample.cpu.throttled = throttling["throttled_time"]?.counter ?? 0
    }

    private static func readMemory(_ node: JSONNode, _ sample: inout Sample) {
        let parts = node["stats"] ?? .null
        let usage = node["usage"]?.counter ?? 0
        // As docker's command line counts: what can be dropped at any time is not in use.
        let inactive = parts["total_inactive_file"]?.counter ?? parts["inactive_file"]?.counter ?? 0
        sample.memory.current = usage
        sample.memory.inUse = usage > inactive ? usage - inactive : usage
        sample.memory.file = parts["total_cache"]?.counter ?? parts["file"]?.counter ?? parts["cache"]?.counter ?? 0
        sample.memory.anonymous = parts["total_rss"]?.counter ?? parts["anon"]?.counter ?? parts["rss"]?.counter ?? 0
        sample.memory.shared = parts["shmem"]?.counter ?? 0
        sample.memory.slab = parts["slab"]?.counter ?? 0
        sample.memory.swap = parts["total_swap"]?.counter ?? parts["swap"]?.counter ?? 0
        sample.memory.limit = node["limit"]?.counter.flatMap { $0 == 0 || $0 >= UInt64(Int64.max) / 2 ? nil : $0 }
        sample.memory.oomKills = node["failcnt"] == nil ? 0 : parts["oom_kill"]?.counter ?? 0
    }
}
