import Engine
import Terminal
import Testing

@testable import Dashboard

/// Building an image from the dashboard.
@Suite struct BuildPaneTests {
    private let look = Look(theme: .plain, glyphs: .ascii)

    private func screen(_ state: DashboardState) -> String {
        Frame.draw(state, look: look).canvas.lines.joined(separator: "\n")
    }

    private func type(_ text: String, _ state: inout DashboardState) -> [Effect] {
        text.flatMap { character -> [Effect] in
            switch character {
            case "\r": state.update(.key(.enter))
            case "\t": state.update(.key(.tab))
            default: state.update(.key(.character(character)))
            }
        }
    }

    private func begun(_ effects: [Effect]) -> [BuildForm] {
        effects.compactMap { if case .build(_, let form) = $0 { form } else { nil } }
    }

    // MARK: The form

    @Test func theFormTakesWhatIsTyped() {
        var state = Scenery.state(view: .images)
        let effects = type("b\tsub/Dockerfile\tshop:2 shop:latest\tbuilder\tA=1 B=2\t \r", &state)
        var expected = BuildForm()
        expected.file = "sub/Dockerfile"
        expected.tags = "shop:2 shop:latest"
        expected.target = "builder"
        expected.arguments = "A=1 B=2"
        expected.noCache = true
        #expect(begun(effects) == [expected])
        // An answer is awaited: a second Enter builds nothing more.
        #expect(begun(type("\r", &state)).isEmpty)
        _ = state.update(.build(1, .began))
        #expect(state.form == nil && state.view == .build)
        // The next form begins with what was filled in.
        _ = state.update(.key(.escape))
        _ = type("b", &state)
        #expect(state.form?.form["tags"]?.text == "shop:2 shop:latest")
    }

    @Test func whatIsWrongIsToldAtItsFieldAndNothingIsShown() {
        var state = Scenery.state(view: .images)
        _ = type("b", &state)
        _ = state.update(.key(.control("u")))
        #expect(begun(type("\r", &state)).isEmpty)
        #expect(screen(state).contains("a build needs a context"))
        #expect(begun(type(".\r", &state)).count == 1)
        _ = state.update(.build(1, .refused([.arguments: "a quote is not closed"])))
        #expect(screen(state).contains("a quote is not closed"))
        #expect(state.builds.all.isEmpty && state.view == .images)
        #expect(begun(type("\r", &state)).count == 1)
    }

    @Test func oneBuildAtATime() {
        var state = Scenery.building()
        #expect(begun(type("b\r", &state)).isEmpty)
        #expect(screen(state).contains("shop:2 is being built"))
        _ = state.update(.key(.escape))
        #expect(begun(type("r", &state)).isEmpty && state.builds.all.count == 1)
    }

    // MARK: The steps

