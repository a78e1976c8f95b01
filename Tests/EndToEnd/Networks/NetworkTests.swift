import Foundation
import Harness
import Testing

/// Networks: who reaches whom, and what is left of it.
@Suite(.needsRoot)
struct NetworkTests {
    @Test func networksAreApartFromEachOtherAndOpenToTheWorld() throws {
        try Workplace.with { place in
            let outside = try Outside(place)
            try place.run("network", "create", "--ipv6", "red")
            try place.run("network", "create", "--ipv6", "blue")
            try place.serve("one", "--network", "red")
            try place.serve("two", "--network", "red")
            try place.serve("three", "--network", "blue")
            let two = try place.address("two", on: "red")
            let two6 = try place.address("two", on: "red", key: "GlobalIPv6Address")
            for address in [two, two6] {
                #expect(try place.ask(from: "one", "tcp", address, 80).hasPrefix("two "), "\(address)")
                #expect(try place.ask(from: "three", "tcp", address, 80) == "", "\(address)")
                #expect(try place.ask("tcp", address, 80).hasPrefix("two "), "the host reaches its containers")
            }
            #expect(try place.run("exec", "three", "nslookup", "two").code != 0)
            let server = try outside.space.inside { try Command.start([Peer.path(), "serve", "tcp", "80", "world"]) }
            defer {
                server.signal(SIGKILL)
                server.wait()
            }
            try place.eventually("the world listens") { try place.ask("tcp", Outside.other, 80) != "" }
            // Behind the host's own address.
            #expect(try place.ask(from: "one", "tcp", Outside.other, 80) == "world \(Outside.host)")
            #expect(try place.ask(from: "one", "tcp", "2001:db8::2", 80) == "world \(Outside.host6)")
            // Nobody comes in that no port was published for.
            try outside.space.inside { try outside.ip("route add \(two)/32 via \(Outside.host)") }
            #expect(try outside.ask("tcp", two, 80) == "")
        }
    }

    @Test func anInternalNetworkHasNoWayOut() throws {
        try Workplace.with { place in
            let outside = try Outside(place)
            let server = try outside.space.inside { try Command.start([Peer.path(), "serve", "tcp", "80", "world"]) }
            defer {
                server.signal(SIGKILL)
                server.wait()
            }
            try place.eventually("the world listens") { try place.ask("tcp", Outside.other, 80) != "" }
            try place.run("network", "create", "--internal", "inside")
            try place.serve("one", "--network", "inside")
            try place.serve("two", "--network", "inside")
            #expect(try place.ask(from: "one", "tcp", Outside.other, 80) == "")
            #expect(try place.ask(from: "one", "tcp", try place.address("two", on: "inside"), 80).hasPrefix("two "))
            #expect(try place.run("exec", "one", "ip", "route").output.contains("default") == false)
        }
    }

    @Test func aRunningContainerIsConnectedAndDisconnectedAndStaysSoOverRestarts() throws {
        try Workplace.with { place in
            try place.run("network", "create", "red")
            try place.run("network", "create", "--subnet", "10.99.0.0/24", "blue")
            try place.serve("one", "--network", "red", "-p", "8080:80", "--restart", "always")
            try place.serve("two", "--network", "blue")
            #expect(try place.run("exec", "one", "nslookup", "two").code != 0)
            #expect(
                try place.run("network", "connect", "--alias", "uno", "--ip", "10.99.0.77", "blue", "one").code == 0)
            #expect(try place.address("one", on: "blue") == "10.99.0.77")
            #expect(try place.ask(from: "one", "tcp", try place.address("two", on: "blue"), 80).hasPrefix("two "))
            #expect(try place.run("exec", "two", "ping", "-c", "1", "-W", "2", "uno").code == 0)
            #expect(try place.run("exec", "one", "ping", "-c", "1", "-W", "2", "two").code == 0)
            // The network that the ports lay on goes; the ports follow to the other.
            #expect(try place.run("network", "disconnect", "red", "one").code == 0)
            #expect(try place.ask("tcp", "127.0.0.1", 8080) == "one 10.99.0.1")
            #expect(try place.ask(from: "two", "tcp", "10.99.0.77", 80).hasPrefix("one "))
            // Its process killed, it is started again by its monitor, with the same networks.
            let before = try place.run("inspect", "-f", "{{.RestartCount}}", "one").trimmed
            kill(try #require(pid_t(try place.run("inspect", "-f", "{{.State.Pid}}", "one").trimmed)), SIGKILL)
            try place.eventually("it is started again") {
                try place.run("inspect", "-f", "{{.RestartCount}} {{.State.Status}}", "one").trimmed
                    == "\((Int(before) ?? 0) + 1) running"
            }
            try place.eventually("it answers again") { try place.ask("tcp", "127.0.0.1", 8080).hasPrefix("one ") }
            #expect(try place.address("one", on: "blue") == "10.99.0.77")
            // And so after a stop and a start.
            try place.run("restart", "-t", "0", "one")
            try place.eventually("it answers again") { try place.ask("tcp", "127.0.0.1", 8080).hasPrefix("one ") }
            #expect(try place.address("one", on: "blue") == "10.99.0.77")
            #expect(try place.run("network", "disconnect", "blue", "one").code == 0)
            #expect(try place.run("exec", "one", "ip", "-o", "link").lines.count == 1)
        }
    }

