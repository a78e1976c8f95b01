import Foundation
import Harness
import Testing

/// What is said of builds that cannot be, and the exit codes.
@Suite(.needsRoot, .serialized)
struct BuildErrorTests {
    private struct Wrong: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var dockerfile: String
        /// All are in what is told.
        var told: [String]
    }

    private static let wrongs = [
        Wrong(
            testDescription: "a misspelled instruction", dockerfile: "FROM busybox\n\nRUM echo\n",
            told: ["Dockerfile:3", "3 | RUM echo", "did you mean RUN"]),
        Wrong(
            testDescription: "a flag that is not there", dockerfile: "FROM busybox\nCOPY --chwon=1 a /\n",
            told: ["Dockerfile:2", "chwon", "chown"]),
        Wrong(
            testDescription: "a stage that is not there",
            dockerfile: "FROM busybox AS builder\nFROM busybox\nCOPY --from=bulider /a /\n", told: ["bulider"]),
        Wrong(testDescription: "no FROM", dockerfile: "RUN echo\n", told: ["Dockerfile:1", "FROM"]),
        Wrong(testDescription: "nothing at all", dockerfile: "# only words\n", told: ["Dockerfile"]),
        Wrong(
            testDescription: "a file that is not in the context", dockerfile: "FROM busybox\nCOPY missing /\n",
            told: ["missing", "Dockerfile:2"]),
        Wrong(
            testDescription: "a file outside the context", dockerfile: "FROM busybox\nCOPY ../../etc/shadow /\n",
            told: ["etc/shadow"]),
        Wrong(
            testDescription: "a step that fails", dockerfile: "FROM busybox\nRUN echo before; exit 42\n",
            told: ["exit code: 42", "before", "Dockerfile:2"]),
        Wrong(
            testDescription: "a program that is not there", dockerfile: "FROM busybox\nRUN [\"/no/such\"]\n",
            told: ["/no/such", "Dockerfile:2"]),
        Wrong(
            testDescription: "a user that is not there", dockerfile: "FROM busybox\nUSER nobody-such\nRUN id\n",
            told: ["nobody-such"]),
        Wrong(
            testDescription: "a here-document without an end", dockerfile: "FROM busybox\nRUN <<END\necho\n",
            told: ["Dockerfile:2", "END"]),
        Wrong(
            testDescription: "a variable that must be set", dockerfile: "FROM busybox\nENV A=${NEVER:?is missing}\n",
            told: ["Dockerfile:2", "is missing"]),
        Wrong(
            testDescription: "a checksum that is not the file's",
            dockerfile: "FROM busybox\nADD --checksum=sha256:00 file /\n", told: ["Dockerfile:2", "checksum"]),
    ]

    @Test(arguments: wrongs) private func aWrongDockerfileIsToldWithItsLine(_ wrong: Wrong) throws {
        try Workplace.with { (place) throws in
            let context = try place.context(["Dockerfile": wrong.dockerfile, "file": "x"])
            let outcome = try place.build("-t", "app", context)
            #expect(outcome.code == 1, "\(outcome.errors)")
            for text in wrong.told { #expect(outcome.errors.contains(text), "\(text): \(outcome.errors)") }
            #expect(outcome.errors.contains("ERROR: "))
            #expect(try place.run("image", "inspect", "app").code != 0)
        }
    }

    @Test func optionsThatMakeNoSenseEndWith125() throws {
        try Workplace.with { (place) throws in
            let context = try place.context(["Dockerfile": "FROM busybox\n"])
            let wrongs: [[String]] = [
                ["--progress", "loud"], ["--network", "other"], ["--output", "type=paper"], ["--secret", "src=x"],
                ["--cache-to", "type=cloud"], ["--ssh", "default=/no/such"], ["-t", "UPPER:case"], ["--no-such-option"],
            ]
            for wrong in wrongs {
                let outcome = try place.build(wrong + [context])
                #expect([64, 125].contains(outcome.code), "\(wrong): \(outcome)")
                #expect(outcome.errors.contains("spyhop: ") || outcome.errors.contains("Error: "), "\(outcome.errors)")
            }
        }
    }

    @Test func placesThatAreNotThereAreNamed() throws {
        try Workplace.with { (place) throws in
            let context = try place.context(["word": "no Dockerfile here"])
            let outcomes = [
                ("Dockerfile", try place.build(context)), ("/no/such", try place.build("/no/such")),
                ("other", try place.build("-f", "other", context)),
                (
                    "nowhere",
                    try place.build("--target", "nowhere", try place.context(["Dockerfile": "FROM busybox AS here\n"]))
                ),
                (
                    "absent.example",
                    try place.build(
                        try place.context(["Dockerfile": "FROM absent.example:1/none\n"]))
                ),
            ]
            for (text, outcome) in outcomes {
                #expect(outcome.code != 0 && outcome.errors.contains(text), "\(text): \(outcome)")
            }
        }
    }
}
