import Foundation

/// What the kernel says a process costs.
enum ProcessCost {
    /// Seconds of CPU time, user and system.
    static func cpuSeconds(_ pid: pid_t) -> Double {
        let data = FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data()
        let text = String(decoding: data, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return 0 }
        let fields = text[end...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// MiB by a field of smaps_rollup, `Private_Clean` and `Private_Dirty` together or `Pss`.
    static func memory(_ pid: pid_t, fields: [String]) -> Double {
        let data = FileManager.default.contents(atPath: "/proc/\(pid)/smaps_rollup") ?? Data()
        var kilobytes = 0.0
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ")
            if let name = words.first?.dropLast(), fields.contains(String(name)), words.count > 1 {
                kilobytes += Double(words[1]) ?? 0
            }
        }
        return kilobytes / 1024
    }

    static func privateMemory(_ pid: pid_t) -> Double { memory(pid, fields: ["Private_Clean", "Private_Dirty"]) }

    static func proportionalMemory(_ pid: pid_t) -> Double { memory(pid, fields: ["Pss"]) }

    /// MiB that it had in memory at its peak.
    static func peakMemory(_ pid: pid_t) -> Double {
        let data = FileManager.default.contents(atPath: "/proc/\(pid)/status") ?? Data()
        let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0) / 1024
    }

    /// A process and all that descend from it.
    static func tree(_ root: pid_t) -> [pid_t] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        var children: [pid_t: [pid_t]] = [:]
        for pid in all.compactMap({ pid_t($0) }) {
            let text = String(
                decoding: FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data(), as: UTF8.self)
            guard let end = text.lastIndex(of: ")") else { continue }
            let fields = text[end...].split(separator: " ")
            if fields.count > 2, let parent = pid_t(fields[2]) { children[parent, default: []].append(pid) }
        }
        var found = [root]
        var next = 0
        while next < found.count {
            found += children[found[next]] ?? []
            next += 1
        }
        return found
    }

    /// Processes whose name (as in /proc/PID/comm) is `name`.
    static func named(_ name: String) -> [pid_t] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { pid_t($0) }.filter { pid in
            let data = FileManager.default.contents(atPath: "/proc/\(pid)/comm") ?? Data()
            return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines) == name
        }
    }
}
