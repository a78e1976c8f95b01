import Engine
import Testing

@testable import Dashboard

/// Builds as the runner carries them out.
@Suite struct BuildRunnerTests {
    /// Runs a build and hands out its messages until `body` has seen enough.
    private func messages(
        _ engine: FakeEngine, tags: String, arguments: String = "", _ body: (BuildMessage, EffectRunner) -> Bool
    ) async {
        let (stream, continuation) = AsyncStream<Message>.makeStream(bufferingPolicy: .bufferingOldest(1000))
        let runner = EffectRunner(
            engine: engine, statistics: Scenery.statistics(),
            makeBuild: { form in
                guard form.arguments.isEmpty else {
                    return .failure(BuildForm.Refusal([.arguments: "no arguments here"]))
                }
                var request = BuildRequest(context: .directory(form.context))
                request.tags = [form.tags]
                return .success(request)
            }
        ) { continuation.yield($0) }
        var form = BuildForm()
        form.tags = tags
        form.arguments = arguments
        runner.run(.build(1, form))
        for await message in stream {
            guard case .build(1, let message) = message else { continue }
            if body(message, runner) { break }
        }
        runner.stop()
    }

    @Test func aBuildReportsAndEnds() async {
        var last: BuildReport?
        var image: BuiltImage?
        var hasBegun = false
        await messages(Scenery.engine(), tags: "shop:2") { message, _ in
            switch message {
            case .began: hasBegun = true
            case .report(let report): last = report
            case .ended(let result):
                image = try? result.get()
                return true
            default: break
            }
            return false
        }
        #expect(hasBegun && image == Scenery.builtImage)
        #expect(last?.steps.count == 9 && last?.steps.allSatisfy(\.isDone) == true)
        #expect(last?.warnings.count == 1 && last?.output == nil)
    }

    @Test func aRefusedFormBeginsNothing() async {
        let engine = Scenery.engine()
        var reasons: [BuildForm.Field: String] = [:]
        await messages(engine, tags: "shop:2", arguments: "x") { message, _ in
            guard case .refused(let why) = message else { return false }
            reasons = why
            return true
        }
        #expect(reasons == [.arguments: "no arguments here"])
        #expect(engine.calls.isEmpty)
    }

    @Test func aFailedStepIsKeptUntilItIsLetGo() async {
        let engine = Scenery.engine()
        var failure: StepFailure?
        var error: EngineError?
        var hadStep = false
        await messages(engine, tags: "fails") { message, runner in
            switch message {
            case .held(let what):
                failure = what
                // The engine still waits.
                #expect(engine.calls == ["build fails"])
                #expect(runner.builds.failedStep(of: 1) != nil)
                runner.run(.releaseBuild(1))
            case .ended(.failure(let why)):
                error = why
                hadStep = runner.builds.failedStep(of: 1) != nil
                return true
            default: break
            }
            return false
        }
        #expect(failure?.exitCode == 2 && failure?.step == 5)
        #expect(error?.message.contains("exit code 2") == true && !hadStep)
        #expect(engine.calls == ["build fails", "released fails"])
    }

    @Test func stoppingLetsGoOfTheFailedStepAsWell() async {
        let engine = Scenery.engine()
        await messages(engine, tags: "fails") { message, runner in
            if case .held = message { runner.run(.stopBuild(1)) }
            if case .ended = message { return true }
            return false
        }
        #expect(engine.calls == ["build fails", "released fails"])
    }

    @Test func stoppingEndsTheEnginesWork() async {
        let engine = Scenery.engine()
        var error: EngineError?
        await messages(engine, tags: "slow") { message, runner in
            if case .report = message { runner.run(.stopBuild(1)) }
            guard case .ended(.failure(let why)) = message else { return false }
            error = why
            return true
        }
        #expect(error?.code == .cancelled)
        #expect(engine.calls == ["build slow", "stopped slow"])
    }

    @Test func theOutputOfABuildThatIsOverCanStillBeRead() async {
        var lines: [String] = []
        await messages(Scenery.engine(), tags: "shop:2") { message, runner in
            switch message {
            case .ended: runner.run(.watchBuild(BuildWatch(build: 1, step: 5)))
            case .report(let report):
                guard let output = report.output else { return false }
                lines = output.text.lines.map { String(decoding: $0.bytes, as: UTF8.self) }
                return true
            default: break
            }
            return false
        }
        #expect(lines.last == "linking 100%" && lines.count == 4)
    }
}
