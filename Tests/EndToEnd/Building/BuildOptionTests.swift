import Foundation
import Harness
import Testing

/// Every option of `spyhop build`, on real input.
@Suite(.needsRoot, .serialized)
struct BuildOptionTests {
    private func simple(_ place: Workplace, _ instructions: String = "RUN echo made > /made\n") throws -> String {
        try place.context(["Dockerfile": "FROM busybox\n" + instructions])
    }

    @Test func namesLabelsAndFilesThatTellTheResult() throws {
        try Workplace.with { (place) throws in
            let context = try simple(place)
            let id = place.directory + "/id"
            let metadata = place.directory + "/metadata"
            try place.built(
                "-t", "one", "--tag", "team/two:v2", "--label", "a=b", "--label", "c=", "--iidfile", id,
                "--metadata-file",
                metadata, context)
            #expect(Command.text(id) == (try place.identifier(of: "one")))
            #expect(try place.identifier(of: "team/two:v2") == place.identifier(of: "one"))
            #expect(Command.text(metadata).contains(Command.text(id)))
            let labels = try place.run("image", "inspect", "-f", "{{json .Config.Labels}}", "one").trimmed
            #expect(labels == #"{"a":"b","c":""}"#)
            let quiet = try place.run("build", "-q", context)
            #expect(quiet.output.hasPrefix("sha256:") && quiet.errors == "", "\(quiet)")
        }
    }

