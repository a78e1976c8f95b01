import Foundation
import Harness
import Testing

/// Containers find each other by name.
@Suite(.needsRoot)
struct NetworkNameTests {
    @Test func twoContainersOfANetworkFindEachOtherByNameAliasAndIdentifier() throws {
        try Workplace.with { place in
            try place.run("network", "create", "net")
            try place.serve("one", "--network", "net", "--network-alias", "first", "--hostname", "box")
            try place.serve("two", "--network", "net")
            for name in ["one", "first", "ONE", "one.net"] {
                #expect(try place.run("exec", "two", "ping", "-c", "1", "-W", "2", name).code == 0, "\(name)")
            }
            #expect(try place.run("exec", "one", "ping", "-c", "1", "-W", "2", "two").code == 0)
            let address = try place.address("one", on: "net")
            let answer = try place.run("exec", "two", "nslookup", "one").output
            #expect(answer.contains(address) && answer.contains("127.0.0.11"))
            #expect(try place.run("exec", "two", "nslookup", address).output.contains("one"))
            let short = try place.run("inspect", "-f", "{{.Id}}", "one").trimmed.prefix(12)
            #expect(try place.run("exec", "two", "ping", "-c", "1", "-W", "2", String(short)).code == 0)
            #expect(try place.run("exec", "two", "cat", "/etc/resolv.conf").output.contains("nameserver 127.0.0.11"))
            let hosts = try place.run("exec", "one", "cat", "/etc/hosts").output
            #expect(hosts.contains("\(address)\tbox"))
            #expect(try place.run("exec", "two", "nslookup", "nobody").code != 0)
        }
    }

    @Test func namesStayRightWhenContainersComeGoAndAreRenamed() throws {
        try Workplace.with { place in
            try place.run("network", "create", "net")
            try place.serve("watcher", "--network", "net")
            func sees(_ name: String) throws -> Bool {
                try place.run("exec", "watcher", "nslookup", name).code == 0
            }
            #expect(try !sees("late"))
            try place.run("run", "-d", "--name", "late", "--network", "net", "busybox", "sleep", "1000")
            #expect(try sees("late"))
            try place.run("rename", "late", "later")
            #expect(try sees("later"))
            #expect(try !sees("late"))
            try place.run("stop", "-t", "0", "later")
            #expect(try !sees("later"))
            try place.run("start", "later")
            #expect(try sees("later"))
            let monitor = try #require(pid_t(try place.run("inspect", "-f", "{{.Monitor.Pid}}", "later").trimmed))
            kill(monitor, SIGKILL)
            try place.eventually("the name is gone with its monitor") { try !sees("later") }
        }
    }

    @Test func severalHoldersOfAnAliasAreAllTold() throws {
        try Workplace.with { place in
            try place.run("network", "create", "net")
            try place.serve("asker", "--network", "net")
            var expected: Set<String> = []
            for name in ["db1", "db2", "db3"] {
                try place.run(
                    "run", "-d", "--name", name, "--network", "net", "--network-alias", "db", "busybox", "sleep", "100")
                expected.insert(try place.address(name, on: "net"))
            }
            let answer = try place.run("exec", "asker", "nslookup", "-type=a", "db").lines
            let told = Set(
                answer.filter { $0.hasPrefix("Address:") && !$0.contains("127.0.0.11") }.compactMap {
                    $0.split(separator: " ").last?.trimmingCharacters(in: .whitespaces)
                })
            #expect(told == expected)
        }
    }

    @Test func otherNamesAreAskedOfTheHostsResolverAlsoOnLoopback() throws {
        try Workplace.with { place in
            let resolver = try Command.start([Peer.path(), "dns", "53", "world.example", "198.51.100.7"])
            defer {
                resolver.signal(SIGKILL)
                resolver.wait()
            }
            // The machine's own resolv.conf is left alone: the commands see another one.
            let file = place.directory + "/resolv.conf"
            try "nameserver 127.0.0.53\nsearch example\n".write(toFile: file, atomically: true, encoding: .utf8)
            func run(_ words: [String]) throws -> Outcome {
                let script = "mount --bind '\(file)' $(readlink -f /etc/resolv.conf) && exec \"$@\""
                return try Command.run(
                    ["/usr/bin/unshare", "-m", "/bin/sh", "-c", script, "sh", Workplace.spyhop] + words,
                    environment: place.environment, scratch: place.directory)
            }
            #expect(try run(["network", "create", "net"]).code == 0)
            for network in ["net", "bridge"] {
                let answer = try run(["run", "--rm", "--network", network, "busybox", "nslookup", "world.example"])
                #expect(answer.output.contains("198.51.100.7"), "\(network): \(answer.output)\(answer.errors)")
                let short = try run(["run", "--rm", "--network", network, "busybox", "ping", "-c1", "-W1", "world"])
                #expect(short.output.contains("198.51.100.7"), "\(network): \(short.output)\(short.errors)")
            }
            #expect(try run(["network", "create", "--internal", "inside"]).code == 0)
            let cut = try run(["run", "--rm", "--network", "inside", "busybox", "nslookup", "world.example"])
            #expect(!cut.output.contains("198.51.100.7"))
        }
    }

    @Test func hostsAndResolversAreAsTheCommandLineSays() throws {
        try Workplace.with { place in
            let hosts = try place.run(
                "run", "--rm", "--add-host", "db:10.0.0.9", "--add-host", "host.docker.internal:host-gateway",
                "busybox", "cat", "/etc/hosts"
            ).output
            #expect(hosts.contains("10.0.0.9\tdb"))
            let gateway = try place.run("network", "inspect", "-f", "{{(index .IPAM.Config 0).Gateway}}", "bridge")
            #expect(hosts.contains("\(gateway.trimmed)\thost.docker.internal"))
            let resolver = try place.run(
                "run", "--rm", "--dns", "192.0.2.53", "--dns-search", "corp.example", "--dns-option", "timeout:1",
                "busybox", "cat", "/etc/resolv.conf"
            ).output
            #expect(resolver.contains("nameserver 192.0.2.53"))
            #expect(resolver.contains("search corp.example"))
            #expect(resolver.contains("options timeout:1"))
        }
    }

    @Test func portFiftyThreeIsTheContainersOwn() throws {
        try Workplace.with { place in
            try place.run("network", "create", "net")
            let words = try ["run", "-d", "--name", "names", "--network", "net"] + Peer.volume()
            _ = try place.run(words + ["busybox", "/peer", "serve", "udp", "53", "own"])
            try place.serve("asker", "--network", "net")
            try place.eventually("it listens") {
                try place.ask(from: "asker", "udp", try place.address("names", on: "net"), 53).hasPrefix("own ")
            }
            #expect(try place.run("exec", "names", "nslookup", "asker", "127.0.0.11").code == 0)
        }
    }
}
