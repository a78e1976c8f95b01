import Foundation
import Harness
import Testing

/// Networks of an ordinary user, whose host is a namespace with a cable to another machine.
@Suite(
    .needsRoot, .serialized,
    .enabled(
        if: Programs.installed("newuidmap") != nil && Programs.installed("pasta") != nil,
        "needs the packages uidmap and passt"))
struct RootlessNetworkTests {
    @Test func aUsersContainersFindEachOtherByNameAndNetworksAreApart() throws {
        try UserPlace.with { user in
            try user.importImage()
            try user.run("network", "create", "--ipv6", "red")
            try user.run("network", "create", "--ipv6", "blue")
            try user.serve("one", "--network", "red", "--network-alias", "uno")
            try user.serve("two", "--network", "red")
            try user.serve("three", "--network", "blue")
            for name in ["one", "uno"] {
                let heard = try user.run("exec", "two", "ping", "-c", "1", "-W", "2", name)
                #expect(heard.code == 0, "\(name): \(heard)")
            }
            let addresses = [try user.address("one", on: "red"), try user.address("one", on: "red", version: 6)]
            for address in addresses {
                #expect(try user.ask(from: "two", "tcp", address, 80).hasPrefix("one "), "\(address)")
                #expect(try user.ask(from: "two", "udp", address, 80).hasPrefix("one "), "\(address)")
                #expect(try user.ask(from: "three", "tcp", address, 80) == "", "\(address)")
            }
            #expect(try user.run("exec", "three", "nslookup", "one").code != 0)
            #expect(try user.run("network", "connect", "red", "three").code == 0)
            #expect(try user.ask(from: "three", "tcp", addresses[0], 80).hasPrefix("one "))
            #expect(try user.run("network", "disconnect", "red", "three").code == 0)
            #expect(try user.ask(from: "three", "tcp", addresses[0], 80) == "")
            // Nothing of it is in the host's own namespace.
            #expect(NetworkSpace.interfaces() == ["lo"])
        }
    }

    @Test func publishedPortsAnswerLoopbackOtherMachinesAndContainers() throws {
        try UserPlace.with { user in
            let outside = try Outside(directory: user.directory)
            try user.importImage()
            try user.run("network", "create", "--ipv6", "net")
            try user.serve("web", "--network", "net", "-p", "8080:80", "-p", "8080:80/udp")
            try user.serve("client", "--network", "net")
            for transport in ["tcp", "udp"] {
                for address in ["127.0.0.1", "::1", Outside.host, Outside.host6] {
                    let heard = try user.ask(transport, address, 8080)
                    #expect(heard.hasPrefix("web "), "\(transport) \(address): \(heard)")
                }
                for address in [Outside.host, Outside.host6] {
                    #expect(try outside.ask(transport, address, 8080).hasPrefix("web "), "\(transport) \(address)")
                    let heard = try user.ask(from: "client", transport, address, 8080)
                    #expect(heard.hasPrefix("web "), "\(transport) \(address) from a container: \(heard)")
                }
            }
            let taken = try user.run("run", "--rm", "-p", "8080:80", "box", "true")
            #expect(taken.code == 125 && taken.errors.contains("8080") && taken.errors.contains("web"), "\(taken)")
            let low = try user.run("run", "--rm", "-p", "81:80", "box", "true")
            #expect(low.code == 125 && low.errors.contains("81"), "\(low)")
            #expect(low.errors.contains("ip_unprivileged_port_start"), "\(low)")
            try user.run("rm", "-f", "web")
            #expect(try user.ask("tcp", "127.0.0.1", 8080) == "")
        }
    }

