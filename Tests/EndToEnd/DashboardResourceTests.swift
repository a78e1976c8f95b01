import Foundation
import Harness
import Testing

/// Networks, volumes and published ports in the real dashboard, driven by keys and read from its screen.
@Suite(.needsRoot, .serialized)
struct DashboardResourceTests {
    private func open(_ place: Workplace, _ extra: [String] = []) throws -> PseudoTerminal {
        try PseudoTerminal(
            [Workplace.spyhop], environment: place.environment + ["TERM=xterm-256color"] + extra, columns: 130, rows: 40
        )
    }

    private func succeed(_ place: Workplace, _ words: String...) throws {
        let outcome = try place.run(words)
        try #require(outcome.code == 0, "\(words): \(outcome.errors)")
    }

    private func footer(_ lines: [String]) -> String { lines.suffix(4).joined(separator: " ") }

    @Test func aNetworkShowsWhoIsOnItWithTheirAddresses() throws {
        try Workplace.with { (place) throws in
            try succeed(place, "network", "create", "--subnet", "10.77.5.0/24", "front")
            for name in ["alpha", "bravo"] {
                try succeed(
                    place, "run", "-d", "--name", name, "--network", "front", "--network-alias", "the-\(name)",
                    "busybox", "sleep", "1000")
            }
            let screen = try open(place)
            screen.wait(forText: "alpha")
            screen.type("5/front\r")
            screen.wait(forText: "Network front")
            for text in ["10.77.5.0/24", "10.77.5.2/24", "10.77.5.3/24", "alpha eth0", "bravo eth0", "the-alpha"] {
                screen.wait(forText: text)
            }
            screen.type("d")
            screen.wait(for: "a refusal") { footer($0).contains("cannot remove front: alpha, bravo are on it") }
            screen.type("u")
            screen.wait(forText: "Take off front")
            screen.type("j\r")
            screen.wait(for: "the outcome") { footer($0).contains("disconnected from front: alpha") }
            screen.wait(forNoText: "10.77.5.2/24")
            screen.type("a")
            screen.wait(forText: "Put on front")
            screen.type("j\r")
            screen.wait(for: "the outcome") { footer($0).contains("connected to front: alpha") }
            screen.wait(forText: "alpha eth")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func aNetworkIsMadeAndRemovedByKeys() throws {
        try Workplace.with(image: false) { (place) throws in
            let screen = try open(place)
            screen.type("5c")
            screen.wait(forText: "new network's name")
            screen.type("shore\r")
            screen.wait(forText: "subnet, internal, ipv6")
            screen.type("10.78.0.0/24 internal\r")
            screen.wait(forText: "10.78.0.0/24")
            let made = try place.run("network", "inspect", "--format", "{{.Internal}}", "shore")
            #expect(made.trimmed == "true", "\(made.errors)")
            screen.type("/shore\r")
            screen.wait(forText: "Network shore")
            screen.type("d")
            screen.wait(forText: "Remove shore?")
            screen.type("y")
            screen.wait(for: "the outcome") { footer($0).contains("removed shore") }
            #expect(try place.run("network", "inspect", "shore").code != 0)
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func aVolumeIsRemovedAfterAskingAndOneInUseIsNot() throws {
        try Workplace.with { (place) throws in
            try succeed(place, "volume", "create", "unused")
            try succeed(
                place, "run", "-d", "--name", "keeper", "-v", "used:/data", "busybox", "sh", "-c",
                "dd if=/dev/zero of=/data/file bs=1M count=3; exec sleep 1000")
            let screen = try open(place)
            screen.wait(forText: "keeper")
            screen.type("4/used\r")
            screen.wait(forText: "unused")
            screen.type("G")
            screen.wait(forText: "keeper /data read-write")
            screen.wait(forText: "MB")
            screen.type("g")
            screen.wait(forText: "Volume unused")
            screen.type("d")
            screen.wait(forText: "Remove unused?")
            screen.type("\r")
            screen.wait(forNoText: "Remove unused?")
            #expect(try place.run("volume", "inspect", "unused").code == 0)
            screen.type("d")
            screen.wait(forText: "Remove unused?")
            screen.type("\t\r")
            screen.wait(for: "the outcome") { footer($0).contains("removed unused") }
            #expect(try place.run("volume", "inspect", "unused").code != 0)
            screen.type("d")
            screen.wait(for: "a refusal") { footer($0).contains("cannot remove used: keeper mounts it") }
            #expect(try place.run("volume", "inspect", "used").code == 0)
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func ofSeveralPublishedPortsTheChosenOneIsOpened() throws {
        try Workplace.with { (place) throws in
            try succeed(
                place, "run", "-d", "--name", "server", "-p", "18080:80", "-p", "127.0.0.1:18443:8443", "busybox",
                "sleep", "1000")
            let (browser, note) = (place.directory + "/browser", place.directory + "/opened")
            try "#!/bin/sh\nprintf '%s|' \"$@\" >'\(note)'\n".write(toFile: browser, atomically: true, encoding: .utf8)
            chmod(browser, 0o755)
            let screen = try open(place, ["BROWSER=\(browser) --new;touch%% %s"])
            screen.wait(forText: "18080→80")
            screen.type("w")
            screen.wait(forText: "Open server in the browser")
            screen.wait(forText: "http://localhost:18080/")
            screen.type("j\r")
            try place.eventually("the browser ran") { !Command.text(note).isEmpty }
            #expect(Command.text(note) == "--new;touch%|https://127.0.0.1:18443/|")
            screen.wait(for: "the outcome") { footer($0).contains("https://127.0.0.1:18443/ is opened by") }
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func withoutABrowserTheAddressIsShownAndCopied() throws {
        try Workplace.with { (place) throws in
            try succeed(place, "run", "-d", "--name", "server", "-p", "18080:80", "busybox", "sleep", "1000")
            let screen = try open(place)
            screen.wait(forText: "18080→80")
            screen.type("w")
            screen.wait(for: "the address") { footer($0).contains("http://localhost:18080/ is copied") }
            let copied = "\u{1b}]52;c;aHR0cDovL2xvY2FsaG9zdDoxODA4MC8=\u{7}"
            #expect(String(decoding: screen.raw, as: UTF8.self).contains(copied))
            screen.type("8]]]")
            screen.wait(forText: "published ports:")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }
}
