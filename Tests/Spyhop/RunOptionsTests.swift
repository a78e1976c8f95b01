import ArgumentParser
import Engine
import Testing

@testable import SpyhopCommands

struct RunOptionsTests {
    private static let environment = ProcessEnvironment(
        lookup: { ["HOME": "/root", "TOKEN": "secret"][$0] }, workingDirectory: "/w", isRoot: true)

    private static func parse(_ line: String) throws -> (RunCommand, ContainerSpec) {
        let command = try RunCommand.parse(
            Array(OptionWords.normalise(["run"] + line.split(separator: " ").map(String.init)).dropFirst()))
        let words = try PassthroughWords.check(command.words, atLeast: 1, named: "<image>")
        _ = try command.container.demand()
        return (command, try command.container.spec(image: words[0], command: Array(words.dropFirst()), environment))
    }

    @Test func optionsAfterTheImageBelongToTheCommand() throws {
        let (command, spec) = try Self.parse("-d --name web busybox sh -c -e --rm -it --help --name x")
        #expect(command.detach)
        #expect(spec.name == "web")
        #expect(spec.image == "busybox")
        #expect(spec.command == ["sh", "-c", "-e", "--rm", "-it", "--help", "--name", "x"])
        #expect(!spec.autoRemove && !spec.tty)
    }

    @Test(arguments: ["-it", "-ti", "-i -t", "--interactive --tty"])
    func shortFlagsCombine(flags: String) throws {
        let (command, spec) = try Self.parse("\(flags) busybox")
        #expect(spec.tty && spec.openStdin && !command.detach)
        #expect(spec.command.isEmpty)
    }

    @Test func threeFlagsCombine() throws {
        let (command, spec) = try Self.parse("-dit busybox sh")
        #expect(command.detach && spec.tty && spec.openStdin)
    }

    @Test func everyOptionLandsInTheRequest() throws {
        let line =
            "--rm --name n -e A=1 -eB=2 --env TOKEN --env GONE -v /a:/b:ro --mount type=tmpfs,dst=/t --tmpfs /u "
            + "-w /x -u 1:2 --entrypoint /bin/e -h host -m 64m --memory-swap -1 --memory-reservation 32m --cpus 1.5 "
            + "-c 512 --cpuset-cpus 0-1 --cpuset-mems 0 --pids-limit -1 --stop-signal INT --stop-timeout 3 --read-only "
            + "--cap-add NET_ADMIN --cap-drop ALL --privileged --security-opt seccomp=unconfined "
            + "--security-opt no-new-privileges --init -l a=b --label c --network host --log-opt max-size=1m "
            + "--log-opt max-file=2 --pull never --sig-proxy=false --detach-keys ctrl-a busybox"
        let (command, spec) = try Self.parse(line)
        var expected = ContainerSpec(image: "busybox")
        expected.autoRemove = true
        expected.name = "n"
        expected.environment = ["A=1", "B=2", "TOKEN=secret"]
        expected.mounts = [
            MountSpec(source: .bind(path: "/a", createMissing: true), target: "/b", readOnly: true),
            MountSpec(source: .tmpfs(size: nil, mode: nil), target: "/t"),
            MountSpec(source: .tmpfs(size: nil, mode: nil), target: "/u"),
        ]
        let origins: [MountSpec.Origin] = [.volumeOption(mode: "ro"), .mountOption, .tmpfsOption(options: "")]
        for (index, origin) in origins.enumerated() { expected.mounts[index].origin = origin }
        expected.workingDirectory = "/x"
        expected.user = "1:2"
        expected.entrypoint = ["/bin/e"]
        expected.hostname = "host"
        expected.limits = ResourceLimits(
            memory: 64 << 20, memorySwap: -1, memoryReservation: 32 << 20, nanoCPUs: 1_500_000_000, cpuShares: 512,
            cpusetCPUs: "0-1", cpusetMems: "0", pids: -1)
        expected.stopSignal = 2
        expected.stopTimeout = 3
        expected.readOnlyRoot = true
        expected.capAdd = ["NET_ADMIN"]
        expected.capDrop = ["ALL"]
        expected.privileged = true
        expected.seccomp = .unconfined
        expected.noNewPrivileges = true
        expected.useInit = true
        expected.labels = ["a": "b", "c": ""]
        expected.networkMode = .host
        expected.logRotation = ContainerSpec.LogRotation(maximumSize: 1 << 20, maximumFiles: 2)
        #expect(spec == expected)
        #expect(!command.session.signalProxy)
        #expect(try command.session.choice().keys.sequence == [1])
    }