    @Test(arguments: ["pasta", "slirp4netns"])
    func theWorldIsReachedThrough(program: String) throws {
        guard Programs.installed(program) != nil else { return }
        try UserPlace.with { user in
            let outside = try Outside(directory: user.directory)
            let around = UserPlace.Surroundings(lacks: program == "pasta" ? ["slirp4netns"] : ["pasta"])
            try user.importImage()
            let server = try outside.space.inside { try Command.start([Peer.path(), "serve", "tcp", "80", "world"]) }
            let host = try Command.start([Peer.path(), "serve", "tcp", "90", "host"])
            let loopback = try Command.start([Peer.path(), "serve", "tcp", "91", "secret", "127.0.0.1"])
            defer {
                for one in [server, host, loopback] {
                    one.signal(SIGKILL)
                    one.wait()
                }
            }
            #expect(Command.eventually { (try? user.ask("tcp", Outside.other, 80)) != "" })
            #expect(Command.eventually { (try? user.ask("tcp", "127.0.0.1", 91)) != "" })
            try user.run("network", "create", "--ipv6", "net", surroundings: around)
            let started = try user.serve("one", around, "--network", "net")
            #expect(!started.errors.contains("the world"), "\(started.errors)")
            #expect(user.pid(of: program) != nil, "\(user.processes())")
            #expect(try user.ask(from: "one", "tcp", Outside.other, 80) == "world \(Outside.host)")
            #expect(try user.ask(from: "one", "tcp", Outside.host, 90).hasPrefix("host "), "the host by its address")
            if program == "pasta" {
                // Debian 12's pasta may take a second or two before its first conversation over IPv6.
                #expect(
                    Command.eventually(attempts: 10) {
                        (try? user.ask(from: "one", "tcp", "2001:db8::2", 80)) == "world \(Outside.host6)"
                    })
            }
            // What listens on the host's loopback is not meant for containers.
            let routes = try user.run("exec", "one", "ip", "route").output
            for address in ["10.0.2.2", try user.gateway(of: "one"), Outside.host] {
                #expect(try user.ask(from: "one", "tcp", address, 91) == "", "\(address): \(routes)")
            }
        }
    }

    @Test func withoutAWayToTheWorldContainersStillReachEachOtherAndThePersonIsTold() throws {
        try UserPlace.with { user in
            try user.importImage()
            let around = UserPlace.Surroundings(lacks: ["pasta", "slirp4netns"])
            try user.run("network", "create", "net", surroundings: around)
            let first = try user.serve("one", around, "--network", "net")
            #expect(first.errors.contains("apt-get install passt"), "\(first.errors)")
            let second = try user.serve("two", around, "--network", "net")
            #expect(!second.errors.contains("passt"), "told once: \(second.errors)")
            #expect(try user.run("exec", "two", "ping", "-c", "1", "-W", "2", "one").code == 0)
        }
    }

    @Test func whateverIsKilledNetworksAreMadeWholeAndNothingIsLeft() throws {
        try UserPlace.with { user in
            let outside = try Outside(directory: user.directory)
            try user.importImage()
            let server = try outside.space.inside { try Command.start([Peer.path(), "serve", "tcp", "80", "world"]) }
            defer {
                server.signal(SIGKILL)
                server.wait()
            }
            try user.run("network", "create", "net")
            try user.serve("one", "--network", "net", "-p", "8080:80")
            // Each time it does not takes two seconds.
            func reachesTheWorld(_ name: String) -> Bool {
                Command.eventually(attempts: 20) {
                    (try? user.ask(from: name, "tcp", Outside.other, 80)) == "world \(Outside.host)"
                }
            }
            #expect(reachesTheWorld("one"))

            // The way to the world is built again by itself.
            let pasta = try #require(user.pid(of: "pasta"))
            kill(pasta, SIGKILL)
            #expect(Command.eventually { user.pid(of: "pasta").map { $0 != pasta } ?? false })
            #expect(reachesTheWorld("one"))

            // The next command makes a keeper of the same namespace.
            let keeper = try #require(user.pid(of: "spyhop-netns"))
            kill(keeper, SIGKILL)
            #expect(Command.eventually { user.pid(of: "pasta") == nil }, "it outlives its keeper")
            #expect(try user.ask("tcp", "127.0.0.1", 8080).hasPrefix("one "))
            try user.serve("two", "--network", "net")
            #expect(try #require(user.pid(of: "spyhop-netns")) != keeper)
            #expect(try user.run("exec", "two", "ping", "-c", "1", "-W", "2", "one").code == 0)
            #expect(reachesTheWorld("two") && reachesTheWorld("one"))
            // It stays for the one that the first keeper had served.
            try user.run("rm", "-f", "two")
            sleep(5)
            #expect(reachesTheWorld("one"))

            let monitor = try #require(pid_t(try user.run("inspect", "-f", "{{.Monitor.Pid}}", "one").trimmed))
            kill(monitor, SIGKILL)
            #expect(Command.eventually { user.pid(of: "spyhop-netns") == nil }, "\(user.processes())")
            #expect(user.pid(of: "pasta") == nil)
            let left = try FileManager.default.contentsOfDirectory(atPath: user.directory + "/run/spyhop")
            #expect(!left.contains("netns") && !left.contains("netns.sock"), "\(left)")
            #expect(try user.run("rm", "-f", "one").code == 0)
        }
    }

    @Test func startsAtOnceShareOneNamespace() throws {
        try UserPlace.with { user in
            try user.importImage()
            try user.run("network", "create", "net")
            let children = try (0..<6).map { number in
                let words = ["run", "-d", "--name", "c\(number)", "--network", "net", "box", "sleep", "1000"]
                return try Command.start(user.spyhop(words), output: "\(user.directory)/out\(number)")
            }
            for (number, child) in children.enumerated() {
                #expect(child.wait() == 0, "\(Command.text("\(user.directory)/out\(number)"))")
            }
            #expect(user.processes().filter { $0.contains("spyhop-netns") }.count == 1)
            let addresses = try (0..<6).map { try user.address("c\($0)", on: "net") }
            #expect(Set(addresses).count == 6 && !addresses.contains(""))
            for number in 1..<6 {
                #expect(try user.run("exec", "c0", "ping", "-c", "1", "-W", "2", "c\(number)").code == 0)
            }
        }
    }
}

