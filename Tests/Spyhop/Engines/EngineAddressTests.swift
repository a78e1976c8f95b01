import Engine
import HTTP
import Testing

@testable import SpyhopCommands

struct EngineAddressTests {
    @Test func addressesAreSpelledAsDockerDoes() throws {
        #expect(try EngineAddress("unix:///run/d.sock").place == .unix(path: "/run/d.sock"))
        #expect(try EngineAddress("/run/d.sock").text == "unix:///run/d.sock")
        #expect(try EngineAddress("tcp://h:2375").place == .tcp(host: "h", port: 2375, trust: nil))
        #expect(try EngineAddress("tcp://h").place == .tcp(host: "h", port: 2375, trust: nil))
        #expect(
            try EngineAddress("tcp://h", trust: HTTPTrust()).place == .tcp(host: "h", port: 2376, trust: HTTPTrust()))
        #expect(try EngineAddress("https://[::1]:99").place == .tcp(host: "::1", port: 99, trust: HTTPTrust()))
        #expect(
            try EngineAddress("ssh://me@h:22").place
                == .program(["ssh", "-p", "22", "-T", "--", "me@h", "docker", "system", "dial-stdio"]))
        #expect(try EngineAddress("tcp://127.0.0.1:1").isLocal && !EngineAddress("ssh://h").isLocal)
    }

    @Test(arguments: [
        "", "unix://relative", "tcp://", "tcp://h:0", "tcp://h:99999", "tcp://h:x", "ssh://", "ssh://-oProxyCommand=x",
        "ssh://h/path", "npipe:////./pipe", "ssh://h:x", "tcp://[::1", "tcp://a b",
    ])
    func whatIsNoAddressIsRefused(_ text: String) {
        #expect(throws: EngineError.self) { try EngineAddress(text) }
    }

    @Test func wordsReachTheRemoteShellAsTheyAre() {
        #expect(RemoteSpyhop.quoted("it's $HOME") == "'it'\\''s $HOME'")
        #expect(RemoteSpyhop.quoted("") == "''")
        #expect(RemoteSpyhop.quoted("a-b/c:1") == "a-b/c:1")
        #expect(RemoteSpyhop.words(["--host", "ssh://h", "ps", "-a"]) == ["ps", "-a"])
        #expect(RemoteSpyhop.words(["-H", "ssh://h", "run", "img", "-H", "x"]) == ["run", "img", "-H", "x"])
        #expect(RemoteSpyhop.words(["ps", "--host=ssh://h"]) == ["ps"])
    }

    @Test func aHostAloneIsASpyhopAndWithAnEngineADocker() {
        var selection = EngineSelection(host: "ssh://h")
        #expect(selection.remoteSpyhop == "ssh://h")
        selection.engine = "docker"
        #expect(selection.remoteSpyhop == nil)
        #expect(EngineSelection(host: "unix:///x").remoteSpyhop == nil)
        #expect(selection.words == ["--engine", "docker", "--host", "ssh://h"])
    }
}
