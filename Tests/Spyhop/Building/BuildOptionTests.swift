import ArgumentParser
import Engine
import Testing

@testable import SpyhopCommands

struct BuildOptionTests {
    private static let variables = [
        "TOKEN": "secret", "VERSION": "1.2", "SSH_AUTH_SOCK": "/dev/null", "EMPTY": "",
    ]
    private static let environment = ProcessEnvironment(
        lookup: { variables[$0] }, workingDirectory: "/usr", isRoot: true)

    private static func command(_ words: [String]) throws -> BuildCommand {
        let arranged = CommandLineWords.arrange(words, groups: RootCommand.groups)
        return try #require(try RootCommand.parseAsRoot(OptionWords.normalise(arranged)) as? BuildCommand)
    }

    private static func request(
        _ words: String..., environment: ProcessEnvironment = environment
    ) throws -> BuildRequest {
        let command = try command(["build"] + words + ["."])
        return try BuildRequestReader(
            options: command.build, cache: command.cache, result: command.result, steps: command.steps,
            environment: environment
        ).request()
    }

    private static func refusal(_ words: String...) -> String? {
        do {
            let command = try command(["build"] + words + ["."])
            try command.foreign.check()
            _ = try BuildRequestReader(
                options: command.build, cache: command.cache, result: command.result, steps: command.steps,
                environment: environment
            ).request()
            return nil
        } catch { return (error as? EngineError)?.description ?? "\(error)" }
    }

    @Test(arguments: [["build"], ["image", "build"], ["builder", "build"], ["buildx", "build"]])
    func everySpellingIsOneCommand(words: [String]) throws {
        let command = try Self.command(
            words + ["-t", "a", "-tb", "--rm=true", "-q", "--no-cache", "--pull=true", "dir"])
        #expect(command.build.tag == ["a", "b"] && command.context == "dir")
        #expect(command.show.quiet && command.cache.noCache && command.build.pull)
    }

    @Test func flagsMayBeSaidToBeFalse() throws {
        let command = try Self.command([
            "build", "--no-cache=false", "--pull=false", "--push=0", "--load=F", "--squash=false", "--rm=false",
            "--force-rm=true", "--compress", "--disable-content-trust=false", "--check=false", "-q=false", ".",
        ])
        #expect(!command.cache.noCache && !command.build.pull && !command.result.push && !command.result.load)
        #expect(!command.result.squash && !command.show.check && !command.show.quiet)
        #expect(try Self.command(["build", "-", "-f", "x"]).context == "-")
        // What is a flag of builds has a value elsewhere.
        let run = try RootCommand.parseAsRoot(OptionWords.normalise(["run", "--pull", "always", "a"])) as? RunCommand
        #expect(run?.container.pull == "always")
    }

