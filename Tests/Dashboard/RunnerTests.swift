import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct RunnerTests {
    @Test func oneFrameWithoutATerminalShowsEverything() async throws {
        let options = DashboardOptions(theme: .plain, now: { Scenery.now })
        let canvas = try await renderOnce(
            engine: Scenery.engine(), statistics: Scenery.statistics(), size: Size(width: 120, height: 40),
            options: options, container: "web",
            patience: .seconds(6))
        let text = canvas.lines.joined(separator: "\n")
        for word in ["web", "saw-tooth", "restarting", "reef", "5/8 running", "/item/4999", "Memory"] {
            #expect(text.contains(word), "\(word) is missing")
        }
    }

    @Test(arguments: ViewName.allCases)
    func everyViewRendersOnce(view: ViewName) async throws {
        let options = DashboardOptions(theme: .plain, view: view, now: { Scenery.now })
        let canvas = try await renderOnce(
            engine: Scenery.engine(), statistics: Scenery.statistics(), size: Size(width: 80, height: 24),
            options: options)
        let others: [ViewName: String] = [
            .details: "StartedAt", .inspected: "nothing is inspected", .events: "Events", .diskUsage: "cannot do that",
            .changes: "has changed nothing", .browser: "cannot look through the files", .limits: "memory reservation",
            .engines: "one engine, Spyhop's own",
        ]
        #expect(
            canvas.lines.joined().contains(others[view] ?? "chatter")
                || [.images, .volumes, .networks, .build, .activity, .commands, .settings].contains(view)
                || canvas.lines.joined().contains("whale.svg")
                || view == .shell && canvas.lines.joined().contains("no shell is open"))
    }

    @Test func aContainerThatIsNotThereIsAnError() async {
        let options = DashboardOptions(theme: .plain, now: { Scenery.now })
        await #expect(throws: EngineError.self) {
            _ = try await renderOnce(
                engine: Scenery.engine(), statistics: Scenery.statistics(), size: Size(width: 80, height: 24),
                options: options, container: "nobody")
        }
    }

    @Test func operationsTellEachOutcomeInOrder() async {
        let engine = Scenery.engine()
        engine.fail("wave", with: EngineError(.conflict, "it will not"))
        let answers = EffectAnswers(engine: engine, statistics: Scenery.statistics())
        let targets = Scenery.containers.prefix(3).map { Effect.Target(id: $0.id, name: $0.name) }
        let messages = await answers.messages(for: .perform(.stop, targets))
        guard case .performed(.stop, let outcomes)? = messages.first else {
            Issue.record("no outcome came")
            return
        }
        #expect(outcomes.map(\.name) == ["web", "wave", "saw-tooth"])
        #expect(outcomes.map { $0.error?.message } == [nil, "it will not", nil])
        #expect(Set(engine.calls) == ["stop web", "stop wave", "stop saw-tooth"])
    }

    @Test func networksAndVolumesAreChangedAndEachOutcomeTold() async {
        let engine = Scenery.engine()
        engine.fail("old-backup", with: EngineError(.conflict, "it will not"))
        let answers = EffectAnswers(engine: engine, statistics: Scenery.statistics())
        let front = ResourceChange.NetworkTarget(Scenery.networks[2])
        let web = Effect.Target(id: Scenery.id(0), name: "web")
        let changes: [ResourceChange] = [
            .removeNetworks([front]), .removeVolumes(["old-backup", "shop-data"]),
            .createNetwork(NetworkSpec(name: "new")), .createVolume(VolumeSpec()), .connect(web, front),
            .disconnect(web, front),
        ]
        var told: [String] = []
        for change in changes {
            for outcome in await answers.outcomes(of: change) {
                told.append("\(outcome.name): \(outcome.error?.message ?? "done")")
            }
        }
        let expected = [
            "front: done", "old-backup: it will not", "shop-data: done", "new: done", "ab12ab12ab12: done", "web: done",
            "web: done",
        ]
        #expect(told == expected)
        #expect(engine.calls.contains("network connect front web") && engine.calls.contains("volume create "))
    }

    @Test func theRunnerPostsListsAndEventsOfOthers() async throws {
        let engine = Scenery.engine()
        let (stream, continuation) = AsyncStream<Message>.makeStream()
        let runner = EffectRunner(engine: engine, statistics: Scenery.statistics()) { continuation.yield($0) }
        runner.start()
        var sawList = false
        var sawEvent = false
        for await message in stream {
            if case .containers(.success(let list)) = message, list.count == 8 {
                sawList = true
                try await engine.stop("web", timeout: nil, signal: nil)
            }
            if case .events(let events) = message, events.first?.action == "stop" { sawEvent = true }
            if sawList && sawEvent { break }
        }
        runner.stop()
        #expect(sawList && sawEvent)
    }

    @Test func theMailboxKeepsTheNewestFigures() async {
        let mailbox = Mailbox {}
        let statistics = Scenery.statistics()
        let query = HistoryQuery(subject: .host, metric: .cpu, span: .seconds(60), points: 3)
        await mailbox.post(.frame(statistics.frame(1), histories: [query: [1, 2, 3]]))
        await mailbox.post(.frame(statistics.frame(2), histories: [:]))
        let messages = mailbox.take()
        #expect(messages.count == 1)
        guard case .frame(let frame, let histories)? = messages.first else {
            Issue.record("no figures came")
            return
        }
        #expect(frame.time == statistics.frame(2).time)
        #expect(histories[query] == [1, 2, 3])
    }

    @Test func whoPostsTooMuchWaitsUntilTheBoxIsEmptied() async {
        let mailbox = Mailbox {}
        let poster = Task.detached {
            for number in 0..<(3 * Mailbox.capacity) { await mailbox.post(.notice(.information, "\(number)")) }
            return 3 * Mailbox.capacity
        }
        var taken = 0
        while taken < 3 * Mailbox.capacity {
            let messages = mailbox.take()
            #expect(messages.count <= Mailbox.capacity + 1)
            taken += messages.count
            await Task.yield()
        }
        #expect(await poster.value == taken)
    }
}
