import Foundation
import Harness
import Testing

/// Published ports, asked from everywhere.
@Suite(.needsRoot)
struct PublishedPortTests {
    @Test func aPublishedPortAnswersLoopbackAnotherMachineAndContainersOverBothProtocols() throws {
        try Workplace.with { place in
            let outside = try Outside(place)
            try place.run("network", "create", "--ipv6", "net")
            try place.serve("web", "--network", "net", "-p", "8080:80", "-p", "8080:80/udp")
            try place.serve("client", "--network", "net")
            try place.serve("stranger")
            for transport in ["tcp", "udp"] {
                for address in ["127.0.0.1", "::1", Outside.host, Outside.host6] {
                    let heard = try place.ask(transport, address, 8080)
                    #expect(heard.hasPrefix("web "), "\(transport) \(address) from the host: \(heard)")
                }
                // Their own addresses are seen, for the kernel leads them there.
                #expect(try outside.ask(transport, Outside.host, 8080) == "web \(Outside.other)")
                #expect(try outside.ask(transport, Outside.host6, 8080) == "web 2001:db8::2")
                for name in ["client", "web", "stranger"] {
                    let heard = try place.ask(from: name, transport, Outside.host, 8080)
                    #expect(heard.hasPrefix("web "), "\(transport) from \(name): \(heard)")
                }
                #expect(try place.ask(from: "client", transport, Outside.host6, 8080).hasPrefix("web "))
            }
            let ports = try place.run("port", "web").lines.sorted()
            #expect(
                ports == [
                    "80/tcp -> 0.0.0.0:8080", "80/tcp -> [::]:8080", "80/udp -> 0.0.0.0:8080", "80/udp -> [::]:8080",
                ])
            try place.run("rm", "-f", "web")
            #expect(try place.ask("tcp", "127.0.0.1", 8080) == "")
            #expect(try outside.ask("tcp", Outside.host, 8080) == "")
        }
    }

    @Test func aPortOfOneAddressAnswersThereAlone() throws {
        try Workplace.with { place in
            let outside = try Outside(place)
            try place.serve("web", "-p", "127.0.0.1:8080:80", "-p", "\(Outside.host):8081:80")
            #expect(try place.ask("tcp", "127.0.0.1", 8080).hasPrefix("web "))
            #expect(try place.ask("tcp", Outside.host, 8080) == "")
            #expect(try outside.ask("tcp", Outside.host, 8080) == "")
            #expect(try outside.ask("tcp", Outside.host, 8081) == "web \(Outside.other)")
            #expect(try place.ask("tcp", "127.0.0.1", 8081) == "")
        }
    }

    @Test func rangesTakeTheFirstFreePortAndPublishAllTakesAnyOne() throws {
        try Workplace.with { place in
            try place.serve("one", "-p", "9000-9002:80")
            try place.serve("two", "-p", "9000-9002:80")
            #expect(try place.run("port", "one", "80").lines.first == "0.0.0.0:9000")
            #expect(try place.run("port", "two", "80/tcp").lines.first == "0.0.0.0:9001")
            #expect(try place.ask("tcp", "127.0.0.1", 9001).hasPrefix("two "))
            try place.serve("many", "-p", "9100-9101:80-81")
            #expect(try place.ask("tcp", "127.0.0.1", 9100).hasPrefix("many "))
            try place.serve("all", "-P", "--expose", "80", "--expose", "80/udp")
            let chosen = try place.run("port", "all", "80").lines.first { $0.hasPrefix("0.0.0.0:") }
            let port = try #require(chosen.flatMap { Int($0.split(separator: ":").last ?? "") })
            #expect(try place.ask("tcp", "127.0.0.1", port).hasPrefix("all "))
            #expect(
                try place.run("ps", "--filter", "name=one", "--format", "{{.Ports}}").trimmed.contains(
                    "0.0.0.0:9000->80/tcp"))
        }
    }

    @Test func aTakenPortIsToldAtOnceWithWhoHoldsIt() throws {
        try Workplace.with { place in
            try place.serve("first", "-p", "8080:80")
            let second = try place.run("run", "-d", "--name", "second", "-p", "8080:80", "busybox", "sleep", "100")
            #expect(second.code == 125)
            #expect(second.errors.contains("8080"))
            #expect(second.errors.contains("first"), "\(second.errors)")
            let holder = try Command.start([Peer.path(), "serve", "tcp", "8090", "held"])
            defer {
                holder.signal(SIGKILL)
                holder.wait()
            }
            try place.eventually("it listens") { try place.ask("tcp", "127.0.0.1", 8090) != "" }
            let third = try place.run("run", "--rm", "-p", "8090:80", "busybox", "true")
            #expect(third.code == 125)
            #expect(third.errors.contains("peer") && third.errors.contains("\(holder.pid)"), "\(third.errors)")
            // What failed has kept nothing: neither the port nor an address.
            try place.run("rm", "-f", "first", "second")
            try place.serve("again", "-p", "8080:80")
            #expect(try place.ask("tcp", "127.0.0.1", 8080).hasPrefix("again "))
            let bad = try place.run("run", "--rm", "-p", "80:x", "busybox", "true")
            #expect(bad.code == 125)
            #expect(bad.errors.contains("invalid containerPort: x"))
        }
    }

    @Test func aLongTransferOverLoopbackArrivesWholeAndEndsWithItsEnd() throws {
        try Workplace.with { place in
            let script = "cat /dev/zero | head -c 50000000"
            try place.run(
                "run", "-d", "--name", "source", "-p", "127.0.0.1:8080:80", "busybox", "nc", "-ll", "-p", "80", "-e",
                "/bin/sh", "-c", script)
            for address in ["127.0.0.1", "127.0.0.1"] {
                try place.eventually("it listens") {
                    let count = try Command.run(
                        ["/bin/sh", "-c", "busybox nc \(address) 8080 </dev/null | wc -c"], scratch: place.directory)
                    return count.trimmed == "50000000"
                }
            }
        }
    }
}
