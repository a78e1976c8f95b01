import Engine
import Synchronization
import Terminal
import Testing

@testable import Dashboard

/// Pulling and pushing from the dashboard.
@Suite struct TransferTests {
    private let look = Look(theme: .plain, glyphs: .ascii)

    private func screen(_ state: DashboardState) -> String {
        Frame.draw(state, look: look).canvas.lines.joined(separator: "\n")
    }

    private func type(_ text: String, _ state: inout DashboardState) -> [Effect] {
        text.flatMap { state.update(.key($0 == "\r" ? .enter : .character($0))) }
    }

    private func requests(_ effects: [Effect]) -> [Transfer.Request] {
        effects.compactMap { if case .transfer(let request) = $0 { request } else { nil } }
    }

    // MARK: Asking

    @Test func pullingAsksForANameAndShowsWhatComes() {
        var state = Scenery.state(view: .images)
        #expect(requests(type("p\r", &state)).isEmpty)
        #expect(state.notice?.text == "an image needs a name")
        let begun = requests(type("p sea:2 \r", &state))
        #expect(begun.map(\.reference) == ["sea:2"] && begun.first?.kind == .pull)
        #expect(state.transfers.isShown && screen(state).contains("pull sea:2  asking"))
        // Twice the same is once.
        _ = state.update(.key(.escape))
        #expect(requests(type("psea:2\r", &state)).isEmpty)
    }

    @Test func severalGoOnAtOnceAndOnlySoMany() {
        var state = Scenery.state(view: .images)
        for number in 0..<TransfersState.most {
            #expect(requests(type("psea\(number)\r", &state)).count == 1)
            _ = state.update(.key(.escape))
        }
        #expect(requests(type("pone-more\r", &state)).isEmpty)
        #expect(state.notice?.kind == .failure)
        #expect(Set(state.transfers.all.map(\.id)).count == TransfersState.most)
    }

    @Test func pushingAsksForTheNameAndOnceMore() {
        var state = Scenery.state(view: .images)
        _ = type("U", &state)
        #expect(state.prompt?.text == "demo:latest")
        _ = state.update(.key(.control("u")))
        #expect(requests(type("localhost:5000/demo\r", &state)).isEmpty)
        #expect(state.dialog?.title == "Push localhost:5000/demo?")
        #expect(type("\r", &state).isEmpty)
        _ = type("U", &state)
        _ = state.update(.key(.control("u")))
        let begun = requests(type("localhost:5000/demo\ry", &state))
        #expect(begun.first?.kind == .push(tagging: Scenery.imageID(0)))
        _ = state.update(.key(.escape))
        // A name that it has is given no second time.
        #expect(requests(type("U\ry", &state)).first?.kind == .push(tagging: nil))
    }

    @Test func taggingAsksForTheName() {
        var state = Scenery.state(view: .images)
        _ = type("t", &state)
        _ = state.update(.key(.control("u")))
        let target = Effect.ImageTarget(Scenery.images[0])
        #expect(type("demo:2\r", &state).contains(.tagImage(target, "demo:2")))
        #expect(state.update(.imageTagged(target, "demo:2", nil)).contains(.loadImages))
        _ = state.update(.imageTagged(target, "demo:2", EngineError(.invalidArgument, "no name")))
        #expect(state.notice?.text == "cannot name demo:latest demo:2: no name")
    }

    // MARK: Registries

    @Test func tabSearchesAndEnterTakesTheName() {
        var state = Scenery.state(view: .images)
        _ = type("pbusy", &state)
        #expect(state.update(.key(.tab)).contains(.searchRegistry("busy")))
        _ = state.update(.found("busy", .success(Scenery.found)))
        #expect(screen(state).contains("3400 stars, official"))
        _ = type("\r", &state)
        #expect(state.prompt?.text == "busybox" && state.dialog == nil)
        #expect(state.update(.key(.backTab)).contains(.remoteTags("busybox")))
        _ = state.update(.remoteTags("busybox", .success(["latest", "1.37"])))
        _ = type("j\r", &state)
        #expect(state.prompt?.text == "busybox:1.37")
        #expect(requests(type("\r", &state)).first?.reference == "busybox:1.37")
    }

