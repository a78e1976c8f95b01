import Foundation
import Harness
import Testing

@Suite(.needsRoot)
struct LimitTests {
    @Test func memoryLimitKillsAndIsRecorded() throws {
        try Workplace.with { (place) throws in
            let outcome = try place.run(
                "run", "--name", "greedy", "-m", "16m", "busybox", "sh", "-c", "head -c 200m /dev/zero | tail")
            #expect(outcome.code != 0)
            try place.run(
                "run", "--name", "eater", "-m", "16m", "busybox", "dd", "if=/dev/zero", "of=/dev/null", "bs=100M",
                "count=1")
            #expect(
                try place.run("inspect", "-f", "{{.State.OOMKilled}} {{.State.ExitCode}}", "eater").trimmed
                    == "true 137")
            let tooSmall = try place.run("run", "--rm", "-m", "1m", "busybox", "true")
            #expect(tooSmall.code == 125)
        }
    }

    @Test func pidsLimitIsKept() throws {
        try Workplace.with { (place) throws in
            let outcome = try place.run(
                "run", "--rm", "--pids-limit", "5", "busybox", "sh", "-c",
                "for i in 1 2 3 4 5 6 7 8; do sleep 5 & done; echo never")
            #expect(!outcome.output.contains("never"))
            #expect(outcome.errors.contains("fork"))
        }
    }

    @Test func limitsOfARunningContainerAreChanged() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "box", "-m", "64m", "busybox", "sleep", "1000")
            #expect(try place.run("update", "-m", "32m", "--memory-swap", "32m", "--pids-limit", "7", "box").code == 0)
            let row = try place.run("stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}} {{.PIDs}}", "box")
                .trimmed
            #expect(row.hasPrefix("box "))
            #expect(row.contains("/ 32MiB"))
            #expect(row.hasSuffix(" 1"))
            let failed = try place.run(
                "exec", "box", "sh", "-c", "for i in 1 2 3 4 5 6 7 8 9; do sleep 5 & done; echo never")
            #expect(!failed.output.contains("never"))
        }
    }

    @Test func statisticsShowABusyContainer() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "busy", "busybox", "sh", "-c", "while :; do :; done")
            try place.run("run", "-d", "--name", "idle", "busybox", "sleep", "1000")
            let rows = try place.run("stats", "--no-stream", "--format", "json").lines
            #expect(rows.count == 2)
            let busy = try #require(rows.first { $0.contains("\"busy\"") })
            let percent = try #require(busy.firstMatch(of: /"CPUPerc":"([0-9.]+)%"/)?.output.1)
            #expect((Double(percent) ?? 0) > 5)
            let table = try place.run("stats", "--no-stream").lines
            #expect(table.first?.hasPrefix("CONTAINER ID") == true)
            #expect(table.count == 3)
        }
    }
}
