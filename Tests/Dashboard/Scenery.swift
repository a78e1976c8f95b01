import Engine
import Terminal

@testable import Dashboard

/// A little harbour of containers, images and logs that tests sail in.
enum Scenery {
    static let now = Timestamp(seconds: 1_800_000_000)

    static func id(_ number: Int) -> ContainerID {
        let digits = String(number, radix: 16)
        return ContainerID(
            rawValue: String(repeating: "0", count: max(0, 12 - digits.count)) + digits
                + String(repeating: "f", count: 52))
    }

    static func imageID(_ number: Int) -> ImageID {
        ImageID(rawValue: "sha256:" + String(id(number + 0xabc).rawValue))
    }

    static func container(
        _ number: Int, _ name: String, image: String = "busybox", state: ContainerState? = nil,
        labels: [String: String] = [:], limits: ResourceLimits = ResourceLimits(), health: ContainerHealth? = nil
    ) -> Container {
        let running = ContainerState.running(
            pid: Int32(1000 + number), startedAt: now.advanced(by: .seconds(-180 * (number + 1))))
        return Container(
            id: id(number), name: name, image: image, imageID: imageID(0), command: ["httpd", "-f"],
            createdAt: now.advanced(by: .seconds(-4000 * (number + 1))), state: state ?? running, labels: labels,
            limits: limits,
            mounts: [
                MountSpec(source: .bind(path: "/srv/data", createMissing: false), target: "/data", readOnly: true)
            ],
            health: health)
    }

    static var containers: [Container] {
        bareContainers.map { container in
            var container = container
            container.endpoints = networks.flatMap(\.endpoints).filter { $0.containerID == container.id }
                .sorted { $0.interface < $1.interface }
            guard container.name == "web" else { return container }
            container.ports = webPorts
            container.networkMode = NetworkMode(rawValue: "front")
            container.mounts.append(volumeMount("shop-data", "/srv/data"))
            container.mounts.append(volumeMount(anonymousVolume, "/var/cache", readOnly: true))
            return container
        }
    }

    private static var bareContainers: [Container] {
        let crashed = ContainerState.Exit(code: 1, finishedAt: now.advanced(by: .seconds(-20)))
        let done = ContainerState.Exit(code: 0, finishedAt: now.advanced(by: .seconds(-7300)))
        return [
            container(0, "web", image: "demo:latest", labels: ["app": "shop"], health: .healthy),
            container(1, "wave", image: "demo:latest", limits: ResourceLimits(memory: 512 << 20)),
            container(2, "saw-tooth", image: "demo:latest", limits: ResourceLimits(memory: 256 << 20)),
            container(3, "chatter", image: "demo:latest", health: .unhealthy),
            container(4, "crasher", image: "demo:latest", state: .restarting(last: crashed)),
            container(5, "frozen", state: .paused(pid: 9, startedAt: now.advanced(by: .seconds(-90_000)))),
            container(6, "backup", state: .exited(done), labels: ["app": "ops"]),
            container(7, "fresh", state: .created),
        ]
    }

    static var images: [Image] {
        [
            Image(
                id: imageID(0), tags: ["demo:latest", "demo:1.0"], digest: "sha256:aa",
                createdAt: now.advanced(by: .seconds(-86_400)),
                size: 4_260_000, architecture: "amd64", os: "linux", layerCount: 2),
            Image(
                id: imageID(1), tags: ["busybox:1.36"], digest: "sha256:bb",
                createdAt: now.advanced(by: .seconds(-86_400 * 40)),
                size: 4_110_000, architecture: "amd64", os: "linux", layerCount: 1),
            Image(
                id: imageID(2), tags: [], digest: "sha256:cc", createdAt: nil, size: 120_000_000, architecture: "arm64",
                os: "linux", layerCount: 7),
        ]
    }

    static func log(_ count: Int) -> [LogLine] {
        (0..<count).map { number in
            let text =
                number % 10 == 7
                ? "\u{1b}[33mwarn\u{1b}[0m slow request \(number)" : "GET /item/\(number) 200 \(number % 90)ms"
            return LogLine(
                time: now.advanced(by: .seconds(number - count)), stream: number % 25 == 24 ? .stderr : .stdout,
                bytes: Array(text.utf8))
        }
    }

