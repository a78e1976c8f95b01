import Engine
import LinuxSystem
import Registry
import Testing

struct CredentialHelperTests {
    private static func file(_ place: CredentialDirectory, deadline: Duration = .seconds(60)) -> DockerConfigFile {
        DockerConfigFile(
            path: place.config, helperPath: place.path + ":/usr/bin:/bin",
            helperEnvironment: ["PATH=/usr/bin:/bin", "KEPT=\(place.path)"], helperDeadline: deadline)
    }

    @Test func aHelperKeepsWhatTheFileThenOnlyLists() async throws {
        try await CredentialDirectory.with { place in
            try await place.installKeeper()
            try place.write("{\"credsStore\": \"keeper\"}")
            let file = Self.file(place)
            #expect(try await file.credentials(for: "docker.io") == nil)
            let said = try await file.store(.password(username: "me", password: "s\"x"), for: "docker.io")
            #expect(said == "your credentials are kept by docker-credential-keeper")
            #expect(try await file.credentials(for: "docker.io") == .password(username: "me", password: "s\"x"))
            #expect(try place.read("asked") == "https://index.docker.io/v1/https://index.docker.io/v1/")
            #expect(
                try place.read() == """
                    {
                    \t"credsStore": "keeper",
                    \t"auths": {
                    \t\t"https://index.docker.io/v1/": {}
                    \t}
                    }
                    """)
            #expect(try await file.erase("docker.io"))
            #expect(try place.read("erased") == "https://index.docker.io/v1/")
            #expect(try !place.read().contains("index.docker.io"))
            #expect(try await !file.erase("docker.io"))
        }
    }

    @Test func aTokenStandsInThePlaceOfAName() async throws {
        try await CredentialDirectory.with { place in
            try await place.installKeeper()
            try place.write("{\"credHelpers\": {\"a.io\": \"keeper\"}, \"credsStore\": \"missing\"}")
            let file = Self.file(place)
            _ = try await file.store(.identityToken("secret"), for: "a.io")
            #expect(try place.read("kept").contains("\"Username\": \"<token>\""))
            #expect(try await file.credentials(for: "a.io") == .identityToken("secret"))
        }
    }

    @Test(arguments: ["missing", "../sh"])
    func aHelperThatIsNotThereIsNamed(name: String) async throws {
        try await CredentialDirectory.with { place in
            try place.write("{\"credsStore\": \"\(name)\"}")
            do {
                _ = try await Self.file(place).credentials(for: "a.io")
                Issue.record("there is no such helper")
            } catch let error as EngineError {
                #expect(error.code == .unsupported && error.message.contains("docker-credential-\(name)"))
            }
        }
    }

    @Test(arguments: [
        ("echo 'the vault is \u{1b}[31mshut'; exit 1", "the vault is \\u{1b}[31mshut"),
        ("exit 3", "it ended with code 3"),
        ("echo '{\"Username\": 3}'", "its answer is not understood"), ("exec cat /dev/zero", "its answer has no end"),
        ("kill -9 $$", "it ended with code 137"),
    ])
    func aHelperThatFailsIsQuotedHarmlessly(script: String, words: String) async throws {
        try await CredentialDirectory.with { place in
            try await place.install("docker-credential-bad", script)
            try place.write("{\"credsStore\": \"bad\"}")
            do {
                _ = try await Self.file(place).credentials(for: "a.io")
                Issue.record("it failed")
            } catch let error as EngineError { #expect(error.message.contains(words), "\(error)") }
        }
    }

    @Test func aHelperThatNeverAnswersIsEnded() async throws {
        try await CredentialDirectory.with { place in
            try await place.install("docker-credential-slow", "exec sleep 1000")
            try place.write("{\"credsStore\": \"slow\"}")
            do {
                _ = try await Self.file(place, deadline: .milliseconds(200)).credentials(for: "a.io")
                Issue.record("it never answers")
            } catch let error as EngineError { #expect(error.message.contains("gave no answer"), "\(error)") }
        }
    }

    @Test func aHelpersChildThatKeepsItsOutputOpenIsNotWaitedFor() async throws {
        try await CredentialDirectory.with { place in
            // The child ends by itself soon after the directory is gone.
            try await place.install(
                "docker-credential-agent",
                "while [ -e \(place.path) ]; do sleep 1; done & echo '{\"Username\": \"a\", \"Secret\": \"b\"}'")
            try place.write("{\"credsStore\": \"agent\"}")
            let found = try await Self.file(place).credentials(for: "a.io")
            #expect(found == .password(username: "a", password: "b"))
        }
    }

    @Test func aCancelledTaskEndsItsHelper() async throws {
        try await CredentialDirectory.with { place in
            try await place.install("docker-credential-slow", "echo $$ > \(place.path)/pid; exec sleep 1000")
            try place.write("{\"credsStore\": \"slow\"}")
            let task = Task { try await Self.file(place).credentials(for: "a.io") }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }
}