    @Test func oneContainerSharesAnothersNetwork() throws {
        try Workplace.with { place in
            try place.serve("web", "--hostname", "shared")
            let inside = try place.run(
                ["run", "--rm", "--network", "container:web"] + Peer.volume()
                    + ["busybox", "sh", "-c", "hostname; /peer ask tcp 127.0.0.1 80"])
            #expect(inside.lines.first == "shared")
            #expect(inside.output.contains("web 127.0.0.1"))
            let refused = try place.run("run", "--rm", "--network", "container:web", "-p", "1:1", "busybox", "true")
            #expect(refused.code == 125)
            let missing = try place.run("run", "--rm", "--network", "container:nobody", "busybox", "true")
            #expect(missing.code == 125)
            #expect(missing.errors.contains("nobody"))
        }
    }

    @Test func networksAreListedInspectedAndRemovedAsDockerDoes() throws {
        try Workplace.with { place in
            let created = try place.run(
                "network", "create", "--subnet", "10.77.0.0/24", "--gateway", "10.77.0.254", "--ip-range",
                "10.77.0.128/25", "--label", "team=whales", "net")
            #expect(created.code == 0)
            #expect(created.trimmed.count == 64)
            #expect(
                try place.run("network", "ls", "--format", "{{.Name}}").lines.sorted() == [
                    "bridge", "host", "net", "none",
                ])
            #expect(
                try place.run("network", "ls", "--filter", "label=team", "-q").trimmed == created.trimmed.prefix(12))
            try place.serve("one", "--network", "net")
            #expect(try place.address("one", on: "net").hasPrefix("10.77.0.1"))
            #expect(try place.address("one", on: "net", key: "Gateway") == "10.77.0.254")
            let inspected = try place.run("network", "inspect", "net").output
            for word in [#""Name": "one""#, #""Subnet": "10.77.0.0/24""#, "\"IPv4Address\": \"10.77.0."] {
                #expect(inspected.contains(word), "\(word)")
            }
            let used = try place.run("network", "rm", "net")
            #expect(used.code == 1)
            #expect(used.errors.contains("one"), "\(used.errors)")
            let overlap = try place.run("network", "create", "--subnet", "10.77.0.0/16", "other")
            #expect(overlap.code == 1)
            #expect(try place.run("network", "create", "net").code == 1)
            #expect(try place.run("network", "rm", "bridge").code == 1)
            let taken = try place.run("run", "--rm", "--network", "net", "--ip", "10.77.0.254", "busybox", "true")
            #expect(taken.code == 125)
            try place.run("rm", "-f", "one")
            #expect(try place.run("network", "prune", "-f").output.contains("net"))
            #expect(
                try place.run("network", "ls", "--format", "{{.Name}}").lines.sorted() == ["bridge", "host", "none"])
            #expect(NetworkSpace.interfaces().filter { $0.hasPrefix("sp-") } == [])
        }
    }
}