    @Test func tagsAreSpelledOut() throws {
        #expect(
            try Self.request("-t", "a", "-t", "x.example/b:1").tags == ["docker.io/library/a:latest", "x.example/b:1"])
        #expect(Self.refusal("-t", "A")?.contains("lower") == true || Self.refusal("-t", "A") != nil)
        #expect(Self.refusal("-t", "a@sha256:" + String(repeating: "0", count: 64))?.contains("digest") == true)
    }

    @Test func argumentsComeFromTheEnvironmentWhenTheyHaveNoValue() throws {
        let request = try Self.request(
            "--build-arg", "A=1=2", "--build-arg", "VERSION", "--build-arg", "MISSING", "--build-arg", "B=")
        #expect(request.arguments == ["A": "1=2", "VERSION": "1.2", "B": ""])
        #expect(Self.refusal("--build-arg", "=x") == "--build-arg \"=x\" has no name")
    }

    @Test func theEpochComesFromAnArgumentOrTheEnvironment() throws {
        let dated = ProcessEnvironment(
            lookup: { $0 == "SOURCE_DATE_EPOCH" ? "17" : nil }, workingDirectory: "/", isRoot: true)
        #expect(try Self.request(environment: dated).sourceDateEpoch == 17)
        #expect(try Self.request(environment: dated).arguments == ["SOURCE_DATE_EPOCH": "17"])
        #expect(try Self.request("--build-arg", "SOURCE_DATE_EPOCH=5", environment: dated).sourceDateEpoch == 5)
        #expect(try Self.request().sourceDateEpoch == nil)
        #expect(Self.refusal("--build-arg", "SOURCE_DATE_EPOCH=x")?.contains("seconds since 1970") == true)
    }

    @Test(arguments: [
        ("id=a,src=/etc/passwd", "a", BuildSecret.file("/etc/passwd")),
        ("type=file,id=a,source=/etc/passwd", "a", .file("/etc/passwd")),
        ("id=a,env=TOKEN", "a", .value(Array("secret".utf8))), ("id=TOKEN", "TOKEN", .value(Array("secret".utf8))),
        ("type=env,id=TOKEN", "TOKEN", .value(Array("secret".utf8))),
        ("type=env,id=a,src=TOKEN", "a", .value(Array("secret".utf8))), ("id=a,env=MISSING", "a", .value([])),
    ])
    func secretsAreReadAsBuildKitReadsThem(text: String, id: String, secret: BuildSecret) throws {
        #expect(try Self.request("--secret", text).secrets == [id: secret])
    }

    @Test(arguments: [
        ("src=/etc/passwd", "has no id"), ("id=a,src=/nowhere", "there is no file /nowhere"),
        ("id=a,src=/etc", "is a directory"), ("id=a,x=y", "there is no \"x\""), ("a", "is not key=value"),
        ("id=a,src=/etc/passwd,env=TOKEN", "contradict"), ("type=x,id=a", "file or env"),
    ])
    func secretsThatMakeNoSenseAreRefused(text: String, words: String) {
        #expect(Self.refusal("--secret", text)?.contains(words) == true, "\(Self.refusal("--secret", text) ?? "")")
    }

    @Test func aKeyIsGivenToAnAgent() {
        #expect(Self.refusal("--ssh", "default=/etc/passwd")?.contains("ssh-add /etc/passwd") == true)
        #expect(Self.refusal("--ssh", "default")?.contains("/dev/null is no agent's socket") == true)
        #expect(Self.refusal("--ssh", "x=/nowhere")?.contains("there is no socket /nowhere") == true)
    }

    @Test(arguments: [
        ("a/b", BuildCacheLocation.registry(reference: "docker.io/a/b:latest", isComplete: false)),
        ("type=registry,ref=x.example/c", .registry(reference: "x.example/c:latest", isComplete: false)),
        ("type=local,src=cache", .directory(path: "/usr/cache", isComplete: false)),
    ])
    func cachesToTakeFrom(text: String, place: BuildCacheLocation) throws {
        #expect(try Self.request("--cache-from", text).cacheFrom == [place])
    }

    @Test(arguments: [
        (
            "type=registry,ref=a/b,mode=max",
            BuildCacheLocation.registry(reference: "docker.io/a/b:latest", isComplete: true)
        ),
        ("type=local,dest=/c,mode=min,oci-mediatypes=true", .directory(path: "/c", isComplete: false)),
    ])
    func cachesToPutTo(text: String, place: BuildCacheLocation) throws {
        #expect(try Self.request("--cache-to", text).cacheTo == [place])
    }

    @Test(arguments: [
        ("type=inline", "beside it"), ("inline", "beside it"), ("type=gha,scope=x", "type gha"),
        ("type=local", "names no directory"), ("type=registry,mode=max", "has no ref"),
        ("type=local,dest=x,mode=all", "min or max"), ("type=x,dest=y", "there is no type x"),
        ("type=local,dest=x,compression=zstd", "there is no \"compression\""),
    ])
    func cachesThatAreNotThereAreRefused(text: String, words: String) {
        #expect(Self.refusal("--cache-to", text)?.contains(words) == true, "\(Self.refusal("--cache-to", text) ?? "")")
    }

    @Test(arguments: [
        ("out", BuildOutput.local(path: "/usr/out")), ("type=local,dest=/o", .local(path: "/o")),
        ("type=tar,dest=a.tar", .tar(.path("/usr/a.tar"))), ("-", .tar(.descriptor(1))),
        ("type=tar", .tar(.descriptor(1))), ("type=oci,dest=x", .oci(.path("/usr/x"), unpacked: false)),
        ("type=oci,dest=x,tar=false", .oci(.path("/usr/x"), unpacked: true)),
        ("type=docker,dest=-", .docker(.descriptor(1))),
        ("type=docker,name=a", .image(names: ["docker.io/library/a:latest"], push: false)),
        (
            "type=image,\"name=a,b:1\",push=true",
            .image(names: ["docker.io/library/a:latest", "docker.io/library/b:1"], push: true)
        ),
        ("type=registry,name=a", .image(names: ["docker.io/library/a:latest"], push: true)), ("type=cacheonly", .none),
    ])
    func outputsAreReadAsBuildKitReadsThem(text: String, output: BuildOutput) throws {
        #expect(try Self.request("-o", text).outputs == [output])
    }

    @Test(arguments: [
        ("type=local", "names no directory"), ("type=x,dest=a", "there is no type x"), ("dest=a", "has no type"),
        ("type=oci,tar=false", "names no directory"), ("type=tar,name=a", "files get no name"),
        ("type=image,compression=zstd", "registries get them compressed"), ("type=image,a=b", "there is no \"a\""),
        ("type=image,push=perhaps", "true or false"), ("type=registry", "without a name"),
    ])
    func outputsThatMakeNoSenseAreRefused(text: String, words: String) {
        #expect(Self.refusal("-o", text)?.contains(words) == true, "\(Self.refusal("-o", text) ?? "")")
    }

    @Test func pushAndLoadAreOutputs() throws {
        #expect(try Self.request("--push", "-t", "a").outputs == [.image(names: [], push: true)])
        #expect(Self.refusal("--push")?.contains("-t NAME") == true)
        #expect(try Self.request("--load").outputs == [])
        #expect(
            try Self.request("--load", "-o", "d").outputs == [.local(path: "/usr/d"), .image(names: [], push: false)])
        #expect(
            try Self.request("--push", "-t", "a", "-o", "type=image,name=b").outputs
                == [.image(names: ["docker.io/library/b:latest"], push: true)])
        #expect(Self.refusal("-o", "-", "-o", "type=oci")?.contains("standard output") == true)
    }

    @Test func contextsHaveNames() throws {
        let request = try Self.request(
            "--build-context", "a=share", "--build-context", "b=docker-image://alpine", "--build-context",
            "c=oci-layout://lib/x:1", "--build-context", "d=https://example.com/x.git#main")
        #expect(
            request.namedContexts == [
                "a": "/usr/share", "b": "docker-image://alpine", "c": "oci-layout:///usr/lib/x:1",
                "d": "https://example.com/x.git#main",
            ])
        #expect(Self.refusal("--build-context", "a")?.contains("name=place") == true)
        #expect(Self.refusal("--build-context", "a=nowhere")?.contains("no directory nowhere") == true)
    }

    @Test func stepsGetTheirLimits() throws {
        let request = try Self.request(
            "-m", "512m", "--memory-swap", "-1", "-c", "512", "--cpu-period", "1000", "--cpu-quota=500",
            "--cpuset-cpus", "0-1", "--shm-size", "128m", "--ulimit", "nofile=10:20", "--add-host", "a=10.0.0.1",
            "--network=host")
        #expect(
            request.limits.memory == 512 << 20 && request.limits.memorySwap == -1 && request.limits.cpuShares == 512)
        #expect(
            request.limits.cpuPeriod == 1000 && request.limits.cpuQuota == 500 && request.limits.cpusetCPUs == "0-1")
        #expect(request.sharedMemory == 128 << 20 && request.ulimits == ["nofile=10:20"])
        #expect(request.extraHosts == ["a:10.0.0.1"] && request.network == .host)
        #expect(request.entitlements == ["network.host"])
        #expect(Self.refusal("--network", "mine")?.contains("none, or the host's") == true)
        #expect(Self.refusal("--ulimit", "x=1") != nil && Self.refusal("--cpuset-mems", "x") != nil)
    }

    @Test(arguments: [
        ("--provenance", "mode=max", "attestations"), ("--sbom", "true", "attestations"),
        ("--attest", "type=sbom", "attestations"), ("--annotation", "a=b", "--label"),
        ("--builder", "other", "one builder"), ("--isolation", "hyperv", "containers of Linux"),
        ("--security-opt", "seccomp=unconfined", "security.insecure"), ("--allow", "x", "no such right"),
        ("--platform", "linux/amd64,linux/arm64", "one platform"),
    ])
    func whatIsNotThereIsRefusedInWords(option: String, value: String, words: String) {
        #expect(Self.refusal(option, value)?.contains(words) == true, "\(Self.refusal(option, value) ?? "")")
    }

    @Test func whatChangesNothingIsAccepted() {
        #expect(
            Self.refusal(
                "--provenance=false", "--sbom=false", "--rm", "--force-rm", "--compress", "--isolation=default",
                "--builder", "default", "--attest", "type=provenance,disabled=true", "--allow", "network.host",
                "--platform", "local") == nil)
    }

    @Test func aDockerfileIsAskedInsteadOfBuilt() throws {
        #expect(try BuildCall(nil, check: true).method == .check)
        #expect(try BuildCall("lint", check: false).method == .check)
        let call = try BuildCall("outline,format=json", check: false)
        #expect(call.method == .outline && call.isJSON)
        #expect(try BuildCall("check,ignorestatus=true", check: false).ignoresStatus)
        for text in ["x", "check,format=xml", "check,a=b"] {
            #expect(throws: EngineError.self) { _ = try BuildCall(text, check: false) }
        }
    }

    @Test func theContextIsADirectoryAURLOrStandardInput() throws {
        func place(_ text: String) throws -> BuildContextArgument.Place {
            try BuildContextArgument.place(text, Self.environment)
        }
        #expect(try place(".") == .directory("/usr") && place("share/") == .directory("/usr/share"))
        #expect(try place("-") == .standardInput)
        for url in ["https://a.example/b.git#v1:sub", "git@a.example:b", "github.com/a/b", "ssh://a/b", "git://a/b"] {
            #expect(try place(url) == .remote(url))
        }
        for text in ["nowhere", "/etc/passwd", ""] {
            #expect(throws: EngineError.self) { _ = try place(text) }
        }
    }

    @Test func archivesAreToldFromDockerfiles() {
        var header = [UInt8](repeating: 0, count: 512)
        header.replaceSubrange(0..<1, with: Array("a".utf8))
        header.replaceSubrange(100..<107, with: Array("0000644".utf8))
        let sum = header.reduce(0) { $0 + Int($1) } + 8 * 0x20
        header.replaceSubrange(148..<155, with: Array(("000000" + String(sum, radix: 8)).suffix(6).utf8) + [0])
        #expect(StandardInputContext.isArchive(header))
        header[0] = UInt8(ascii: "b")
        #expect(!StandardInputContext.isArchive(header))
        #expect(StandardInputContext.isArchive([0x1f, 0x8b, 0x08, 0x00]))
        #expect(StandardInputContext.isArchive([0x28, 0xb5, 0x2f, 0xfd]))
        #expect(
            !StandardInputContext.isArchive(Array("FROM alpine\nRUN x\n".utf8)) && !StandardInputContext.isArchive([]))
        #expect(!StandardInputContext.isArchive(Array(repeating: UInt8(ascii: "#"), count: 600)))
    }

    @Test func progressFollowsTheTerminal() {
        // The tests' standard error is no terminal, or one that is said to be dumb.
        #expect(BuildProgressStyle.auto.resolved(on: .error, term: "dumb") == .plain)
        #expect(BuildProgressStyle.rawjson.resolved(on: .error, term: "dumb") == .rawjson)
    }
}