    @Test func whatNobodyWaitsForAnyMoreOpensNothing() {
        var state = Scenery.state(view: .images)
        _ = type("pbusy", &state)
        _ = state.update(.key(.tab))
        _ = state.update(.key(.escape))
        _ = state.update(.found("busy", .success(Scenery.found)))
        #expect(state.dialog == nil)
        #expect(type("sbusy\r", &state).contains(.searchRegistry("busy")))
        _ = state.update(.found("busy", .success([])))
        #expect(state.dialog == nil && state.notice?.text == "nothing is found for busy")
        _ = state.update(.remoteTags("x", .failure(EngineError(.denied, "who are you", hint: "spyhop login"))))
        #expect(state.notice?.text == "cannot list the tags of x: who are you (spyhop login)")
    }

    @Test(
        arguments: [
            ("busybox:1", "busybox"), ("localhost:5000/a", "localhost:5000/a"), ("a/b@sha256:00", "a/b"),
            ("localhost:5000/a:2@sha256:00", "localhost:5000/a"),
        ] as [(String, String)])
    func aRepositoryIsTheNameWithoutTag(name: String, expected: String) {
        #expect(DashboardState.repository(name) == expected)
    }

    // MARK: While it goes on

    @Test func progressIsShownAndGoesOnBehindOtherViews() {
        var state = Scenery.state(view: .images)
        Scenery.transfer(&state)
        let text = screen(state)
        for words in ["downloading", "extracting", "already there", "tries again: the registry broke off", "54.6%"] {
            #expect(text.contains(words), "\(words) is missing")
        }
        _ = type("2", &state)
        #expect(state.view == .containers && !state.transfers.isShown)
        // With the panel open no key does anything to what lies beneath it.
        #expect(type("Trse", &state).isEmpty)
        #expect(type("p", &state).isEmpty && state.prompt?.purpose == .pullName)
        _ = state.update(.key(.escape))
        _ = state.update(.key(.escape))
        #expect(screen(state).contains("v1 54.6% 10.1M/s"))
        _ = state.update(.mouse(MouseInput(kind: .press, target: .hint(.transfers))))
        #expect(state.transfers.isShown)
    }

    @Test func theEndIsToldWithItsHintAndTheImagesAreReadAgain() {
        var state = Scenery.state(view: .images)
        #expect(requests(type("psea\r", &state)).map(\.id) == [1])
        let effects = state.update(.transferEnded(1, .success("pulled sea")))
        #expect(effects.contains(.loadImages) && state.notice?.text == "pulled sea")
        let next = requests(type("preef\r", &state))
        let error = EngineError(.denied, "not allowed", hint: "spyhop login says who you are")
        _ = state.update(.transferEnded(next.first?.id ?? 0, .failure(error)))
        #expect(state.notice?.text == "cannot pull reef: not allowed (spyhop login says who you are)")
        #expect(screen(state).contains("failed"))
        let again = requests(type("pnowhere\r", &state))
        let same = EngineError(.unreachable, "cannot pull nowhere: no such host")
        _ = state.update(.transferEnded(again.first?.id ?? 0, .failure(same)))
        #expect(state.notice?.text == "cannot pull nowhere: no such host")
        _ = type("c", &state)
        #expect(state.transfers.all.isEmpty)
    }

    @Test func dStopsTheChosenOne() {
        var state = Scenery.state(view: .images)
        _ = type("pone\r", &state)
        _ = type("ptwo\r", &state)
        _ = state.update(.key(.down))
        #expect(type("d", &state) == [.stopTransfer(1)])
        #expect(type("d", &state).isEmpty)
        _ = state.update(.transferEnded(1, .failure(EngineError(.cancelled, "given up"))))
        #expect(state.transfers.all.map(\.phase) == [.running, .stopped])
        #expect(state.notice?.text == "pull one: stopped")
    }

    @Test func quittingAsksWhileSomethingComes() {
        var state = Scenery.state(view: .images)
        #expect(type("q", &state) == [.quit])
        _ = type("psea\r", &state)
        #expect(type("q", &state).isEmpty)
        #expect(state.dialog?.title == "Quit?")
        #expect(type("y", &state) == [.quit])
    }