    @Test(arguments: [
        ("--restart always b", RestartPolicy.always), ("--restart=on-failure:3 b", .onFailure(maximumRetries: 3)),
        ("--restart unless-stopped b", .unlessStopped), ("b", .no),
    ])
    func restartPoliciesAreRead(line: String, policy: RestartPolicy) throws {
        #expect(try Self.parse(line).1.restartPolicy == policy)
    }

    @Test func anEmptyEntrypointClearsTheImages() throws {
        let command = try RunCommand.parse(["--entrypoint", "", "busybox"])
        #expect(try command.container.spec(image: "busybox", command: [], Self.environment).entrypoint == [])
    }

    @Test func aDoubleDashEndsTheOptions() throws {
        #expect(try Self.parse("-i -- busybox -i").1.command == ["-i"])
    }

    @Test(arguments: [
        "--bogus busybox", "-Z busybox", "-iZ busybox", "", "--rm", "--name", "-d --bogus=1 busybox", "-c x busybox",
    ])
    func badOptionsStopTheParser(line: String) {
        #expect(throws: (any Error).self) { try RunCommand.parse(line.split(separator: " ").map(String.init)) }
    }

    @Test(arguments: [
        "-m lots b", "--cpus x b", "--restart sometimes b", "--network host --net foo b", "-p 80:x b",
        "--pull bogus b", "--pull Always b", "--cpuset-cpus a b", "--stop-signal X b",
        "--rm --restart always b", "--security-opt bogus b", "--security-opt apparmor=x b", "--log-opt x=1 b",
        "--log-opt max-file=0 b", "-v /a:/x -v /b:/x b", "--tmpfs x b", "-e =x b", "-l =x b",
        "--env-file /nonexistent/file b",
    ])
    func requestsThatMakeNoSenseAreToldInASentence(line: String) {
        #expect(throws: EngineError.self) { try Self.parse(line) }
    }

    @Test(arguments: [
        ("run -eA=1 b", "run -e A=1 b"), ("run -iteA=1 b -eB=2", "run -it -e A=1 b -eB=2"),
        ("run -e=A=1 b", "run -e A=1 b"), ("run --rm=true -d b", "run --rm -d b"), ("run --rm=false b", "run b"),
        ("run --sig-proxy b", "run b"), ("run -P=true -itP b", "run -P -itP b"), ("run --link=a b", "run --link=a b"),
        ("network create --ipv4 n --internal=true --ipv6=false", "network create --ipv4=true n --internal"),
        ("network create --ipv4=false n", "network create --ipv4=false n"),
        ("network disconnect -f=1 a b", "network disconnect -f a b"),
        ("run --sig-proxy=false b", "run --sig-proxy=false b"),
        ("run -e --rm=true b --rm=true", "run -e --rm=true b --rm=true"), ("run -m 1g b -x=1", "run -m 1g b -x=1"),
        ("container exec -eA=1 c env", "container exec -e A=1 c env"), ("logs -eA=1", "logs -e A=1"), ("run", "run"),
        ("ps --all=true -q", "ps --all -q"), ("ps -aq=false", "ps -a"), ("ps -a=1 -n=5", "ps -a -n 5"),
        ("ps -q=f --no-trunc=0", "ps"), ("rm -f=true a -v=false b", "rm -f a b"),
        ("container ls -s=T", "container ls -s"),
        ("image prune --force=true", "image prune --force"), ("start -ai=false web", "start -a web"),
        ("logs web --follow=False", "logs web"), ("ps -f=label=a=b", "ps -f label=a=b"),
        ("ps --format --all=true", "ps --format --all=true"), ("ps -- --all=true", "ps -- --all=true"),
        ("run -a=stdout --attach=stderr b", "run -a stdout --attach=stderr b"),
        ("start --attach=true a", "start --attach a"),
        ("top web -o pid", "top web -o pid"), ("run --sig-proxy=0 b", "run --sig-proxy=false b"),
        ("ps --all=maybe", "ps --all=maybe"), ("dashboard --once --size 80x24", "dashboard --once --size 80x24"),
        ("run -- b --rm=true", "run -- b --rm=true"), ("run -e", "run -e"), ("run --name=x b", "run --name=x b"),
    ])
    func dockersSpellingsAreMadePlain(line: String, plain: String) {
        #expect(OptionWords.normalise(line.split(separator: " ").map(String.init)).joined(separator: " ") == plain)
    }

