import Engine

@testable import Dashboard

/// A build of two stages, as an engine tells it.
extension Scenery {
    static var buildForm: BuildForm {
        var form = BuildForm()
        form.context = "/home/me/shop"
        form.tags = "shop:2"
        form.arguments = "MODE=demo"
        return form
    }

    private static func step(
        _ id: Int, _ name: String, _ stage: String? = nil, line: Int = 0, _ state: BuildStep.State = .waiting
    ) -> BuildStep {
        BuildStep(id: id, name: name, stage: stage, line: line, state: state)
    }

    static var buildSteps: [BuildStep] {
        [
            step(1, "[internal] load build definition from Dockerfile"),
            step(2, "[builder 1/4] FROM docker.io/library/sea:2", "builder", line: 1),
            step(3, "[builder 2/4] WORKDIR /src", "builder", line: 2),
            step(4, "[builder 3/4] COPY . .", "builder", line: 3),
            step(5, "[builder 4/4] RUN make -j4 all", "builder", line: 4),
            step(6, "[stage-1 1/3] FROM docker.io/library/busybox:1.36", "stage-1", line: 6),
            step(7, "[stage-1 2/3] RUN adduser -D shop", "stage-1", line: 7),
            step(8, "[stage-1 3/3] COPY --from=builder /src/shop /usr/bin/shop", "stage-1", line: 8),
        ]
    }

    static func changed(_ id: Int, _ state: BuildStep.State) -> BuildEvent {
        var step = buildSteps[id - 1]
        step.state = state
        return .step(step)
    }

    static func wrote(_ id: Int, _ text: String, _ stream: LogLine.Stream = .stdout) -> BuildEvent {
        .output(step: id, stream, Array(text.utf8))
    }

    static var buildWarning: BuildWarning {
        BuildWarning(
            rule: "FromAsCasing", description: "The 'as' keyword should match the case of the 'from' keyword",
            detail: "'as' and 'FROM' keywords' casing do not match", url: "", file: "Dockerfile", lines: 1...1,
            excerpt: [
                BuildWarning.ExcerptLine(number: 1, text: "FROM sea:2 as builder", isMarked: true),
                BuildWarning.ExcerptLine(number: 2, text: "WORKDIR /src", isMarked: false),
            ])
    }

    /// Up to the moment where make is at work and a base image comes.
    static var buildEvents: [BuildEvent] {
        [
            .planned(buildSteps),
            changed(1, .done(nanoseconds: 1_200_000)),
            .warning(buildWarning),
            changed(2, .running(since: now.advanced(by: .seconds(-20)))),
            changed(6, .running(since: now.advanced(by: .seconds(-20)))),
            .transfer(step: 6, .began(reference: "docker.io/library/busybox:1.36")),
            .transfer(
                step: 6,
                .manifest(digest: digest(0xfd), blobs: [blob(0x31, 2_100_000, 0, .waiting)])),
            .transfer(step: 6, .blob(blob(0x31, 2_100_000, 700_000, .downloading))),
            changed(2, .cached), changed(3, .cached),
            changed(4, .running(since: now.advanced(by: .seconds(-19)))),
            changed(4, .done(nanoseconds: 240_000_000)),
            changed(5, .running(since: now.advanced(by: .seconds(-17)))),
            wrote(5, "cc -O2 -c \u{1b}[32mwhale.c\u{1b}[0m\r\ncc -O2 -c har"),
            wrote(5, "bour.c\n"),
            wrote(5, "harbour.c:12:5: warning: unused variable 'tide'\n", .stderr),
            wrote(5, "linking  10%\rlinking  55%"),
        ]
    }

    static var builtImage: BuiltImage {
        BuiltImage(id: imageID(0), digest: digest(0xfc), names: ["docker.io/library/shop:2"])
    }

    static var buildEnd: [BuildEvent] {
        [
            wrote(5, "\rlinking 100%\n"), changed(5, .done(nanoseconds: 21_300_000_000)),
            .transfer(step: 6, .blob(blob(0x31, 2_100_000, 2_100_000, .done))),
            changed(6, .done(nanoseconds: 4_000_000_000)), changed(7, .done(nanoseconds: 310_000_000)),
            changed(8, .done(nanoseconds: 42_000_000)),
            .step(step(9, "exporting to image", nil, .done(nanoseconds: 90_000_000))),
        ]
    }

    static var buildFailure: [BuildEvent] {
        [
            wrote(5, "\rmake: *** [Makefile:3: all] Error 2\n", .stderr),
            changed(
                5,
                .failed(
                    nanoseconds: 3_000_000_000, reason: "process \"/bin/sh -c make -j4 all\" ended with exit code 2")),
            changed(6, .cancelled), changed(7, .cancelled), changed(8, .cancelled),
        ]
    }

    /// A build's pictures after some events, with this step's output.
    static func report(_ feed: BuildFeed, _ events: [BuildEvent], watching step: Int?) -> BuildReport {
        for event in events { feed.take(event) }
        feed.watch(step, isSeen: true)
        return feed.next() ?? BuildReport()
    }

    enum BuildMoment: String { case running, failed, done }

    /// A state in which the build of `buildForm` stands somewhere, with its view open.
    static func building(
        _ moment: BuildMoment = .running, columns: Int = 120, rows: Int = 40
    ) -> DashboardState {
        var state = self.state(view: .images, columns: columns, rows: rows)
        state.builds.form = buildForm
        var begun = now
        begun = begun.advanced(by: .seconds(-23))
        let (id, _) = state.builds.begin(buildForm, at: begun)
        _ = state.update(.build(id, .began))
        let feed = BuildFeed()
        _ = state.update(.build(id, .report(report(feed, buildEvents, watching: nil))))
        func settle() {
            guard case .step(let step) = state.builds.selected else { return }
            _ = state.update(.build(id, .report(report(feed, [], watching: step))))
        }
        settle()
        switch moment {
        case .running: break
        case .failed:
            _ = state.update(.build(id, .report(report(feed, buildFailure, watching: nil))))
            settle()
            _ = state.update(.build(id, .held(StepFailure(FakeFailedStep()))))
        case .done:
            _ = state.update(.build(id, .report(report(feed, buildEnd, watching: nil))))
            _ = state.update(.build(id, .ended(.success(builtImage))))
        }
        return state
    }
}

/// A step in a last state that nobody can enter.
struct FakeFailedStep: FailedStep {
    var step = Scenery.buildSteps[4]
    var command = ["/bin/sh", "-c", "make -j4 all"]
    var exitCode: Int32 = 2

    func enter(_ command: [String], size: TerminalSize?) async throws -> any Session {
        throw EngineError(.unsupported, "there is nothing to enter")
    }
}

/// Builds of an engine in memory: `fails` in a tag makes a step fail, `slow` makes it last.
extension FakeEngine {
    func build(
        _ request: BuildRequest, progress: @escaping BuildProgress, onFailure: BuildFailureHandler?
    ) async throws -> BuiltImage {
        let name = request.tags.first ?? "<none>"
        note("build \(name)")
        for event in Scenery.buildEvents { progress(event) }
        if name.contains("slow") {
            do { try await Task.sleep(for: .seconds(3600)) } catch {
                note("stopped \(name)")
                throw EngineError(.cancelled, "the build was given up")
            }
        }
        if name.contains("fails") {
            for event in Scenery.buildFailure { progress(event) }
            await onFailure?(FakeFailedStep())
            note("released \(name)")
            throw EngineError(.system, "[builder 4/4] RUN make -j4 all: exit code 2")
        }
        for event in Scenery.buildEnd { progress(event) }
        return Scenery.builtImage
    }
}
