import Foundation
import Harness
import Testing

/// What a build makes of a Dockerfile, looked at by running it.
@Suite(.needsRoot, .serialized)
struct BuildTests {
    @Test func aDockerfileBecomesAnImageThatRuns() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": """
                FROM busybox
                WORKDIR /app
                COPY words.txt .
                RUN tr a-z A-Z < words.txt > shouted && chown 1000:1000 shouted
                ENV GREETING=ahoy
                USER worker
                CMD ["sh", "-c", "echo $GREETING $(cat shouted) $(id -u) $(pwd)"]
                """,
                "words.txt": "whale",
            ])
            let log = try place.built("-t", "app", context)
            #expect(log.state(of: "RUN tr") == .done, "\(log)")
            #expect(try place.run("run", "--rm", "app").output == "ahoy WHALE 1000 /app\n")
        }
    }

    @Test func historyTellsWhichLineMadeWhichLayer() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": "FROM busybox\n\nRUN echo one > /one\nENV A=b\nCOPY . /all\n"
            ])
            try place.built("-t", "app", context)
            let rows = try place.run("history", "--no-trunc", "--format", "{{.CreatedBy}}|{{.Comment}}", "app").lines
            #expect(
                rows.contains { $0.hasPrefix("RUN /bin/sh -c echo one > /one") && $0.contains("Dockerfile:3") },
                "\(rows)")
            #expect(rows.contains { $0.hasPrefix("ENV A=b") && $0.contains("Dockerfile:4") }, "\(rows)")
            #expect(rows.contains { $0.hasPrefix("COPY . /all") && $0.contains("Dockerfile:5") }, "\(rows)")
        }
    }

    @Test func stagesThatNothingNeedsAreNotBuilt() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": """
                FROM busybox AS broken
                RUN exit 1
                FROM busybox AS maker
                RUN echo made > /made
                FROM busybox
                COPY --from=maker /made /made
                """
            ])
            let log = try place.built("-t", "app", context)
            #expect(log.state(of: "RUN exit 1") == nil, "\(log)")
            #expect(try place.output(of: "app", "cat", "/made") == "made\n")
        }
    }

    @Test func independentStagesRunAtOnce() throws {
        try Workplace.with { (place) throws in
            // Each waits for the other's sign in a directory that both mount, and would wait for ever.
            func stage(_ own: String, _ other: String) -> String {
                """
                FROM busybox AS \(own)
                RUN --mount=type=cache,target=/signs touch /signs/\(own) && n=0; \
                  until test -e /signs/\(other); do usleep 10000; n=$((n+1)); test $n -lt 3000 || exit 1; done; echo \(own) > /\(own)

                """
            }
            let context = try place.context([
                "Dockerfile": stage("one", "two") + stage("two", "one") + """
                    FROM busybox
                    COPY --from=one /one /
                    COPY --from=two /two /
                    """
            ])
            try place.built("-t", "app", context)
            #expect(try place.output(of: "app", "cat", "/one", "/two") == "one\ntwo\n")
        }
    }

    @Test func hereDocumentsRunAndAreCopied() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": """
                FROM busybox
                ARG WHO=whale
                RUN <<END
                set -e
                echo "$WHO sings" > /song
                END
                COPY <<END <<"PLAIN" /texts/
                to $WHO
                END
                to $WHO
                PLAIN
                RUN cat /song /texts/END /texts/PLAIN > /all
                """
            ])
            try place.built("-t", "app", context)
            #expect(try place.output(of: "app", "cat", "/all") == "whale sings\nto whale\nto $WHO\n")
        }
    }

    @Test func triggersOfABaseRunInTheBuildThatStandsOnIt() throws {
        try Workplace.with { (place) throws in
            let parent = try place.context([
                "Dockerfile": "FROM busybox\nONBUILD COPY own /own\nONBUILD RUN cat /own > /again\n"
            ])
            try place.built("-t", "parent", parent)
            let child = try place.context(["Dockerfile": "FROM parent\nENV A=b\n", "own": "child's\n"])
            try place.built("-t", "child", child)
            #expect(try place.output(of: "child", "cat", "/again") == "child's\n")
            #expect(try Command.text(place.file(of: place.identifier(of: "parent"))).contains("OnBuild"))
            #expect(try !Command.text(place.file(of: place.identifier(of: "child"))).contains("OnBuild"))
        }
    }

    @Test func mountsOfAStepLeaveNothingInItsLayer() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": """
                FROM busybox AS source
                RUN echo from-a-stage > /file
                FROM busybox
                RUN --mount=type=bind,from=source,target=/a --mount=type=bind,source=dir,target=/b \
                    --mount=type=tmpfs,target=/c --mount=type=cache,target=/d \
                    cat /a/file /b/in && touch /c/x /d/x && ! touch /b/y
                """,
                "dir/in": "from-the-context\n",
            ])
            let log = try place.built("-t", "app", context)
            #expect(
                log.output(of: "RUN --mount").filter { $0.hasPrefix("from-") } == ["from-a-stage", "from-the-context"],
                "\(log)")
            let changed = try place.output(of: "app", "sh", "-c", "find /a /b /c /d -type f 2>/dev/null | wc -l")
            #expect(changed == "0\n")
        }
    }

    @Test func aCacheMountStaysFromBuildToBuild() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": """
                FROM busybox
                ARG ROUND
                RUN --mount=type=cache,target=/kept echo $ROUND >> /kept/rounds; cat /kept/rounds > /seen
                """
            ])
            for round in ["one", "two"] { try place.built("-t", "app", "--build-arg", "ROUND=\(round)", context) }
            #expect(try place.output(of: "app", "cat", "/seen") == "one\ntwo\n")
        }
    }

    @Test func aStepReachesTheNetworkAndIsRefusedItOnDemand() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": "FROM busybox\nRUN ip addr > /usual\nRUN --network=none ip addr > /none\n"
            ])
            try place.built("-t", "app", context)
            #expect(try place.output(of: "app", "cat", "/usual").contains("eth0"))
            #expect(try place.output(of: "app", "cat", "/none").contains("eth0") == false)
            let refused = try place.build(
                try place.context(["Dockerfile": "FROM busybox\nRUN --network=host true\n"]))
            #expect(refused.code == 1)
            #expect(refused.errors.contains("network.host"), "\(refused.errors)")
        }
    }
}