    @Test func stepsStandInTheirStages() throws {
        let build = try #require(Scenery.building().builds.shown)
        #expect(
            build.rows == [
                .step(1), .stage("builder"), .step(2), .step(3), .step(4), .step(5), .stage("stage-1"), .step(6),
                .step(7), .step(8), .summary,
            ])
        #expect(build.progress == (4, 8))
        // One stage needs no head; a stage that comes back joins its first steps.
        var steps = Array(Scenery.buildSteps.prefix(3))
        #expect(BuildRow.rows(steps) == [.step(1), .step(2), .step(3), .summary])
        steps = [Scenery.buildSteps[1], Scenery.buildSteps[5], Scenery.buildSteps[2]]
        #expect(
            BuildRow.rows(steps) == [.stage("builder"), .step(2), .step(3), .stage("stage-1"), .step(6), .summary])
    }

    @Test(
        arguments: [
            ("[builder 2/5] RUN make", "2/5 RUN make"), ("[1/3] FROM busybox", "1/3 FROM busybox"),
            ("[a  9/12] RUN x", " 9/12 RUN x"), ("[a 10/12] RUN x", "10/12 RUN x"), ("[1/] x", "1/ x"),
            ("[/1] x", " /1 x"),
            ("[internal] load metadata", "[internal] load metadata"), ("exporting to image", "exporting to image"),
            ("[", "["), ("[]", "[]"), ("", ""),
        ] as [(String, String)])
    func aStepsNameIsShortBeneathItsStage(name: String, expected: String) {
        #expect(BuildStep(id: 1, name: name).shortName == expected)
    }

    @Test func theCursorGoesAlongUntilAPersonMovesIt() {
        var state = Scenery.building()
        #expect(state.builds.selected == .step(5))
        let id = state.builds.shown?.id ?? 0
        func report(_ number: Int, _ changes: [(Int, BuildStep.State)]) -> Message {
            var report = state.builds.shown?.report ?? BuildReport()
            report.number += number
            for (id, value) in changes { report.steps[id - 1].state = value }
            return .build(id, .report(report))
        }
        // The one that runs is left only when it is done.
        _ = state.update(report(1, [(7, .running(since: Scenery.now))]))
        #expect(state.builds.selected == .step(5))
        _ = state.update(report(1, [(5, .done(nanoseconds: 1))]))
        #expect(state.builds.selected == .step(7))
        _ = type("k", &state)
        #expect(state.builds.selected == .step(6))
        _ = type("k", &state)
        // A head is passed over.
        #expect(state.builds.selected == .step(5))
        _ = state.update(report(1, [(7, .done(nanoseconds: 1)), (8, .running(since: Scenery.now))]))
        #expect(state.builds.selected == .step(5))
        _ = type("f", &state)
        #expect(state.builds.selected == .step(8))
    }

    @Test func aReportThatComesLateIsDropped() {
        var state = Scenery.building()
        let old = state.builds.shown?.report ?? BuildReport()
        var new = old
        new.number += 1
        new.steps[7].state = .cancelled
        _ = state.update(.build(1, .report(new)))
        _ = state.update(.build(1, .report(old)))
        #expect(state.builds.shown?.report.steps[7].state == .cancelled)
    }

    // MARK: Output

    @Test func onlyTheShownStepsOutputIsAskedFor() {
        var state = Scenery.building()
        #expect(state.builds.watched == BuildWatch(build: 1, step: 5))
        #expect(state.update(.key(.up)) == [.watchBuild(BuildWatch(build: 1, step: 4))])
        // Other views show none; the build goes on.
        #expect(state.update(.key(.character("2"))).contains(.watchBuild(nil)))
        #expect(state.builds.running != nil)
        #expect(screen(state).contains("build 4/8 23s"))
        #expect(type("B", &state).contains(.watchBuild(BuildWatch(build: 1, step: 4))))
        #expect(state.view == .build)
        _ = type("B", &state)
        #expect(state.view == .containers)
    }

    @Test func outputThatNobodySeesIsNothingToTell() {
        let feed = BuildFeed()
        for event in Scenery.buildEvents { feed.take(event) }
        feed.watch(5, isSeen: true)
        #expect(feed.next()?.output?.text.lines.count == 4)
        feed.take(Scenery.wrote(4, "not this one\n"))
        #expect(feed.next() == nil)
        feed.take(Scenery.wrote(5, "this one\n"))
        #expect(feed.next()?.output?.step == 5)
        feed.watch(nil, isSeen: false)
        _ = feed.next()
        feed.take(Scenery.wrote(5, "nor this one now\n"))
        feed.take(.transfer(step: 6, .blob(Scenery.blob(0x31, 2_100_000, 900_000, .downloading))))
        #expect(feed.next() == nil)
        feed.take(Scenery.changed(5, .cancelled))
        #expect(feed.next()?.output == nil)
        // What was written meanwhile is there when it is looked at.
        feed.watch(5, isSeen: true)
        #expect(
            feed.next()?.output?.text.lines.map { String(decoding: $0.bytes, as: UTF8.self) }.last == "nor this one now"
        )
    }

    @Test func linesComeInPiecesAndReturnsOverwrite() {
        var output = StepOutput()
        func lines() -> [String] { output.lines.map { String(decoding: $0.bytes, as: UTF8.self) } }
        output.append(Array("one\r".utf8), .stdout)
        output.append(Array("\ntwo".utf8), .stdout)
        output.append(Array(" 10%\r".utf8), .stdout)
        #expect(lines() == ["one", "two 10%"])
        output.append(Array("two 100%\r\r\n\nlast".utf8), .stdout)
        #expect(lines() == ["one", "two 100%", "", "last"])
        output.append(Array("err\n".utf8), .stderr)
        output.append(Array(" goes on".utf8), .stdout)
        #expect(lines() == ["one", "two 100%", "", "last", "err", " goes on"])
        #expect(output.lines.map(\.stream) == [.stdout, .stdout, .stdout, .stdout, .stderr, .stdout])
        #expect(output.byteCount == lines().joined().utf8.count)
    }

    @Test func aStepsOutputIsBounded() {
        var output = StepOutput(bounds: StepOutput.Bounds(lines: 100, bytes: 2000, line: 64))
        for number in 0..<1000 { output.append(Array("line \(number)\n".utf8), .stdout) }
        #expect(output.lines.count <= 100 && output.lines.count + output.dropped == 1000)
        #expect(output.lines.last?.bytes == Array("line 999".utf8))
        output.append([UInt8](repeating: 0x61, count: 100_000), .stdout)
        #expect(output.byteCount <= 2000 && output.lines.allSatisfy { $0.bytes.count <= 64 })
        #expect(output.byteCount == output.lines.reduce(0) { $0 + $1.bytes.count })
    }

    @Test func allOutputTogetherIsBounded() {
        let feed = BuildFeed()
        let piece = [UInt8](repeating: 0x61, count: 1000) + [0x0a]
        for step in 1...40 { for _ in 0..<510 { feed.take(.output(step: step, .stdout, piece)) } }
        var sum = 0
        for step in 1...40 {
            feed.watch(step, isSeen: true)
            sum += feed.next()?.output?.text.byteCount ?? 0
        }
        #expect(sum <= BuildFeed.outputLimit && sum > BuildFeed.outputLimit / 4)
    }

    @Test func whoReadsFurtherUpKeepsWhatTheyRead() {
        var state = Scenery.building(columns: 80, rows: 24)
        let feed = BuildFeed()
        func write(_ range: Range<Int>) {
            let lines = range.map { Scenery.wrote(5, "line \($0)\n") }
            var report = Scenery.report(feed, (range.lowerBound == 0 ? Scenery.buildEvents : []) + lines, watching: 5)
            report.number += 100
            _ = state.update(.build(1, .report(report)))
        }
        write(0..<100)
        #expect(screen(state).contains("line 99"))
        _ = type("K", &state)
        #expect(!screen(state).contains("line 99") && screen(state).contains("line 98"))
        write(100..<200)
        #expect(screen(state).contains("line 98") && !screen(state).contains("line 199"))
        // Lines that fall out at the front move nothing.
        write(200..<5060)
        #expect(screen(state).contains("line 98") == (state.builds.text.lines.count > 4960))
        _ = type("\tG", &state)
        #expect(screen(state).contains("line 5059"))
    }

    @Test func controlCharactersAreHarmlessAndColoursAreColours() {
        var state = Scenery.building()
        let feed = BuildFeed()
        var report = Scenery.report(
            feed,
            Scenery.buildEvents + [
                Scenery.wrote(5, "\n\u{1b}[2J\u{1b}]0;title\u{07}\u{1b}[31mred\u{1b}[0m\u{08}\u{7f}\n")
            ],
            watching: 5)
        report.number += 100
        _ = state.update(.build(1, .report(report)))
        let canvas = Frame.draw(state, look: Look(theme: .plain, glyphs: .unicode)).canvas
        for line in canvas.lines { #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }) }
        #expect(canvas.lines.contains { $0.contains("red") && !$0.contains("title") })
        let glyphs = LogText.glyphs(Array("\u{1b}[31mred".utf8), plain: .plain)
        #expect(glyphs.first?.style.foreground != Style.plain.foreground)
    }

    @Test func theOutputIsSearched() {
        var state = Scenery.building()
        _ = type("/whale", &state)
        #expect(state.builds.text.search?.line == 0 && !state.builds.text.isFollowing)
        _ = type("\r", &state)
        _ = type("n", &state)
        #expect(state.notice?.text == "'whale' is not further up")
        _ = state.update(.key(.escape))
        #expect(state.builds.text.search == nil && state.view == .build)
    }

    // MARK: Ends

    @Test func aFailedStepIsEnteredAndLetGo() {
        var state = Scenery.building(.failed)
        #expect(state.builds.selected == .step(5))
        let text = screen(state)
        #expect(text.contains("exit code 2   e a shell in its last state") && text.contains("build failed"))
        #expect(type("e", &state) == [.enterStep(1)])
        _ = state.update(.shellEnded(nil))
        #expect(type("e", &state) == [.enterStep(1)])
        // Leaving the pane keeps it.
        _ = state.update(.key(.escape))
        #expect(state.builds.held?.id == 1)
        _ = type("B", &state)
        #expect(type("d", &state) == [.releaseBuild(1)])
        #expect(type("e", &state).isEmpty && !screen(state).contains("a shell in its last state"))
        _ = state.update(.build(1, .ended(.failure(EngineError(.system, "RUN make: exit code 2")))))
        #expect(state.builds.shown?.phase == .failed(EngineError(.system, "RUN make: exit code 2")))
        #expect(type("d", &state).contains(.forgetBuild(1)))
        #expect(state.builds.all.isEmpty)
    }

    @Test func anotherBuildLetsTheFailedStepGo() {
        var state = Scenery.building(.failed)
        let effects = type("r", &state)
        #expect(effects.first == .releaseBuild(1))
        #expect(begun(effects) == [Scenery.buildForm])
        _ = state.update(.build(2, .began))
        #expect(state.builds.shown?.id == 2 && screen(state).contains("2 of 2"))
        // The first one's end changes nothing of the second.
        _ = state.update(.build(1, .ended(.failure(EngineError(.system, "exit code 2")))))
        #expect(state.builds.running?.id == 2)
        _ = type("[", &state)
        #expect(state.builds.shown?.id == 1 && state.builds.selected == .step(5))
    }

    @Test func onlySoManyAreRemembered() {
        var state = Scenery.building(.done)
        var forgotten: [Effect] = []
        for id in 2...(BuildsState.most + 2) {
            forgotten += type("r", &state).filter { if case .forgetBuild = $0 { true } else { false } }
            _ = state.update(.build(id, .began))
            _ = state.update(.build(id, .ended(.success(Scenery.builtImage))))
        }
        #expect(state.builds.all.count == BuildsState.most)
        #expect(forgotten == [.forgetBuild(1), .forgetBuild(2)])
    }

    @Test func theImageIsOpenedFromWhereItWasBuilt() {
        var state = Scenery.building(.done)
        #expect(state.builds.selected == .summary)
        #expect(state.notice?.text == "built shop:2 in 23s")
        #expect(type("\r", &state).contains(.explore(Scenery.imageID(0))))
        #expect(state.view == .layers)
        _ = state.update(.key(.escape))
        #expect(state.view == .build)
    }

    @Test func stoppingAsksFirst() {
        var state = Scenery.building()
        #expect(state.update(.key(.control("x"))).isEmpty)
        #expect(type("\r", &state).isEmpty && state.builds.running?.phase == .running)
        #expect(type("d", &state).isEmpty)
        #expect(type("y", &state) == [.stopBuild(1)])
        #expect(type("d", &state).isEmpty && state.dialog == nil)
        _ = state.update(.build(1, .ended(.failure(EngineError(.system, "a step was killed")))))
        #expect(state.builds.shown?.phase == .stopped)
        #expect(state.notice?.text == "the build of shop:2 is stopped")
    }

    @Test func quittingAsksWhileABuildRuns() {
        var state = Scenery.building()
        #expect(type("q", &state).isEmpty)
        #expect(screen(state).contains("build of shop:2"))
        #expect(type("y", &state) == [.quit])
    }

    @Test func anErrorOfTheDockerfileIsShownWholeWithItsCaret() {
        var state = Scenery.state(view: .images)
        _ = type("b\r", &state)
        _ = state.update(.build(1, .began))
        let message = "Dockerfile:3:1: unknown instruction: RNU\n   2 | WORKDIR /src\n   3 | RNU make\n     | ^^^"
        _ = state.update(.build(1, .ended(.failure(EngineError(.invalidArgument, message, hint: "did you mean RUN?")))))
        let text = screen(state)
        for words in ["3 | RNU make", "| ^^^", "did you mean RUN?"] { #expect(text.contains(words), "\(words)") }
        #expect(state.notice?.text == "the build of this directory failed: Dockerfile:3:1: unknown instruction: RNU")
    }

    @Test func theMouseChoosesSteps() throws {
        var state = Scenery.building()
        let hits = Frame.draw(state, look: look).hits
        let target = try #require(hits.first { $0.target == .spot(.build, .word(PaneWord(BuildRow.step(3)))) }?.target)
        _ = state.update(.mouse(MouseInput(kind: .press, target: target)))
        #expect(state.builds.selected == .step(3))
        _ = state.update(
            .mouse(MouseInput(kind: .press, target: .spot(.build, .word(PaneWord(BuildRow.stage("builder")))))))
        #expect(state.builds.selected == .step(3))
        _ = state.update(.mouse(MouseInput(kind: .wheel(3), target: .spot(.build, .word(PaneWord(BuildRow.step(3)))))))
        #expect(state.builds.selected == .step(6) && state.focus == .build)
        _ = state.update(
            .mouse(MouseInput(kind: .doublePress, target: .spot(.build, .word(PaneWord(BuildRow.step(5)))))))
        #expect(state.focus == .buildText)
    }

    @Test(arguments: [(60, 15), (61, 16), (80, 24), (109, 30), (110, 30), (300, 100)] as [(Int, Int)])
    func itFitsIntoAnySize(columns: Int, rows: Int) {
        for moment in [Scenery.BuildMoment.running, .failed, .done] {
            var state = Scenery.building(moment, columns: columns, rows: rows)
            #expect(Frame.draw(state, look: look).canvas.lines.count == rows)
            _ = state.update(.key(.tab))
            _ = state.update(.resized(columns: columns + 7, rows: rows + 3))
            #expect(screen(state).contains("make -j4 all") || screen(state).contains("shop:2"))
        }
    }

    @Test func everyKeyOfABuildHasItsPlaceInTheMenuAndTheHelp() {
        var state = Scenery.building()
        _ = type("x", &state)
        let choices = state.palette?.entries.map(\.line) ?? []
        for action in [Action.build, .buildAgain, .buildCancel, .buildShell, .buildFollow, .buildWrap] {
            #expect(choices.contains(action.rawValue), "\(action)")
        }
        let (map, problems) = KeyMap.applying(["build": ["F"], "build-shell": ["ctrl-e"]])
        #expect(problems.isEmpty && map.action(for: "F", in: .images) == .build)
        #expect(map.action(for: "ctrl-e", in: .buildText) == .buildShell)
    }
}
