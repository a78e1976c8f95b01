import Foundation

/// A log of 500 MB: opened at its end, and searched beside ripgrep.
extension Bench {
    private static let size = 500_000_000
    private static let lastWords = "the-last-line-of-all"

    /// The rows of logs alone.
    func runLogs() {
        defer { cleanUp() }
        report.add("| what | Spyhop | budget | peers in the same run |")
        report.add("|---|---|---|---|")
        logTimes()
    }

    func logTimes() {
        defer { Program.run([spyhop, "rm", "biglog"], environment: environment) }
        guard Program.run([spyhop, "create", "--name", "biglog", "busybox", "true"], environment: environment) == 0
        else {
            return
        }
        let id = Program.output([spyhop, "ps", "-aq", "--no-trunc", "-f", "name=biglog"], environment: environment)
        let path = "\(directory)/root/containers/\(id)/container.log"
        guard !id.isEmpty, Self.write(to: path) else { return report.add("| a log of 500 MB | not measured | | |") }
        // Once through the page cache, for both.
        Program.run(["cat", path])
        report.row(
            "a log of 500 MB is open at its end", unit: "ms", ours: median { self.open() },
            budget: "first frame's 50 ms")
        for (what, typed, peer) in [
            ("a text", "timeout=30", ["-F", "timeout=30"]),
            ("a text that is rare, whatever its case", "kraken", ["-iF", "kraken"]),
            ("a regular expression", #"~connection \w+ [a-z]+=\d+"#, [#"connection \w+ [a-z]+=\d+"#]),
            ("a regular expression without a fixed text", #"~ERROR|panic"#, ["ERROR|panic"]),
        ] {
            let ours = median { self.search(typed) }
            let theirs = Program.exists("rg") ? Program.median(5, ["rg", "-c"] + peer + [path]) : nil
            report.row(
                "all matches of \(what) in it are counted", unit: "ms", ours: ours, budget: "1.5 × ripgrep",
                peers: [("rg -c", theirs)])
        }
    }

    private func median(_ measure: () -> Double?) -> Double? {
        let times = (0..<5).compactMap { _ in measure() }.sorted()
        return times.isEmpty ? nil : times[times.count / 2]
    }

    private func dashboard() -> TerminalProgram? {
        TerminalProgram(
            [spyhop, "dashboard", "--view", "logs"], environment: environment, columns: 160, rows: 40)
    }

    private func open() -> Double? {
        let start = DispatchTime.now().uptimeNanoseconds
        guard let program = dashboard(), program.wait(forAll: [Self.lastWords], milliseconds: 10_000) else {
            return nil
        }
        return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
    }

    /// From the key that ends the pattern until the number of matches stands there.
    private func search(_ typed: String) -> Double? {
        guard let program = dashboard(), program.wait(forAll: [Self.lastWords], milliseconds: 10_000) else {
            return nil
        }
        program.watch(seconds: 0.5)
        program.type("/" + typed)
        let start = DispatchTime.now().uptimeNanoseconds
        // The footer tells `3 of 57` as soon as it is known.
        guard program.wait(forAll: [" of "], milliseconds: 60_000) else { return nil }
        return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
    }

    /// Lines as a web service writes them, always the same.
    private static func write(to path: String) -> Bool {
        guard let file = fopen(path, "w") else { return false }
        defer { fclose(file) }
        let words = [
            "request", "handler", "finished", "status", "session", "database", "query", "connection", "pool",
            "upstream",
            "service", "response", "payload", "cache", "miss", "retry", "backoff", "worker", "thread", "queue",
        ]
        var seed: UInt64 = 42
        func random(_ bound: UInt64) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((seed >> 33) % bound)
        }
        var written = 0
        var number = 0
        var clock = 1_767_322_800_000_000
        while written < size {
            number += 1
            clock += random(100_000)
            var moment = time_t(clock / 1_000_000)
            var parts = tm()
            gmtime_r(&moment, &parts)
            var line = String(
                format: "%04d-%02d-%02dT%02d:%02d:%02d.%06d000Z stdout F ", parts.tm_year + 1900, parts.tm_mon + 1,
                parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, clock % 1_000_000)
            line += number % 997 == 0 ? "ERROR" : ["INFO", "DEBUG", "WARN"][random(3)]
            line += " [\(number)]"
            for _ in 0..<(6 + random(10)) { line += " " + words[random(20)] }
            line += " id=\(random(1 << 30)) took=\(random(2000))ms"
            if number % 50_021 == 0 { line += " connection timeout=30 after retry" }
            if number % 400_009 == 0 { line += " Kraken" }
            line += "\n"
            written += line.utf8.count
            guard fputs(line, file) >= 0 else { return false }
        }
        return fputs("2026-12-31T23:59:59.000000000Z stdout F \(lastWords)\n", file) >= 0
    }
}