    static var details: ContainerDetails {
        var spec = ContainerSpec(image: "demo:latest", command: ["httpd", "-f"])
        spec.capDrop = ["ALL"]
        return ContainerDetails(
            container: containers[0], spec: spec, workingDirectory: "/srv",
            environment: ["PATH=/bin:/usr/bin", "MODE=demo", "EMPTY=", "DB_PASSWORD=hunter2"], user: "",
            hostname: "web",
            logPath: "containers/web/container.log", lowerDirectories: ["layers/aa"], upperDirectory: "upper",
            healthCheck: HealthCheck(test: ["CMD-SHELL", "wget -q localhost"]),
            health: HealthReport(
                status: .healthy, failingStreak: 0,
                log: [
                    HealthReport.Result(
                        startedAt: now, finishedAt: now, exitCode: 0, output: "all is \u{1b}[31mwell\nthe sea is calm\n"
                    )
                ]))
    }

    /// What happened in the harbour lately.
    static var events: [Event] {
        func event(_ number: Int, _ seconds: Int, _ action: String, _ attributes: [String: String] = [:]) -> Event {
            Event(
                time: now.advanced(by: .seconds(seconds)), type: .container, action: action,
                actorID: id(number).rawValue, attributes: attributes)
        }
        return [
            event(0, -700, "start"), event(1, -55, "start"), event(0, -52, "die", ["exitCode": "1"]),
            event(0, -45, "start"), event(0, -30, "health_status: healthy"), event(1, -20, "oom"),
            event(2, -12, "update"), event(0, -5, "exec_start: ls"),
        ]
    }

    static func statistics(pace: Duration? = nil) -> FakeStatistics {
        FakeStatistics(containers: containers, start: now, pace: pace)
    }

    static func engine() -> FakeEngine {
        FakeEngine(
            containers: containers, images: images,
            logs: [id(0): log(5000), id(3): log(200)], now: now)
    }

    /// A state that has everything, without any task having run.
    static func state(view: ViewName = .overview, columns: Int = 120, rows: Int = 40) -> DashboardState {
        let statistics = statistics()
        var state = DashboardState(host: statistics.hostFacts, engineName: "spyhop", view: view, now: now)
        var effects = state.update(.resized(columns: columns, rows: rows))
        effects += state.update(.containers(.success(containers)))
        effects += state.update(.images(.success(images)))
        effects += state.update(.frame(statistics.frame(0), histories: [:]))
        settle(&state, effects)
        return state
    }

    /// Answers what can be answered at once: figures and the newest lines of logs.
    static func settle(_ state: inout DashboardState, _ effects: [Effect]) {
        let statistics = statistics()
        for effect in effects {
            switch effect {
            case .watch(let queries):
                let answers = queries.map { ($0, statistics.history($0)) }
                _ = state.update(.histories(Dictionary(answers, uniquingKeysWith: { $1 })))
            case .traces(let ids):
                let answers = ids.map { id in
                    (
                        id,
                        statistics.history(
                            HistoryQuery(subject: .container(id), metric: .cpu, span: .seconds(80), points: 80))
                    )
                }
                _ = state.update(.traces(Dictionary(answers, uniquingKeysWith: { $1 })))
            case .loadNetworks: settle(&state, state.update(.networks(.success(networks))))
            case .loadVolumes: settle(&state, state.update(.volumes(.success(volumes(counted: false)))))
            case .loadShares: settle(&state, state.update(.shares(.success(ImageShare.all(in: imageTree)))))
            case .explore(let id):
                settle(&state, state.update(.imageHistory(id, .success(history))))
                settle(&state, state.update(.imageFiles(id, .success(ImageFiles(layers)))))
            case .prepareFiles(let request):
                guard let prepared = request.prepared() else { continue }
                settle(&state, state.update(.filesPrepared(request, prepared)))
            case .inspect(let asked) where asked == id(0):
                settle(&state, state.update(.details(asked, .success(details))))
            case .errand(let errand):
                if let request = errand.errand as? LogRequest, let content = answer(request) {
                    let answer = LogAnswer(generation: request.generation, part: request.part, content: content)
                    settle(&state, state.update(.answer(errand.pane, answer)))
                }
                if let request = errand.errand as? ReadEventMarks {
                    let marks = events.compactMap { EventMark($0) }.filter { $0.time >= request.since }
                    _ = state.update(.answer(errand.pane, ReadEventMarks.Answer(marks: marks, since: request.since)))
                }
                for answer in answers(errand) { settle(&state, state.update(.answer(errand.pane, answer))) }
            case .countVolumes: settle(&state, state.update(.volumesCounted(.success(volumes(counted: true)))))
            default: break
            }
        }
    }
}
