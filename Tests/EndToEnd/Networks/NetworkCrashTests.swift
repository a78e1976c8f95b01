import Foundation
import Harness
import Testing

/// Whatever is killed: no link, rule, address or lease stays behind.
@Suite(.needsRoot, .serialized)
struct NetworkCrashTests {
    @Test func killedMonitorsProxiesAndCommandsLeaveNothingOfTheirNetworks() throws {
        try Workplace.with { place in
            try place.run("network", "create", "--subnet", "10.66.0.0/29", "net")
            for round in 0..<12 {
                let victim = try place.start(
                    "run", "-d", "--name", "c\(round)", "--network", "net", "-p", "8080:80", "busybox", "sleep", "1000")
                usleep(UInt32.random(in: 0...40_000))
                if round % 2 == 0 { victim.signal(SIGKILL) }
                victim.wait()
                // The proxy is made by the first to knock.
                _ = try place.ask("tcp", "127.0.0.1", 8080)
                let running = try place.run("inspect", "-f", "{{.Monitor.Pid}}", "c\(round)").trimmed
                if let monitor = pid_t(running), monitor > 1 { kill(monitor, SIGKILL) }
                try place.run("rm", "-f", "c\(round)")
            }
            try nothingIsLeft(place)
            // The subnet has five addresses for containers: every one of them came back.
            for name in ["a1", "a2", "a3", "a4", "a5"] {
                let run = try place.run("run", "-d", "--name", name, "--network", "net", "busybox", "sleep", "1000")
                #expect(run.code == 0, "\(run.errors)")
            }
            let full = try place.run("run", "-d", "--name", "a6", "--network", "net", "busybox", "sleep", "1000")
            #expect(full.code == 125)
            #expect(full.errors.contains("10.66.0.0/29"), "\(full.errors)")
        }
    }

    @Test func theLossOfRunTimeFilesLikeAtARebootLeavesNothing() throws {
        try Workplace.with { place in
            try place.run("network", "create", "net")
            try place.serve("one", "--network", "net", "-p", "8080:80", "--restart", "always")
            try place.serve("two", "--network", "net")
            for name in ["one", "two"] {
                let monitor = try #require(pid_t(try place.run("inspect", "-f", "{{.Monitor.Pid}}", name).trimmed))
                kill(monitor, SIGKILL)
            }
            try FileManager.default.removeItem(atPath: place.root + "/run")
            try place.eventually("the end is told") { try place.state("one") == "exited" }
            try nothingIsLeft(place)
            try place.run("start", "one", "two")
            try place.eventually("they answer again") { try place.ask("tcp", "127.0.0.1", 8080).hasPrefix("one ") }
            #expect(try place.run("exec", "two", "ping", "-c", "1", "-W", "2", "one").code == 0)
        }
    }

    /// What the host and the run-time directory still know of containers that are gone; networks themselves stay.
    private func nothingIsLeft(_ place: Workplace) throws {
        try place.run("ps", "-a")
        try place.eventually("no link of a container is left") {
            NetworkSpace.interfaces().allSatisfy { $0 == "lo" || $0 == "spyhop0" || $0.hasPrefix("sp-") }
        }
        let tables = try Command.run(["/usr/sbin/nft", "list", "tables"], scratch: place.directory)
        #expect(tables.code == 0)
        let networks = try place.run("network", "ls", "-q", "--no-trunc").lines.map { "spyhop-" + $0.prefix(12) }
        for table in tables.lines {
            #expect(networks.contains { table.hasSuffix($0) }, "\(table)")
        }
        let leases = (try? FileManager.default.subpathsOfDirectory(atPath: place.root + "/run/networks")) ?? []
        #expect(leases.filter { $0.split(separator: "/").last?.count == 64 && $0.contains("/") } == [])
        try place.eventually("no monitor and no proxy is left") { NetworkSpace.processes().isEmpty }
    }
}