extension UserPlace {
    @discardableResult
    fileprivate func serve(_ name: String, _ options: String...) throws -> Outcome {
        try serve(name, Surroundings(), options)
    }

    @discardableResult
    fileprivate func serve(_ name: String, _ surroundings: Surroundings, _ options: String...) throws -> Outcome {
        try serve(name, surroundings, options)
    }

    /// A container that answers on port 80 over TCP and UDP with its name and who asked.
    private func serve(_ name: String, _ surroundings: Surroundings, _ options: [String]) throws -> Outcome {
        // Built by root, for root alone.
        let peer = directory + "/peer"
        if !FileManager.default.fileExists(atPath: peer) {
            try FileManager.default.copyItem(atPath: Peer.path(), toPath: peer)
            chmod(peer, 0o755)
        }
        let script = "/peer serve udp 80 \(name) & exec /peer serve tcp 80 \(name)"
        let words = ["run", "-d", "--name", name] + options + ["-v", "\(peer):/peer:ro", "box", "sh", "-c", script]
        let outcome = try Command.run(spyhop(words, surroundings), scratch: directory, seconds: 60)
        guard outcome.code == 0 else { throw HarnessError("cannot start \(name): \(outcome.errors)") }
        let isListening = try Command.eventually {
            let table = try run("exec", name, "cat", "/proc/net/tcp6", "/proc/net/udp6").output
            return table.contains(":0050 00000000000000000000000000000000:0000 0A")
                && table.contains(":0050 00000000000000000000000000000000:0000 07")
        }
        guard isListening else { throw HarnessError("\(name) does not listen: \(try run("logs", name))") }
        return outcome
    }

    /// What a server answers to somebody on the user's host; empty when nobody does.
    fileprivate func ask(_ transport: String, _ address: String, _ port: Int) throws -> String {
        try Command.run([Peer.path(), "ask", transport, address, "\(port)"], scratch: directory).trimmed
    }

    /// What a server answers to a container that `serve` made.
    fileprivate func ask(from name: String, _ transport: String, _ address: String, _ port: Int) throws -> String {
        try run("exec", name, "/peer", "ask", transport, address, "\(port)").trimmed
    }

    fileprivate func address(_ name: String, on network: String, version: Int = 4) throws -> String {
        let key = version == 4 ? "IPAddress" : "GlobalIPv6Address"
        return try run("inspect", "-f", #"{{(index .NetworkSettings.Networks "\#(network)").\#(key)}}"#, name).trimmed
    }

    fileprivate func gateway(of name: String) throws -> String {
        try run("inspect", "-f", #"{{(index .NetworkSettings.Networks "net").Gateway}}"#, name).trimmed
    }

    /// The user's process that is a program, by its name; what others are told of it is not it.
    fileprivate func pid(of program: String) -> pid_t? {
        for line in processes() {
            let words = line.split(separator: " ")
            guard words.count > 1, words[1].split(separator: "/").last == program[...] else { continue }
            return pid_t(words[0])
        }
        return nil
    }
}
