import Engine
import Glibc
import LinuxSystem
import Registry
import Testing

struct DockerConfigFileTests {
    @Test func whatIsStoredIsFoundAndOtherSettingsStayAsTheyAre() async throws {
        try await CredentialDirectory.with { place in
            try place.write(
                "{\"HttpHeaders\": {\"A\":  \"b\"}, \"auths\": {\"quay.io\": {\"auth\": \"YTpi\", \"email\": \"x\"}}}")
            let file = DockerConfigFile(path: place.config)
            let said = try await file.store(.password(username: "me", password: "p:w"), for: "localhost:5000")
            #expect(said.contains(place.config))
            #expect(
                try place.read() == """
                    {
                    \t"HttpHeaders": {"A":  "b"},
                    \t"auths": {
                    \t\t"quay.io": {"auth": "YTpi", "email": "x"},
                    \t\t"localhost:5000": {
                    \t\t\t"auth": "bWU6cDp3"
                    \t\t}
                    \t}
                    }
                    """)
            #expect(try await file.credentials(for: "localhost:5000") == .password(username: "me", password: "p:w"))
            #expect(try await file.credentials(for: "quay.io") == .password(username: "a", password: "b"))
            #expect(try await file.credentials(for: "docker.io") == nil)
            #expect(try Files.status(place.config).map { $0.mode & 0o7777 } == 0o600)
        }
    }

    @Test func theFileAndItsDirectoryAreMadeForTheirOwnerAlone() async throws {
        try await CredentialDirectory.with { place in
            let path = place.path + "/new/.docker/config.json"
            _ = try await DockerConfigFile(path: path).store(.password(username: "a", password: "b"), for: "docker.io")
            #expect(try place.read("new/.docker/config.json").contains("\"https://index.docker.io/v1/\": {"))
            #expect(try Files.status(path).map { $0.mode & 0o7777 } == 0o600)
            #expect(try Files.status(Files.directory(of: path)).map { $0.mode & 0o7777 } == 0o700)
        }
    }

    @Test func everyKindOfEntryIsUnderstood() async throws {
        try await CredentialDirectory.with { place in
            try place.write(
                """
                {"auths": {
                  "a.io": {"auth": "dTo=", "identitytoken": "refresh"}, "b.io": {"registrytoken": "bearer"},
                  "c.io": {"username": "u", "password": "p"}, "d.io": {}, "e.io": null,
                  "https://f.io/v1/": {"auth": "dTpwAAA="}}}
                """)
            let file = DockerConfigFile(path: place.config)
            #expect(try await file.credentials(for: "a.io") == .identityToken("refresh"))
            #expect(try await file.credentials(for: "b.io") == .registryToken("bearer"))
            #expect(try await file.credentials(for: "c.io") == .password(username: "u", password: "p"))
            #expect(try await file.credentials(for: "d.io") == nil)
            #expect(try await file.credentials(for: "e.io") == nil)
            #expect(try await file.credentials(for: "f.io") == .password(username: "u", password: "p"))
        }
    }

    @Test func aLogoutForgetsEverySpellingAndSaysWhetherThereWasOne() async throws {
        try await CredentialDirectory.with { place in
            try place.write(
                "{\"auths\": {\"quay.io\": {\"auth\": \"YTpi\"}, \"https://quay.io/v1/\": {}, \"z.io\": {}}, \"k\": 1}")
            let file = DockerConfigFile(path: place.config)
            #expect(try await file.erase("quay.io"))
            #expect(try place.read() == "{\n\t\"auths\": {\n\t\t\"z.io\": {}\n\t},\n\t\"k\": 1\n}")
            #expect(try await !file.erase("quay.io"))
            #expect(try await !DockerConfigFile(path: place.path + "/none/config.json").erase("quay.io"))
            #expect(!Files.exists(place.path + "/none"))
        }
    }

    @Test(arguments: [
        ("{\"auths\": {\n\"quay.io\": {\"auth\": }}}", "line 2, column 21"),
        ("{\"auths\": 3}", "\"auths\" is not an object"),
        ("{\"auths\": {\"quay.io\": {\"auth\": \"%%%\"}}}", "auths[\"quay.io\"].auth"),
    ])
    func aDamagedFileIsNamedAndNeverOverwritten(text: String, words: String) async throws {
        try await CredentialDirectory.with { place in
            try place.write(text)
            let file = DockerConfigFile(path: place.config)
            do {
                _ = try await file.credentials(for: "quay.io")
                Issue.record("it was read")
            } catch let error as EngineError {
                #expect(error.code == .corrupted)
                #expect(error.message.contains(place.config) && error.message.contains(words), "\(error)")
            }
            if !words.contains("auth\"") && !words.hasPrefix("auths[") {
                await #expect(throws: EngineError.self) {
                    try await file.store(.password(username: "a", password: "b"), for: "quay.io")
                }
                await #expect(throws: EngineError.self) { try await file.erase("quay.io") }
                #expect(try place.read() == text)
            }
        }
    }

    @Test func podmansFileIsReadWhereDockersHasNothing() async throws {
        try await CredentialDirectory.with { place in
            try place.write("{\"auths\": {\"a.io\": {\"auth\": \"ZG9ja2VyOng=\"}}}")
            try place.write(
                "{\"auths\": {\"a.io\": {\"auth\": \"cG9kbWFuOng=\"}, \"docker.io\": {\"auth\": \"aHViOng=\"}}}",
                to: "auth.json")
            let file = DockerConfigFile(path: place.config, fallback: place.path + "/auth.json")
            #expect(try await file.credentials(for: "a.io") == .password(username: "docker", password: "x"))
            #expect(try await file.credentials(for: "docker.io") == .password(username: "hub", password: "x"))
        }
    }

    @Test func loginsAtOnceAllLast() async throws {
        try await CredentialDirectory.with { place in
            let file = DockerConfigFile(path: place.config)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        _ = try await file.store(.password(username: "u", password: "p"), for: "r\(number).io")
                    }
                }
                try await group.waitForAll()
            }
            for number in 0..<20 { #expect(try await file.credentials(for: "r\(number).io") != nil, "\(number)") }
        }
    }

    @Test func aLinkIsFollowedWhenTheFileIsReplaced() async throws {
        try await CredentialDirectory.with { place in
            try place.write("{}", to: "real.json")
            #expect(symlink(place.path + "/real.json", place.config) == 0)
            _ = try await DockerConfigFile(path: place.config).store(.identityToken("t"), for: "a.io")
            #expect(try Files.status(place.config)?.kind == .symbolicLink)
            #expect(try place.read("real.json").contains("\"identitytoken\": \"t\""))
        }
    }
}