    @Test func attachChoosesTheStreams() throws {
        func streams(_ line: String) throws -> AttachedStreams {
            try Self.parse(line).0.request(Self.environment).session.streams
        }
        #expect(try streams("busybox") == .all)
        #expect(try streams("-a stdout busybox") == .output)
        #expect(try streams("-a STDIN -a stderr -i busybox") == [.input, .error])
        #expect(throws: EngineError.self) { try streams("-a screen busybox") }
        #expect(throws: EngineError.self) { try streams("-d -a stdout busybox") }
    }

    @Test(arguments: [
        ("--link-local-ip", "docker has it"), ("--link-local-ip=169.254.1.1", "--ip"), ("--gpus", "--privileged"),
    ])
    func whatOnlyDockerHasIsAnsweredWithAWayAround(option: String, words: String) {
        #expect(ForeignOption.sentence(option)?.contains(words) == true)
    }

    @Test(arguments: ["--bogus", "-Z", "--d", "-dns", "--P"])
    func whatDockerDoesNotHaveEitherIsUnknown(option: String) {
        #expect(ForeignOption.sentence(option) == nil)
    }

    @Test func execReadsItsOwnOptions() throws {
        let command = try ExecCommand.parse(["-it", "-u", "0", "-w", "/x", "-e", "A=1", "web", "ls", "-l"])
        #expect(command.process.tty && command.process.interactive)
        #expect(command.words == ["web", "ls", "-l"])
        #expect(throws: (any Error).self) { try ExecCommand.parse(["web"]) }
        #expect(throws: (any Error).self) { try ExecCommand.parse(["--bogus", "web", "ls"]) }
    }

    @Test func filesOfVariablesHaveCommentsAndPlaces() throws {
        let text = "# comment\nA=1\n\n  B=two words \nTOKEN\n"
        #expect(try KeyValueFile.entries(text, path: "f") == ["A=1", "B=two words ", "TOKEN"])
        let error = #expect(throws: EngineError.self) { try KeyValueFile.entries("A=1\nB C=2\n", path: "f") }
        #expect(error?.message.hasPrefix("f:2: ") == true)
    }

    @Test func everyCommandIsFoundByItsName() throws {
        let names = RootCommand.names
        for name in [
            "run", "create", "start", "stop", "restart", "kill", "pause", "unpause", "rm", "ps", "logs", "exec",
            "attach", "inspect", "top", "stats", "wait", "rename", "update", "events", "cp", "diff", "images", "rmi",
            "tag", "save", "load", "import", "image", "container", "dashboard", "demo", "version", "info", "internal",
        ] { #expect(names.contains(name), "\(name)") }
        let command = try RootCommand.parseAsRoot(["container", "run", "-d", "busybox"])
        #expect(command is RunCommand)
        #expect(try RootCommand.parseAsRoot(["ps", "--root", "/x"]) is PsCommand)
        #expect(try RootCommand.parseAsRoot([]) is DashboardCommand)
        #expect(try RootCommand.parseAsRoot(["--once", "--size", "80x24"]) is DashboardCommand)
    }
}
