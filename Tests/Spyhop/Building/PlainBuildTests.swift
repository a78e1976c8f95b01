import ArgumentParser
import Engine
import Testing

@testable import SpyhopCommands

struct PlainBuildTests {
    private static let environment = ProcessEnvironment(
        lookup: { ["KNOWN": "value", "SOURCE_DATE_EPOCH": "7"][$0] }, workingDirectory: "/w", isRoot: true)

    private static func parsed(_ words: [String]) throws -> BuildWish {
        let command = try RootCommand.parseAsRoot(OptionWords.normalise(words))
        return try #require(command as? BuildCommand).wish(environment)
    }

    @Test(arguments: [
        "build .", "build -t app .", "build . -t app", "build --tag a:1 -t registry.example:5000/b /ctx",
        "build -f Dockerfile.dev ctx", "build --file - ctx", "build -q .", "build --network none .",
        "build --network host --tag a .",
        "build --quiet --progress auto .", "build --progress plain --no-cache --pull --target builder .",
        "build --build-arg A=1 --build-arg KNOWN --build-arg UNKNOWN --build-arg B= .",
        "build --build-arg SOURCE_DATE_EPOCH=9 .", "build https://host.example/repo.git#main:dir",
    ])
    func whatIsReadWithoutTheParserIsWhatTheParserReads(_ line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let plain = try #require(PlainBuild.wish(words, Self.environment))
        #expect(try plain == Self.parsed(words))
    }

    @Test(arguments: [
        [], ["run", "."], ["image", "build", "."], ["build"], ["build", "--help"], ["build", ".", "."],
        ["build", ""], ["build", "-"], ["build", "--", "."], ["build", "-tapp", "."], ["build", "--tag=app", "."],
        ["build", "-t"], ["build", "-t", "Bad Name", "."], ["build", "--build-arg", "=1", "."],
        ["build", "-f", "a", "-f", "b", "."], ["build", "--target", "", "."], ["build", "--network", "own", "."],
        ["build", "--progress", "none-such", "."],
        ["build", "-q", "--progress", "plain", "."], ["build", "--secret", "id=a", "."],
        ["build", "--build-arg", "SOURCE_DATE_EPOCH=never", "."], ["--root", "/x", "build", "."],
    ])
    func everythingElseIsTheParsers(_ words: [String]) {
        #expect(PlainBuild.wish(words, Self.environment) == nil)
    }
}
