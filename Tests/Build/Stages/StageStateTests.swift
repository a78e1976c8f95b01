import Dockerfile
import Engine
import Images
import OCI
import Testing

@testable import Build

struct StageStateTests {
    /// The first stage of a Dockerfile, carried out as far as it changes no files.
    private func state(
        _ text: String, arguments: [String: String] = [:], globals: [String: String] = [:]
    ) throws -> StageState {
        let dockerfile = try Dockerfile.parse(Array("FROM scratch\n\(text)\n".utf8), name: "Dockerfile")
        let surroundings = InstructionSurroundings(
            expansion: WordExpansion(escape: "\\"), buildArguments: arguments, globalArguments: globals, epoch: nil)
        var state = StageState.scratch(Platform(architecture: "amd64", os: "linux"))
        for instruction in dockerfile.stages[0].instructions {
            _ = try state.apply(instruction.kind, at: "Dockerfile:1", surroundings)
        }
        return state
    }

    @Test func anEnvironmentOutdoesAnArgumentOfTheSameName() throws {
        let state = try state("ENV V=env\nARG V=arg\nARG W=arg")
        #expect(state.variable("V") == "env")
        #expect(state.runEnvironment.suffix(2) == ["V=env", "W=arg"])
        #expect(state.argumentsText == "|2 V=env W=arg ")
    }

    @Test func withinOneInstructionVariablesKeepTheirOldValues() throws {
        let state = try state("ENV abc=hello\nENV abc=bye def=$abc\nENV ghi=$abc")
        #expect(state.variable("def") == "hello" && state.variable("ghi") == "bye")
    }

    @Test func argumentsTakeTheirValueFromTheRequestThenTheFileThenTheGlobalOnes() throws {
        let state = try state(
            "ARG A=file\nARG B=file\nARG C\nARG D", arguments: ["A": "given"], globals: ["B": "global", "C": "global"])
        #expect(["A", "B", "C", "D"].map(state.variable) == ["given", "file", "global", nil])
        let history = state.configuration.history?.compactMap(\.createdBy)
        #expect(history == ["ARG A=given", "ARG B=file", "ARG C=global", "ARG D"])
    }

    @Test func anEntrypointResetsTheBasesCommandButNotItsOwnStages() throws {
        var base = try state("CMD [\"old\"]").inherited()
        let dockerfile = try Dockerfile.parse(Array("FROM scratch\nENTRYPOINT [\"e\"]\n".utf8), name: "Dockerfile")
        let surroundings = InstructionSurroundings(
            expansion: WordExpansion(escape: "\\"), buildArguments: [:], globalArguments: [:], epoch: nil)
        _ = try base.apply(dockerfile.stages[0].instructions[0].kind, at: "", surroundings)
        #expect(base.defaults.command == nil)
        let own = try state("CMD [\"c\"]\nENTRYPOINT [\"e\"]")
        #expect(own.defaults.command == ["c"] && own.defaults.entrypoint == ["e"])
    }

    @Test func historySaysWhatBuildKitSays() throws {
        let state = try state(
            """
            MAINTAINER Ada <ada@example.org>
            LABEL a="b c" d=e
            EXPOSE 80 53/udp
            VOLUME /data /more
            USER bob
            STOPSIGNAL SIGQUIT
            SHELL ["/bin/bash", "-c"]
            CMD echo hi
            HEALTHCHECK --interval=5m --timeout=3s CMD curl -f http://localhost/
            ONBUILD RUN make
            """)
        #expect(
            state.configuration.history?.compactMap(\.createdBy) == [
                "MAINTAINER Ada <ada@example.org>", "LABEL a=b c d=e", "EXPOSE [53/udp 80/tcp]", "VOLUME [/data /more]",
                "USER bob", "STOPSIGNAL SIGQUIT", "SHELL [/bin/bash -c]", #"CMD ["/bin/bash" "-c" "echo hi"]"#,
                "HEALTHCHECK {Test:[CMD-SHELL curl -f http://localhost/] Interval:5m0s Timeout:3s StartPeriod:0s "
                    + "StartInterval:0s Retries:0}",
            ])
        #expect(state.configuration.history?.allSatisfy { $0.emptyLayer == true } == true)
        #expect(state.configuration.author == "Ada <ada@example.org>")
        #expect(state.defaults.onBuild == ["RUN make"])
        #expect(state.defaults.healthcheck?.interval == 300_000_000_000 && state.defaults.healthcheck?.retries == nil)
    }

    @Test(arguments: ["STOPSIGNAL SIGFOO", "EXPOSE eighty", "STOPSIGNAL 99"])
    func whatMakesNoSenseIsRefused(_ text: String) {
        #expect(throws: (any Error).self) { try state(text) }
    }

    @Test func aBaseImagesTriggersAreTakenOutAndItsPathIsFilledIn() throws {
        var configuration = ImageConfiguration(architecture: "amd64", os: "linux", rootfs: .init(diffIDs: []))
        var defaults = ExecutionDefaults()
        defaults.onBuild = ["RUN make"]
        configuration.config = defaults
        let base = BaseImage(
            id: ImageID(rawValue: "sha256:0"), name: "base", configuration: configuration, layers: [])
        let (state, triggers) = StageState.image(base, platform: Platform(architecture: "amd64", os: "linux"))
        #expect(triggers == ["RUN make"] && state.defaults.onBuild == nil)
        #expect(state.defaults.environment == [StageState.defaultPath])
    }
}
