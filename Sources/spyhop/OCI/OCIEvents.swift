import Engine
import Glibc
import LinuxSystem
import OCI
import Runtime

/// `events`: a container's figures, once or again and again until it ends.
enum OCIEvents {
    static let verb = OCIVerb(
        "events", "<container-id>", help: "print a container's figures and its OOM events as JSON",
        options: [
            OCIOption("interval", value: "time", help: "between figures, as 5s or 500ms; 5s unless named"),
            OCIOption("stats", help: "print the figures once"),
        ]
    ) { context, arguments throws(EngineError) in
        let runtime = try context.runtime()
        let id = arguments.words[0]
        if arguments.has("stats") { return try OCIOutput.write(runtime.statistics(id), indented: false) }
        return try follow(runtime, id, every: interval(arguments["interval"] ?? "5s"))
    }

    private static func follow(
        _ runtime: BundleRuntime, _ id: String, every interval: Int64
    ) throws(EngineError) -> Int32 {
        var statistics = try runtime.statistics(id)
        var kills = statistics.data?.memory.usage.failcnt ?? 0
        var due = Clock.monotonic()
        while true {
            if Clock.monotonic() >= due {
                // Nobody reads any more.
                guard try OCIOutput.write(statistics, indented: false) == 0 else { return 0 }
                due = Clock.monotonic() + interval
            }
            // Often enough to tell of an end and of a kill while they are news.
            let pause = min(max(due - Clock.monotonic(), 0), 100_000_000)
            usleep(UInt32(clamping: pause / 1000))
            if runtime.hasStopped(id) { return 0 }
            do throws(EngineError) { statistics = try runtime.statistics(id) } catch {
                if error.code == .conflict || error.code == .notFound { return 0 }
                throw error
            }
            let now = statistics.data?.memory.usage.failcnt ?? 0
            if now > kills {
                guard try OCIOutput.write(BundleStatistics.outOfMemory(id), indented: false) == 0 else { return 0 }
            }
            kills = now
        }
    }

    /// Nanoseconds of a length of time as Go writes it.
    private static func interval(_ text: String) throws(EngineError) -> Int64 {
        let units: [(String, Double)] = [("ms", 1e6), ("us", 1e3), ("ns", 1), ("s", 1e9), ("m", 60e9), ("h", 3600e9)]
        for (unit, length) in units where text.hasSuffix(unit) {
            guard let count = Double(text.dropLast(unit.count)), count > 0, count * length < 1e18 else { break }
            return Int64(count * length)
        }
        throw EngineError(.invalidArgument, "--interval '\(text)' is not a length of time such as 5s")
    }
}
