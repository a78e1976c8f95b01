import ArgumentParser
import Engine
import Testing

@testable import SpyhopCommands

struct PlainRunTests {
    private static let environment = ProcessEnvironment(
        lookup: { $0 == "KNOWN" ? "value" : nil }, workingDirectory: "/w", isRoot: true)

    private static func parsed(_ words: [String]) throws -> RunRequest {
        let command = try RootCommand.parseAsRoot(OptionWords.normalise(words))
        return try #require(command as? RunCommand).request(environment)
    }

    @Test(arguments: [
        "run busybox", "run --rm busybox true", "run --rm -it alpine sh -c true", "run -d -t -i a b", "run -dit a",
        "run --detach --interactive --tty a", "run --rm --name x a --rm -d",
        "run -e A=1 --env B=2 -e KNOWN -e UNKNOWN a env", "run -v /a:/b -v ./c:/d:ro,rslave a",
        "run -v named:/x -v /y a",
        "run -w /x --user 1:2 a ls -l", "run --workdir /x -u me a", "run --rm a -- b", "run a -",
        "run -it --rm a:b@c d", "run -v named:/x a", "run -p 8080:80 --publish 53:53/udp a", "run --network own a",
        "run --network host a", "run --network name=own,alias=b -p 80 a",
    ])
    func whatIsReadWithoutTheParserIsWhatTheParserReads(_ line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let plain = try #require(PlainRun.request(words, Self.environment))
        #expect(try plain == Self.parsed(words))
    }

    @Test(arguments: [
        [], ["ps"], ["create", "a"], ["container", "run", "a"], ["--root", "/x", "run", "a"], ["run"],
        ["run", "--help"],
        ["run", "--rm"], ["run", "--rm=true", "a"], ["run", "--memory", "1g", "a"], ["run", "-itx", "a"],
        ["run", "--", "a"], ["run", "-", "a"], ["run", "-e"], ["run", "-eA=1", "a"], ["run", "--name=x", "a"],
        ["run", "-e", "=1", "a"], ["run", "-v", "/a:/b", "-v", "/c:/b", "a"],
        ["run", "-u", "a", "-u", "b", "c"], ["run", ""], ["run", "--unknown", "a"],
        ["run", "-p", "x", "a"], ["run", "--network", "a", "--network", "b", "c"],
        ["run", "--network", "host", "-p", "80", "a"], ["run", "-P", "a"],
    ])
    func everythingElseIsTheParsers(_ words: [String]) {
        #expect(PlainRun.request(words, Self.environment) == nil)
    }

    @Test func argumentsWithSpacesAndEmptyOnesStayWhatTheyAre() throws {
        let words = ["run", "--rm", "-e", "A=b c", "image", "sh", "-c", "echo a b", ""]
        let plain = try #require(PlainRun.request(words, Self.environment))
        #expect(plain.spec.command == ["sh", "-c", "echo a b", ""] && plain.spec.environment == ["A=b c"])
        #expect(try plain == Self.parsed(words))
    }
}
