import Engine
import Testing

@testable import SpyhopCommands

struct RowTests {
    private static let now = Timestamp(seconds: 1_000_000)

    static func container(
        _ name: String, state: ContainerState = .created, image: String = "busybox", age: Int64 = 60,
        labels: [String: String] = [:], digit: Character = "a"
    ) -> Container {
        Container(
            id: ContainerID(rawValue: String(repeating: digit, count: 64)), name: name, image: image,
            imageID: ImageID(rawValue: "sha256:" + String(repeating: "b", count: 64)),
            command: ["sh", "-c", "echo hello from the deep"], createdAt: Timestamp(seconds: 1_000_000 - age),
            state: state, labels: labels)
    }

    private static func exit(_ code: Int32, ago: Int64) -> ContainerState.Exit {
        ContainerState.Exit(code: code, finishedAt: Timestamp(seconds: 1_000_000 - ago))
    }

    @Test(arguments: [
        (ContainerState.created, "Created"), (.dead, "Dead"),
        (.running(pid: 1, startedAt: Timestamp(seconds: 999_820)), "Up 3 minutes"),
        (.paused(pid: 1, startedAt: Timestamp(seconds: 999_995)), "Up 5 seconds (Paused)"),
        (.exited(exit(137, ago: 7200)), "Exited (137) 2 hours ago"),
        (.restarting(last: exit(1, ago: 3)), "Restarting (1) 3 seconds ago"),
    ])
    func statusReadsAsDockers(state: ContainerState, text: String) {
        #expect(ContainerRow.status(state, now: Self.now) == text)
    }

    @Test func psLooksAsDockers() throws {
        let row = ContainerRow.row(Self.container("web"), now: Self.now, truncate: true)
        let format = try ListFormat(nil, defaultTable: ContainerRow.defaultTable(withSize: false))
        let lines = try format.render([row], headings: ContainerRow.headings).split(separator: "\n")
        #expect(
            lines == [
                "CONTAINER ID   IMAGE     COMMAND                  CREATED              STATUS    PORTS     NAMES",
                "aaaaaaaaaaaa   busybox   \"sh -c 'echo hello f…\"   About a minute ago   Created             web",
            ])
    }

    @Test func namesAndTagsSplitAtTheLastColon() {
        #expect(ImageRow.split("busybox:1.36") == ("busybox", "1.36"))
        #expect(ImageRow.split("host:5000/a/b") == ("host:5000/a/b", "<none>"))
        #expect(ImageRow.split("host:5000/a/b:t") == ("host:5000/a/b", "t"))
    }

    @Test func whatIsNotMeasuredYetIsDashesAndWhatDoesNotRunIsNoughts() throws {
        let template = try Template("{{.CPUPerc}} {{.MemUsage}} {{.PIDs}} {{.Container}}")
        let running = Self.container("web", state: .running(pid: 1, startedAt: Self.now))
        #expect(
            try StatisticsRow.row(running, nil, truncate: true).render(template) == "-- -- / -- -- aaaaaaaaaaaa")
        let created = StatisticsRow.row(Self.container("web"), nil, truncate: true, reference: "web")
        #expect(try created.render(template) == "0.00% 0B / 0B 0 web")
    }

    @Test func statisticsReadAsDockers() throws {
        var usage = Usage(time: Self.now)
        usage.cpu = 12.345
        usage.memory = 3_850_000
        usage.memoryLimit = 1_073_741_824
        usage.readTotal = 1_000_000
        usage.sentTotal = 1234
        usage.pids = 7
        let row = StatisticsRow.row(Self.container("web"), usage, truncate: true)
        #expect(
            try row.render(Template(StatisticsRow.defaultTable.replacing("\t", with: "|")))
                == "aaaaaaaaaaaa|web|12.35%|3.672MiB / 1GiB|0.36%|0B / 1.23kB|1MB / 0B|7")
    }

    @Test func eventLinesReadAsDockers() {
        let event = Event(
            time: Timestamp(nanoseconds: 1_700_000_000_000_000_005), type: .container, action: "start",
            actorID: "abc", attributes: ["name": "web", "image": "busybox"])
        #expect(
            EventLine.text(event)
                == "2023-11-14T22:13:20.000000005Z container start abc (image=busybox, name=web)")
        #expect(
            EventLine.json(event).compact
                == #"{"status":"start","id":"abc","from":"busybox","Type":"container","Action":"start","Actor":{"ID":"abc","Attributes":{"image":"busybox","name":"web"}},"scope":"local","time":1700000000,"timeNano":1700000000000000005}"#
        )
    }

    @Test func logBytesKeepStreamsApart() {
        func line(_ text: String, _ stream: LogLine.Stream = .stdout, partial: Bool = false) -> LogLine {
            LogLine(time: Timestamp(seconds: 0), stream: stream, bytes: Array(text.utf8), isPartial: partial)
        }
        var plain = LogWriter(timestamps: false)
        let runs = plain.runs(of: [line("a"), line("b"), line("e", .stderr), line("lo", partial: true), line("ng")])
        #expect(runs.map { String(decoding: $0.1, as: UTF8.self) } == ["a\nb\n", "e\n", "long\n"])
        #expect(runs.map(\.0) == [.stdout, .stderr, .stdout])
        var timed = LogWriter(timestamps: true)
        let text = timed.runs(of: [line("lo", partial: true), line("ng")]).map { String(decoding: $0.1, as: UTF8.self) }
        #expect(text == ["1970-01-01T00:00:00.000000000Z long\n"])
    }

    @Test func inspectionHasDockersNames() throws {
        let container = Self.container("web", state: .exited(Self.exit(137, ago: 5)), labels: ["a": "b"])
        let details = ContainerDetails(
            container: container, spec: ContainerSpec(image: "busybox"), workingDirectory: "/", environment: ["A=1"],
            user: "", hostname: "h", logPath: "/l", lowerDirectories: ["/x", "/y"], upperDirectory: "/u")
        let value = ContainerInspection.value(details)
        let text = try Template(
            "{{.Name}} {{.State.Status}} {{.State.ExitCode}} {{.State.Running}} {{.Config.Env}} {{.Config.Labels.a}} {{.HostConfig.Memory}} {{.State.StartedAt}} {{.Path}} {{.Args}}"
        ).render(value)
        #expect(
            text == "/web exited 137 false [A=1] b 0 0001-01-01T00:00:00Z sh [-c echo hello from the deep]")
    }
}
