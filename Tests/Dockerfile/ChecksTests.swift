import Dockerfile
import Engine
import Testing

/// Every rule has Dockerfiles that break it and Dockerfiles that do not.
struct ChecksTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: String
        let text: String
        let line: Int?

        init(_ rule: String, _ text: String, at line: Int?) {
            self.rule = rule
            self.text = text
            self.line = line
        }

        var testDescription: String { "\(rule): \(text)" }
    }

    static let cases = [
        Case("StageNameCasing", "FROM alpine AS Build", at: 1),
        Case("StageNameCasing", "FROM alpine AS build", at: nil),
        Case("FromAsCasing", "FROM alpine as build", at: 1),
        Case("FromAsCasing", "from alpine AS build\nrun x", at: 1),
        Case("FromAsCasing", "FROM alpine AS build", at: nil),
        Case("FromAsCasing", "from alpine as build", at: nil),
        Case("NoEmptyContinuation", "FROM alpine\nRUN a \\\n\n b", at: 2),
        Case("NoEmptyContinuation", "FROM alpine\nRUN a \\\n# why\n b", at: nil),
        Case("NoEmptyContinuation", "FROM alpine\nRUN <<EOF\n\nEOF", at: nil),
        Case("ConsistentInstructionCasing", "FROM alpine\nrun a\nRUN b", at: 2),
        Case("ConsistentInstructionCasing", "FROM alpine\nRun a", at: 2),
        Case("ConsistentInstructionCasing", "from alpine\nrun a\nENV b=c", at: 3),
        Case("ConsistentInstructionCasing", "from alpine\nrun a", at: nil),
        Case("DuplicateStageName", "FROM a AS x\nFROM b AS X", at: 2),
        Case("DuplicateStageName", "FROM a AS x\nFROM b AS y", at: nil),
        Case("ReservedStageName", "FROM a AS scratch", at: 1),
        Case("ReservedStageName", "FROM a AS context", at: 1),
        Case("ReservedStageName", "FROM scratch AS a", at: nil),
        Case("JSONArgsRecommended", "FROM a\nCMD my-app", at: 2),
        Case("JSONArgsRecommended", "FROM a\nENTRYPOINT my-app", at: 2),
        Case("JSONArgsRecommended", "FROM a\nCMD [\"my-app\"]", at: nil),
        Case("JSONArgsRecommended", "FROM a\nSHELL [\"/bin/bash\", \"-c\"]\nCMD my-app", at: nil),
        Case("JSONArgsRecommended", "FROM a AS b\nSHELL [\"/bin/bash\", \"-c\"]\nFROM b\nCMD my-app", at: nil),
        Case("MaintainerDeprecated", "FROM a\nMAINTAINER me", at: 2),
        Case("MaintainerDeprecated", "FROM a\nLABEL maintainer=me", at: nil),
        Case("UndefinedArgInFrom", "FROM alpine$V", at: 1),
        Case("UndefinedArgInFrom", "ARG V\nFROM alpine$V", at: nil),
        Case("UndefinedArgInFrom", "FROM --platform=$BUILDPLATFORM alpine", at: nil),
        Case("WorkdirRelativePath", "FROM a\nWORKDIR usr/src", at: 2),
        Case("WorkdirRelativePath", "FROM a\nWORKDIR /usr\nWORKDIR src", at: nil),
        Case("WorkdirRelativePath", "FROM a AS b\nWORKDIR /usr\nFROM b\nWORKDIR src", at: nil),
        Case("UndefinedVar", "FROM known\nENV A=$FOO", at: 2),
        Case("UndefinedVar", "FROM known\nCOPY $src .", at: 2),
        Case("UndefinedVar", "FROM known\nCOPY <<EOF /x\n$oops\nEOF", at: 2),
        Case("UndefinedVar", "FROM known\nRUN --mount=type=cache,target=$DIR x", at: 2),
        Case("UndefinedVar", "FROM known\nEXPOSE $PORT", at: 2),
        Case("UndefinedVar", "FROM known\nARG a=$b", at: 2),
        Case("UndefinedVar", "FROM known\nENV A=$FROM_IMAGE P=$PATH:/x", at: nil),
        Case("UndefinedVar", "FROM known\nARG foo\nCOPY $foo .", at: nil),
        Case("UndefinedVar", "FROM known\nENV A=\\$FOO B='$BAR'", at: nil),
        Case("UndefinedVar", "FROM known\nRUN echo $FOO", at: nil),
        Case("UndefinedVar", "FROM not-known\nENV A=$FOO", at: nil),
        Case("MultipleInstructionsDisallowed", "FROM a\nCMD [\"a\"]\nCMD [\"b\"]", at: 2),
        Case("MultipleInstructionsDisallowed", "FROM a\nENTRYPOINT [\"a\"]\nENTRYPOINT [\"b\"]", at: 2),
        Case("MultipleInstructionsDisallowed", "FROM a\nHEALTHCHECK CMD a\nHEALTHCHECK NONE", at: 2),
        Case("MultipleInstructionsDisallowed", "FROM a AS b\nCMD [\"a\"]\nFROM b\nCMD [\"b\"]", at: nil),
        Case("LegacyKeyValueFormat", "FROM a\nENV name value", at: 2),
        Case("LegacyKeyValueFormat", "FROM a\nLABEL name value", at: 2),
        Case("LegacyKeyValueFormat", "FROM a\nENV name=value", at: nil),
        Case("RedundantTargetPlatform", "FROM --platform=$TARGETPLATFORM a", at: 1),
        Case("RedundantTargetPlatform", "FROM --platform=${BUILDPLATFORM} a", at: nil),
        Case("SecretsUsedInArgOrEnv", "FROM a\nARG AWS_SECRET_ACCESS_KEY", at: 2),
        Case("SecretsUsedInArgOrEnv", "FROM a\nENV DB_Password=x", at: 2),
        Case("SecretsUsedInArgOrEnv", "FROM a\nARG auth", at: 2),
        Case("SecretsUsedInArgOrEnv", "FROM a\nARG PUBLIC_KEY TOKEN_FILE TOKENIZER KEYBOARD KEY_VERSION", at: nil),
        Case("InvalidDefaultArgInFrom", "ARG TAG\nFROM busybox:${TAG}", at: 2),
        Case("InvalidDefaultArgInFrom", "ARG TAG\nFROM busybox:${TAG:-latest}", at: nil),
        Case("InvalidDefaultArgInFrom", "ARG TAG=1\nFROM registry.example.com:5000/a/b__c.d-e:${TAG}", at: nil),
        Case("FromPlatformFlagConstDisallowed", "FROM --platform=linux/amd64 a AS base", at: 1),
        Case("FromPlatformFlagConstDisallowed", "FROM --platform=linux/amd64 a AS base-amd64", at: nil),
        Case("FromPlatformFlagConstDisallowed", "FROM --platform=$BUILDPLATFORM a", at: nil),
        Case("CopyIgnoredFile", "# check=experimental=all\nFROM a\nCOPY ignored/x .", at: 3),
        Case("CopyIgnoredFile", "# check=experimental=CopyIgnoredFile\nFROM a\nADD ignored /x", at: 3),
        Case("CopyIgnoredFile", "FROM a\nCOPY ignored/x .", at: nil),
        Case("CopyIgnoredFile", "# check=experimental=all\nFROM a\nCOPY kept .\nCOPY --from=b ignored /y", at: nil),
        Case("InvalidDefinitionDescription", "# check=experimental=all\nFROM a\n# something\nARG x", at: 4),
        Case("InvalidDefinitionDescription", "# check=experimental=all\n\n# other\nFROM a AS b", at: 4),
        Case("InvalidDefinitionDescription", "# check=experimental=all\nFROM a\n# x is it\nARG x", at: nil),
        Case("InvalidDefinitionDescription", "# check=experimental=all\nFROM a\n# something\n\nARG x", at: nil),
        Case("InvalidDefinitionDescription", "FROM a\n# something\nARG x", at: nil),
        Case("ExposeProtoCasing", "FROM a\nEXPOSE 80/TCP", at: 2),
        Case("ExposeProtoCasing", "FROM a\nEXPOSE 80/tcp 81", at: nil),
        Case("ExposeInvalidFormat", "FROM a\nEXPOSE 127.0.0.1:80:80", at: 2),
        Case("ExposeInvalidFormat", "FROM a\nEXPOSE 80:80", at: 2),
        Case("ExposeInvalidFormat", "FROM a\nEXPOSE 80-90/udp", at: nil),
        Case("InvalidBaseImagePlatform", "FROM foreign", at: 1),
        Case("InvalidBaseImagePlatform", "FROM known", at: nil),
    ]

    private static func warnings(_ text: String, arguments: [String: String] = [:]) throws -> [BuildWarning] {
        let file = try Dockerfile.parse(Array(text.utf8), name: "Dockerfile")
        let graph = try BuildGraph(
            file, target: nil, arguments: arguments.merging(["V": "3", "TAG": "1"]) { given, _ in given },
            buildPlatform: "linux/amd64", targetPlatform: "linux/amd64", contexts: [])
        return DockerfileChecks.run(file, graph: graph, everyStage: true, ignored: { $0.hasPrefix("ignored") }) {
            name, _ in
            switch name {
            case "known": BaseImageFacts(environment: ["FROM_IMAGE=yes"], platform: "linux/amd64")
            case "foreign": BaseImageFacts(environment: [], platform: "linux/arm64")
            default: nil
            }
        }
    }

    @Test(arguments: cases)
    func aRuleFindsWhatBreaksItAndNothingElse(_ sample: Case) throws {
        let found = try Self.warnings(sample.text).filter { $0.rule == sample.rule }
        #expect(found.first?.lines?.lowerBound == sample.line)
        #expect(found.count == (sample.line == nil ? 0 : 1))
    }

    @Test func everyRuleHasACaseThatFiresAndOneThatDoesNot() throws {
        let fires = Set(Self.cases.filter { $0.line != nil }.map(\.rule))
        let silent = Set(Self.cases.filter { $0.line == nil }.map(\.rule))
        #expect(fires == silent)
        #expect(fires.count == 22)
    }

    @Test func rulesAreSkippedForAFileOrForOneInstruction() throws {
        let text = "FROM a\nMAINTAINER me\nCMD x"
        #expect(try Self.warnings(text).map(\.rule) == ["MaintainerDeprecated", "JSONArgsRecommended"])
        #expect(try Self.warnings("# check=skip=JSONArgsRecommended\n" + text).map(\.rule) == ["MaintainerDeprecated"])
        #expect(try Self.warnings("# check=skip=all\n" + text).isEmpty)
        let one = "FROM a\n# check=skip=MaintainerDeprecated\nMAINTAINER me\nCMD x"
        #expect(try Self.warnings(one).map(\.rule) == ["JSONArgsRecommended"])
    }

    @Test func aBuildArgumentTakesTheDirectivesPlace() throws {
        let file = try Dockerfile.parse(Array("# check=error=true\nFROM a\nCMD x".utf8), name: "Dockerfile")
        #expect(DockerfileChecks.areErrors(file, arguments: [:]))
        #expect(!DockerfileChecks.areErrors(file, arguments: ["BUILDKIT_DOCKERFILE_CHECK": "skip=all"]))
        #expect(try Self.warnings("FROM a\nCMD x", arguments: ["BUILDKIT_DOCKERFILE_CHECK": "skip=all"]).isEmpty)
    }

    @Test func aWarningShowsItsLinesAndWhereToReadOn() throws {
        let warning = try #require(try Self.warnings("FROM known\nENV A=b\nENV B=$FROM_IMAG").first)
        #expect(warning.rule == "UndefinedVar")
        #expect(warning.detail.contains("did you mean $FROM_IMAGE?"))
        #expect(warning.url == "https://docs.docker.com/go/dockerfile/rule/undefined-var/")
        #expect(warning.lines == 3...3)
        #expect(warning.excerpt.map(\.text) == ["FROM known", "ENV A=b", "ENV B=$FROM_IMAG"])
        #expect(warning.excerpt.map(\.isMarked) == [false, false, true])
        let other = try #require(try Self.warnings("FROM a\nCMD x").first)
        #expect(other.url.hasSuffix("/json-args-recommended/"))
    }

    @Test func withoutAPlanOnlyTheWayOfWritingIsChecked() throws {
        let file = try Dockerfile.parse(Array("FROM a AS B\nCMD x".utf8), name: "Dockerfile")
        let rules = DockerfileChecks.run(file, graph: nil, ignored: { _ in false }).map(\.rule)
        #expect(rules == ["StageNameCasing"])
    }

    @Test func stagesThatAreNotNeededAreCheckedOnlyOnDemand() throws {
        let file = try Dockerfile.parse(Array("FROM a AS b\nCMD x\nFROM a".utf8), name: "Dockerfile")
        let graph = try plan("FROM a AS b\nCMD x\nFROM a")
        #expect(DockerfileChecks.run(file, graph: graph, ignored: { _ in false }).isEmpty)
        #expect(DockerfileChecks.run(file, graph: graph, everyStage: true, ignored: { _ in false }).count == 1)
    }
}
