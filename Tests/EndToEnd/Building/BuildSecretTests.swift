import Foundation
import Harness
import Testing

/// What a build is trusted with stays in no layer, no history and no cache.
@Suite(.needsRoot, .serialized)
struct BuildSecretTests {
    /// Files of the store that have `text` in them, layers and blobs and everything beside.
    private func holders(of text: String, in place: Workplace) throws -> [String] {
        let found = try Command.run(
            ["/bin/grep", "-rlaF", "--devices=skip", text, place.root], scratch: place.directory)
        return found.lines
    }

    @Test func aSecretIsReadAndStaysNowhere() throws {
        try Workplace.with { (place) throws in
            let word = "hush-\(UUID().uuidString)"
            let other = "shush-\(UUID().uuidString)"
            try word.write(toFile: place.directory + "/secret", atomically: true, encoding: .utf8)
            let context = try place.context([
                "Dockerfile": """
                FROM busybox
                RUN --mount=type=secret,id=word,mode=0444 --mount=type=secret,id=from-env,env=OTHER \
                    wc -c < /run/secrets/word > /size && echo ${#OTHER} >> /size && ls -l /run/secrets/word > /facts
                RUN --mount=type=secret,id=word,target=/etc/word,uid=1000,mode=0400 stat -c '%u %a' /etc/word > /owner
                RUN ls /run/secrets /etc/word > /left 2>/dev/null; true
                """
            ])
            let told = try place.build(
                "-t", "app", "--secret", "id=word,src=\(place.directory)/secret", "--secret", "id=from-env,env=GIVEN",
                "--cache-to", "type=local,dest=\(place.directory)/cache,mode=max", context,
                environment: ["GIVEN=\(other)"])
            #expect(told.code == 0, "\(told.errors)")
            #expect(try place.output(of: "app", "cat", "/size") == "\(word.count)\n\(other.count)\n")
            #expect(try place.output(of: "app", "cat", "/owner") == "1000 400\n")
            #expect(try place.output(of: "app", "sh", "-c", "wc -c < /left") == "0\n")
            for secret in [word, other] {
                #expect(try holders(of: secret, in: place) == [])
                let cached = try Command.run(
                    ["/bin/grep", "-rlaF", secret, place.directory + "/cache"], scratch: place.directory)
                #expect(cached.lines == [])
                #expect(!told.errors.contains(secret))
            }
        }
    }

    @Test func aSecretThatIsWantedAndNotGivenFails() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": "FROM busybox\nRUN --mount=type=secret,id=word,required true\n"
            ])
            let outcome = try place.build(context)
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains("word"), "\(outcome.errors)")
            let optional = try place.context([
                "Dockerfile": "FROM busybox\nRUN --mount=type=secret,id=word test ! -e /run/secrets/word\n"
            ])
            try place.built(optional)
        }
    }

    @Test func aChangedSecretDoesNotMiss() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": "FROM busybox\nRUN --mount=type=secret,id=word echo step > /step\n"
            ])
            try place.built("--secret", "id=word,env=WORD", context, environment: ["WORD=one"])
            let log = try place.built("--secret", "id=word,env=WORD", context, environment: ["WORD=two"])
            #expect(log.state(of: "RUN --mount") == .cached, "\(log)")
        }
    }

    @Test(.enabled(if: Programs.installed("ssh-agent") != nil, "needs openssh-client"))
    func anAgentIsReachedFromAStepThatAsksForIt() throws {
        let client = BuiltProgram("Peer/agent.c")
        defer { client.remove() }
        let program = try #require(client.path, "needs a C compiler")
        try Workplace.with { (place) throws in
            let socket = place.directory + "/agent"
            let agent = try Command.start([Programs.installed("ssh-agent") ?? "", "-D", "-a", socket])
            defer {
                agent.signal(SIGKILL)
                agent.wait()
            }
            try place.eventually("the agent listens") { access(socket, F_OK) == 0 }
            let script = "ssh-keygen -q -t ed25519 -N '' -f key && SSH_AUTH_SOCK=agent ssh-add -q key"
            let added = try Command.run(
                ["/bin/sh", "-c", "cd \(place.directory) && " + script], scratch: place.directory, seconds: 60)
            try #require(added.code == 0, "\(added.errors)")
            let context = try place.context([
                "Dockerfile": """
                FROM busybox
                COPY client /bin/client
                RUN --mount=type=ssh client $SSH_AUTH_SOCK > /keys
                RUN --mount=type=ssh,id=other,target=/tmp/socket client /tmp/socket >> /keys
                RUN test -z "$SSH_AUTH_SOCK" && ! test -e /tmp/socket
                """
            ])
            try FileManager.default.copyItem(atPath: program, toPath: context + "/client")
            try place.built("-t", "app", "--ssh", "default=\(socket)", "--ssh", "other=\(socket)", context)
            #expect(try place.output(of: "app", "cat", "/keys") == "1 keys\n1 keys\n")
            let wanting = try place.context(["Dockerfile": "FROM busybox\nRUN --mount=type=ssh,required true\n"])
            let refused = try place.build(wanting)
            #expect(refused.code == 1)
            #expect(refused.errors.contains("ssh"), "\(refused.errors)")
        }
    }
}
