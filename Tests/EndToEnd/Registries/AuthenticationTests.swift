import Foundation
import Harness
import Testing

/// Who may pull and push: passwords, tokens, helpers.
@Suite(.needsRoot, .needsRegistry)
struct AuthenticationTests {
    @Test func aLoginIsKeptUntilTheLogout() throws {
        try Workplace.with { (place) throws in
            let registry = try RegistryServer(in: place.directory, access: .password)
            let name = "\(registry.address)/box"
            try place.succeed("tag", "busybox", name)
            let anonymous = try place.transfer("push", name)
            #expect(anonymous.code == 1)
            #expect(anonymous.errors.contains("spyhop login"), "\(anonymous.errors)")

            let wrong = try place.transfer(
                "login", "-u", registry.user, "--password-stdin", registry.address, input: "wrong\n")
            #expect(wrong.code == 1)
            #expect(!FileManager.default.fileExists(atPath: place.dockerConfiguration))

            let login = try place.transfer(
                "login", "-u", registry.user, "--password-stdin", registry.address, input: registry.password + "\n")
            #expect(login.code == 0, "\(login)")
            #expect(login.output.contains("Login Succeeded"))
            let kept = Data("\(registry.user):\(registry.password)".utf8).base64EncodedString()
            #expect(Command.text(place.dockerConfiguration).contains(kept))
            #expect(try place.mode(of: place.dockerConfiguration) == 0o600)
            try place.succeed("push", name)
            try place.succeed("rmi", name)
            try place.succeed("pull", name)

            try place.succeed("logout", registry.address)
            #expect(!Command.text(place.dockerConfiguration).contains(kept))
            #expect(try place.transfer("pull", name).code == 1)
        }
    }

    @Test func aPasswordThatHasBecomeWrongIsTold() throws {
        try Workplace.with { (place) throws in
            let registry = try RegistryServer(in: place.directory, access: .password)
            try place.writeDockerConfiguration(login: "\(registry.user):stale", at: registry.address)
            try place.succeed("tag", "busybox", "\(registry.address)/box")
            let refused = try place.transfer("push", "\(registry.address)/box")
            #expect(refused.code == 1)
            #expect(refused.errors.contains("spyhop login"), "\(refused.errors)")
        }
    }

    @Test func aHelperIsAskedForCredentials() throws {
        try Workplace.with { (place) throws in
            let registry = try RegistryServer(in: place.directory, access: .password)
            let tools = place.directory + "/tools"
            try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
            try place.writeScript(
                "\(tools)/docker-credential-cave",
                """
                case $1 in
                get) read -r server; echo "$server" >>\(tools)/asked
                    echo '{"ServerURL":"'$server'","Username":"\(registry.user)","Secret":"\(registry.password)"}' ;;
                store) cat >\(tools)/stored ;;
                erase) cat >\(tools)/erased ;;
                esac
                """)
            try place.writeDockerConfiguration(#"{"credHelpers":{"\#(registry.address)":"cave"}}"#)
            let path = "PATH=\(tools):/usr/bin:/bin"
            let name = "\(registry.address)/box"
            try place.succeed("tag", "busybox", name)
            try place.succeed("push", name, environment: [path])
            #expect(Command.text("\(tools)/asked").contains(registry.address))
            try place.succeed(
                "login", "-u", registry.user, "--password-stdin", registry.address, input: registry.password,
                environment: [path])
            #expect(Command.text("\(tools)/stored").contains(registry.password))
            #expect(!Command.text(place.dockerConfiguration).contains("\"auth\""))
            try place.succeed("logout", registry.address, environment: [path])
            #expect(Command.text("\(tools)/erased").contains(registry.address))
        }
    }

    @Test func tokensAreFetchedForWhatIsDoneAndNoMore() throws {
        try Workplace.with { (place) throws in
            let tokens = try TokenServer(authority: try CertificateAuthority(in: place.directory))
            defer { tokens.stop() }
            let registry = try RegistryServer(in: place.directory, access: .token(tokens))
            let name = "\(registry.address)/team/box"
            try place.succeed("tag", "busybox", name)
            let anonymous = try place.transfer("push", name)
            #expect(anonymous.code == 1)
            #expect(anonymous.errors.contains("spyhop login"), "\(anonymous.errors)")

            let wrong = try place.transfer("login", "-u", "whale", "-p", "wrong", registry.address)
            #expect(wrong.code == 1, "\(wrong)")
            try place.succeed("login", "-u", tokens.user, "--password-stdin", registry.address, input: tokens.password)
            try place.succeed("push", name)
            #expect(
                tokens.questions.contains { $0.scopes == ["repository:team/box:pull,push"] && $0.user == tokens.user })

            try place.succeed("logout", registry.address)
            try place.succeed("rmi", "busybox", name)
            try place.succeed("pull", name)
            let last = try #require(tokens.questions.last)
            #expect(last.user == nil && last.scopes == ["repository:team/box:pull"])
        }
    }

    @Test func aTokenThatRanOutIsReplaced() throws {
        try Workplace.with { (place) throws in
            let tokens = try TokenServer(authority: try CertificateAuthority(in: place.directory), stale: 1)
            defer { tokens.stop() }
            let registry = try RegistryServer(in: place.directory, access: .token(tokens))
            try place.writeDockerConfiguration(login: "\(tokens.user):\(tokens.password)", at: registry.address)
            try place.succeed("tag", "busybox", "\(registry.address)/box")
            let pushed = try place.transfer("push", "\(registry.address)/box")
            #expect(pushed.code == 0, "\(pushed)")
            #expect(tokens.questions.count >= 2)
        }
    }

    @Test func tokensMayRunOutInTheMiddleOfAPull() throws {
        try Workplace.with(image: false) { (place) throws in
            let image = try HandmadeImage.box(10, 20, 30)
            let content = ScriptedRegistry.Content(image)
            let uses = TokenUses(first: 3)
            let tokens = try ScriptedServer { _ in
                .status(200, body: #"{"token":"\#(uses.next())","expires_in":300}"#)
            }
            defer { tokens.stop() }
            let challenge = #"Bearer realm="http://\#(tokens.host)/token",service="s",scope="repository:box:pull""#
            let registry = try ScriptedRegistry(content) { request in
                uses.opens(request.header("authorization"))
                    ? nil : .status(401, [("WWW-Authenticate", challenge)], body: "{}")
            }
            defer { registry.stop() }
            let pulled = try place.transfer("pull", "\(registry.address)/box")
            #expect(pulled.code == 0, "\(pulled)")
            #expect(uses.made >= 2)
            #expect(try place.run("images", "-q", "--no-trunc").trimmed == image.identifier)
        }
    }

    @Test func anIdentityTokenIsTradedForTokens() throws {
        try Workplace.with { (place) throws in
            let tokens = try TokenServer(authority: try CertificateAuthority(in: place.directory))
            defer { tokens.stop() }
            let registry = try RegistryServer(in: place.directory, access: .token(tokens))
            let none = Data("\(tokens.user):".utf8).base64EncodedString()
            try place.writeDockerConfiguration(
                #"{"auths":{"\#(registry.address)":{"auth":"\#(none)","identitytoken":"\#(tokens.refreshToken)"}}}"#)
            try place.succeed("tag", "busybox", "\(registry.address)/box")
            try place.succeed("push", "\(registry.address)/box")
            #expect(tokens.questions.contains { $0.grant == "refresh_token" && $0.user == tokens.user })
        }
    }
}