    @Test func theDockerfileComesFromWhereItIsSaid() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": "FROM busybox\nRUN exit 1\n", "other/file": "FROM busybox\nCOPY word /word\n",
                "word": "here",
                "other/file.dockerignore": "*\n!word\n", ".dockerignore": "word\n",
            ])
            try place.built("-t", "app", "-f", context + "/other/file", context)
            #expect(try place.output(of: "app", "cat", "/word") == "here")
            try unlinked(context + "/.dockerignore")
            try place.built("-t", "app", "-f", "-", context, input: "FROM busybox\nCOPY word /typed\n")
            #expect(try place.output(of: "app", "cat", "/typed") == "here")
            try place.built("-t", "app", "-", input: "FROM busybox\nRUN echo alone > /alone\n")
            #expect(try place.output(of: "app", "cat", "/alone") == "alone\n")
        }
    }

    private func unlinked(_ path: String) throws {
        guard unlink(path) == 0 else { throw HarnessError("no \(path)") }
    }

    @Test func theContextComesAsAnArchive() throws {
        try Workplace.with { (place) throws in
            let context = try place.context(["sub/Build": "FROM busybox\nCOPY sub/word /word\n", "sub/word": "packed"])
            let script = """
                tar -C \(context) -cz . | \(Workplace.spyhop) build --progress plain -t app -f sub/Build -
                """
            let outcome = try Command.run(
                ["/bin/sh", "-c", script], environment: place.environment, scratch: place.directory, seconds: 60)
            #expect(outcome.code == 0, "\(outcome)")
            #expect(try place.output(of: "app", "cat", "/word") == "packed")
        }
    }

    @Test func argumentsTargetsAndContextsByName() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": """
                ARG BASE=nothing-such
                FROM scratch AS extra
                FROM $BASE AS first
                ARG WORD=default
                ARG FROM_ENVIRONMENT
                RUN echo $WORD $FROM_ENVIRONMENT > /word
                COPY --from=extra in /in
                FROM first AS second
                RUN exit 1
                """
            ])
            let extra = try place.context(["in": "by name"])
            try place.built(
                "-t", "app", "--build-arg", "BASE=busybox", "--build-arg", "WORD=given", "--build-arg",
                "FROM_ENVIRONMENT", "--target", "first", "--build-context", "extra=\(extra)", context,
                environment: ["FROM_ENVIRONMENT=surroundings"])
            #expect(try place.output(of: "app", "cat", "/word", "/in") == "given surroundings\nby name")
            let image = try place.context(["Dockerfile": "FROM alias\nRUN test -e /word\n"])
            try place.built("--build-context", "alias=docker-image://app", image)
        }
    }

    @Test func theResultIsWrittenAsFiles() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile":
                    "FROM busybox AS made\nRUN mkdir /d && echo f > /d/f && chown 7:8 /d/f\nFROM scratch\nCOPY --from=made /d /d\n"
            ])
            let out = place.directory + "/out"
            try place.built("-o", out, context)
            #expect(Command.text(out + "/d/f") == "f\n")
            try place.built("-o", "type=tar,dest=\(out).tar", context)
            let listed = try Command.run(
                ["/bin/tar", "-tvf", out + ".tar", "--numeric-owner"], scratch: place.directory)
            #expect(listed.output.contains("7/8") && listed.output.contains("d/f"), "\(listed)")
            #expect(try place.run("images", "-q").lines.count == 1, "only busybox")
            try place.built(
                "-t", "app", "-o", "type=oci,dest=\(out).oci", "-o", "type=docker,dest=\(out).docker", context)
            for archive in ["oci", "docker"] {
                let loaded = try place.run("load", "-i", "\(out).\(archive)")
                #expect(loaded.code == 0 && loaded.output.contains("app"), "\(archive): \(loaded)")
            }
        }
    }

    @Test func aSquashedBuildHasOneLayerAboveItsBase() throws {
        try Workplace.with { (place) throws in
            let context = try simple(place, "RUN echo a > /a; echo b > /b\nRUN rm /a\nRUN echo c > /c && rm -r /var\n")
            try place.built("-t", "app", "--squash", context)
            #expect(try place.run("image", "inspect", "-f", "{{len .RootFS.Layers}}", "app").trimmed == "2")
            let seen = try place.output(of: "app", "sh", "-c", "cat /b /c; ls -d /a /var 2>/dev/null; true")
            #expect(seen == "b\nc\n")
        }
    }

    @Test func aPlatformIsWrittenDown() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile":
                    "FROM scratch\nARG TARGETARCH\nARG TARGETPLATFORM\nLABEL made=$TARGETARCH on=$TARGETPLATFORM\nCOPY . /\n"
            ])
            try place.built("-t", "app", "--platform", "linux/s390x", context)
            let told = try place.run("image", "inspect", "-f", "{{.Architecture}} {{json .Config.Labels}}", "app")
                .trimmed
            #expect(told == #"s390x {"made":"s390x","on":"linux/s390x"}"#)
        }
    }

    @Test func stepsGetWhatTheyAreGiven() throws {
        try Workplace.with { (place) throws in
            let context = try simple(
                place,
                """
                RUN cat /etc/hosts > /hosts; ulimit -n > /files; df -k /dev/shm | tail -n 1 > /shm
                RUN cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null > /memory; true

                """)
            try place.built(
                "-t", "app", "--add-host", "far.example:10.9.8.7", "--ulimit", "nofile=77:99", "--shm-size", "8m",
                "--memory", "64m", "--cpu-shares", "512", "--cpuset-cpus", "0", "--network", "none", context)
            #expect(try place.output(of: "app", "cat", "/hosts").contains("10.9.8.7"))
            #expect(try place.output(of: "app", "cat", "/files") == "77\n")
            #expect(try place.output(of: "app", "cat", "/shm").contains("8192"))
            let kept = try place.output(of: "app", "cat", "/etc/hosts")
            #expect(!kept.contains("10.9.8.7"), "what a step was given stays in no layer")
        }
    }

    @Test func aCheckTellsAndBuildsNothing() throws {
        try Workplace.with { (place) throws in
            let clean = try place.build("--check", try simple(place))
            #expect(clean.code == 0 && clean.output.contains("no warnings"), "\(clean)")
            let context = try place.context([
                "Dockerfile": "from busybox as Stage\nENV OLD style\nCMD echo shell form\n"
            ])
            let checked = try place.build("--check", context)
            #expect(checked.code == 1)
            for rule in ["StageNameCasing", "LegacyKeyValueFormat", "JSONArgsRecommended"] {
                #expect(checked.output.contains("WARNING: \(rule)"), "\(rule): \(checked.output)")
            }
            #expect(checked.output.contains("Dockerfile:2"))
            let built = try place.build("-t", "app", context)
            #expect(built.code == 0 && built.errors.contains("warnings found"), "\(built.errors)")
        }
    }

    @Test func whatCanBeChosenIsTold() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": """
                # WORD is what is said.
                ARG WORD=hello
                # maker makes.
                FROM busybox AS maker
                FROM busybox AS last
                ARG WORD
                RUN --mount=type=secret,id=token true
                """
            ])
            let targets = try place.build("--call", "targets", context)
            #expect(targets.output.contains("maker") && targets.output.contains("last (default)"), "\(targets)")
            let outline = try place.build("--call", "outline", context)
            #expect(outline.output.contains("WORD") && outline.output.contains("token"), "\(outline)")
            let json = try place.build("--call", "outline,format=json", context)
            #expect((try? JSONSerialization.jsonObject(with: Data(json.output.utf8))) != nil, "\(json)")
        }
    }

    @Test func progressIsJSONLinesWhenAsked() throws {
        try Workplace.with { (place) throws in
            let outcome = try place.run("build", "--progress", "rawjson", "-t", "app", try simple(place))
            #expect(outcome.code == 0, "\(outcome)")
            let lines = outcome.errors.split(separator: "\n")
            #expect(!lines.isEmpty)
            for line in lines {
                #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil, "\(line)")
            }
        }
    }

    @Test func aTerminalShowsStepsThatComeAndGo() throws {
        try Workplace.with { (place) throws in
            let context = try simple(place, "RUN echo loud; sleep 0.5; echo done > /made\n")
            let screen = try PseudoTerminal(
                [Workplace.spyhop, "build", "-t", "app", context],
                environment: place.environment + ["TERM=xterm-256color"])
            screen.wait(forText: "RUN echo loud")
            screen.wait(forText: "loud")
            #expect(screen.waitForExit() == 0)
            screen.wait(forText: "exporting")
            #expect(try place.output(of: "app", "cat", "/made") == "done\n")
        }
    }

    @Test func aFailedStepIsEnteredInItsLastState() throws {
        try Workplace.with { (place) throws in
            let context = try simple(place, "ENV WORD=whale\nWORKDIR /there\nRUN echo half > half && exit 7\n")
            let screen = try PseudoTerminal(
                [Workplace.spyhop, "build", "--progress", "plain", "--invoke", "-", context],
                environment: place.environment + ["TERM=xterm-256color"])
            screen.wait(forText: "ended with 7")
            screen.type("echo $WORD-$(cat half)-$(pwd)\n")
            screen.wait(forText: "whale-half-/there")
            screen.type("exit\n")
            #expect(screen.waitForExit() == 1)
        }
    }
}