    // MARK: The feed

    @Test func theNewestOfEachLayerWinsAndTheRateIsOfLate() {
        let feed = TransferFeed()
        let beginning = ContinuousClock.now
        for event in Scenery.pullEvents { feed.take(event, at: beginning) }
        feed.take(.blob(Scenery.blob(0x21, 30_000_000, 20_000_000, .downloading)), at: beginning)
        let report = feed.next(at: beginning.advanced(by: .seconds(2)))
        #expect(report?.blobs.map(\.done) == [20_000_000, 8_000_000, 2_000_000, 100_000])
        #expect(report?.reference == "docker.io/library/sea:2")
        #expect(report?.rate == 14_050_000)
        // Nothing comes: the rate falls to nothing, and then there is nothing to tell.
        _ = feed.next(at: beginning.advanced(by: .seconds(4)))
        #expect(feed.next(at: beginning.advanced(by: .seconds(9)))?.rate == 0)
        #expect(feed.next(at: beginning.advanced(by: .seconds(10))) == nil)
    }

    @Test func aHostileManifestIsBounded() {
        let feed = TransferFeed()
        let blobs = (0..<5000).map { Scenery.blob($0, .max, .max, .downloading) }
        feed.take(.manifest(digest: "x", blobs: blobs))
        for blob in blobs { feed.take(.blob(blob)) }
        for number in 0..<100 { feed.take(.notice("\(number)")) }
        let report = feed.next()
        #expect(report?.blobs.count == TransferReport.blobLimit)
        #expect(report?.notices == ["96", "97", "98", "99"])
        var state = Scenery.state(view: .images)
        let request = state.transfers.begin(.pull, "x")
        if let report { _ = state.update(.transfer(request.id, report)) }
        state.transfers.isShown = true
        #expect(Frame.draw(state, look: look).canvas.lines.count == 40)
    }

    // MARK: The runner

    private func messages(
        _ engine: FakeEngine, _ kind: Transfer.Request.Kind, _ reference: String,
        _ body: (Message, EffectRunner) -> Bool
    ) async {
        let (stream, continuation) = AsyncStream<Message>.makeStream()
        let runner = EffectRunner(engine: engine, statistics: Scenery.statistics()) { continuation.yield($0) }
        runner.run(.transfer(Transfer.Request(id: 7, kind: kind, reference: reference)))
        for await message in stream where body(message, runner) { break }
        runner.stop()
    }

    @Test func aPullReportsAndEnds() async {
        var last: TransferReport?
        var words: String?
        await messages(Scenery.engine(), .pull, "sea") { message, _ in
            if case .transfer(7, let report) = message { last = report }
            guard case .transferEnded(7, let result) = message else { return false }
            words = try? result.get()
            return true
        }
        #expect(words == "pulled sea")
        #expect(last?.blobs.count == 4)
    }

    @Test func aPushTagsFirstAndAFailureIsTold() async {
        let engine = Scenery.engine()
        engine.fail("there/demo", with: EngineError(.denied, "no"))
        var failure: EngineError?
        await messages(engine, .push(tagging: Scenery.imageID(0)), "there/demo") { message, _ in
            guard case .transferEnded(7, .failure(let error)) = message else { return false }
            failure = error
            return true
        }
        #expect(failure?.message == "no")
        #expect(engine.calls == ["tag \(Scenery.imageID(0).rawValue) there/demo", "push there/demo"])
    }

    @Test func stoppingEndsTheEnginesWork() async {
        let engine = Scenery.engine()
        var failure: EngineError?
        await messages(engine, .pull, "slow/sea") { message, runner in
            // It runs as soon as it reports.
            if case .transfer = message { runner.run(.stopTransfer(7)) }
            guard case .transferEnded(7, .failure(let error)) = message else { return false }
            failure = error
            return true
        }
        #expect(failure?.code == .cancelled)
        #expect(engine.calls == ["pull slow/sea", "stopped slow/sea"])
    }
}
