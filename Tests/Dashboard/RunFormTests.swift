import Engine
import Terminal
import Testing

@testable import Dashboard

/// Running a container from a form, and what else is done to images.
@Suite struct RunFormTests {
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

    @Test func theFormTakesWhatIsTyped() {
        var state = Scenery.state(view: .images)
        let effects = type("r\tshop\thttpd -f\t8080:80\tA=1 B=2\tdata:/srv\tfront\t  \t \r", &state)
        var expected = RunForm()
        expected.image = "demo:latest"
        expected.name = "shop"
        expected.command = "httpd -f"
        expected.ports = "8080:80"
        expected.environment = "A=1 B=2"
        expected.volumes = "data:/srv"
        expected.network = "front"
        expected.restart = "unless-stopped"
        expected.autoRemove = true
        #expect(effects == [.run(expected)])
        // An answer is awaited: a second Enter runs no second one.
        #expect(type("\r", &state).isEmpty)
    }

    @Test func noLetterLeavesTheForm() {
        var state = Scenery.state(view: .images)
        _ = type("c\tq?d1", &state)
        #expect(state.form?.form["name"]?.text == "q?d1" && state.view == .images && !state.isHelpShown)
        _ = state.update(.key(.escape))
        #expect(state.form == nil)
    }

    @Test func withoutAnImageNothingRuns() {
        var state = Scenery.state(view: .images)
        _ = type("r", &state)
        _ = state.update(.key(.control("u")))
        #expect(type("\r", &state).isEmpty)
        #expect(screen(state).contains("a container needs an image"))
        _ = type("x", &state)
        #expect(!screen(state).contains("a container needs an image"))
    }

    @Test func whatIsWrongIsToldAtItsField() {
        var state = Scenery.state(view: .images)
        _ = type("r\r", &state)
        _ = state.update(.ran(.refused([.ports: "invalid containerPort: x", .volumes: "no path"])))
        let text = screen(state)
        #expect(text.contains("invalid containerPort: x") && text.contains("no path"))
        #expect(state.form?.form.selected == 3)
        #expect(type("\r", &state).count == 1)
        _ = state.update(.ran(.failed(EngineError(.conflict, "the name is taken", hint: "choose another"))))
        #expect(screen(state).contains("the name is taken (choose another)"))
    }

    @Test func theNewContainerIsJumpedTo() {
        var state = Scenery.state(view: .images)
        state.list.table.narrow("nothing has this")
        _ = type("r\r", &state)
        let new = Scenery.container(40, "new-one")
        #expect(state.update(.ran(.created(new.id, failure: nil))).contains(.loadContainer(new.id)))
        #expect(state.form == nil)
        _ = state.update(.container(new.id, .success(new)))
        #expect(state.view == .containers && state.selected?.name == "new-one")
        #expect(state.notice?.text == "new-one runs")
    }

    @Test func whatEndedAtOnceAndWentIsTold() {
        var state = Scenery.state(view: .images)
        _ = type("r\r", &state)
        _ = state.update(.ran(.created(Scenery.id(40), failure: nil)))
        _ = state.update(.container(Scenery.id(40), .failure(EngineError(.notFound, "no such container"))))
        #expect(state.notice?.text.hasSuffix("has ended and is removed") == true && state.awaitedContainer == nil)
    }

    @Test func whatWasMadeAndDidNotStartIsShownWithTheReason() {
        var state = Scenery.state(view: .images)
        _ = type("r\r", &state)
        let new = Scenery.container(40, "new-one", state: .created)
        let error = EngineError(.commandNotFound, "there is no httpd in it")
        _ = state.update(.ran(.created(new.id, failure: error)))
        _ = state.update(.container(new.id, .success(new)))
        #expect(state.selected?.name == "new-one")
        #expect(state.notice?.text.contains("there is no httpd in it") == true)
    }

    @Test func theMouseFillsInTheForm() throws {
        var state = Scenery.state(view: .images)
        _ = type("r", &state)
        func press(_ index: Int) throws -> [Effect] {
            let hits = Frame.draw(state, look: look).hits
            let target = try #require(hits.first { $0.target == .formPlace(index) }?.target)
            return state.update(.mouse(MouseInput(kind: .press, target: target)))
        }
        _ = try press(8)
        #expect(state.form?.form["autoRemove"]?.isSet == true)
        #expect(try press(9).count == 1)
        // Nothing beside the form is hit.
        _ = state.update(.mouse(MouseInput(kind: .press, target: .tab(.logs))))
        #expect(state.view == .images)
        state.form?.isBusy = false
        _ = try press(10)
        #expect(state.form == nil)
    }

    @Test func theRunnerMakesAndStartsIt() async {
        let engine = Scenery.engine()
        var answers = EffectAnswers(engine: engine, statistics: Scenery.statistics())
        answers.makeSpec = { form in
            guard form.ports.isEmpty else { return .failure(RunForm.Refusal([.ports: "no ports here"])) }
            var spec = ContainerSpec(image: form.image)
            spec.name = form.name
            return .success(spec)
        }
        var form = RunForm()
        form.image = "demo"
        form.ports = "x"
        guard case .ran(.refused(let reasons))? = await answers.messages(for: .run(form)).first else {
            Issue.record("it was not refused")
            return
        }
        #expect(reasons == [.ports: "no ports here"])
        form.ports = ""
        form.name = "made"
        guard case .ran(.created(_, let failure))? = await answers.messages(for: .run(form)).first else {
            Issue.record("nothing was made")
            return
        }
        #expect(failure == nil)
        #expect(engine.calls == ["create made", "start made"])
        form.name = "taken"
        engine.fail("taken", with: EngineError(.conflict, "taken"))
        guard case .ran(.failed(let error))? = await answers.messages(for: .run(form)).first else {
            Issue.record("it was made")
            return
        }
        #expect(error.message == "taken")
    }

    // MARK: The images' table

    @Test func pruningTellsWhatWouldGo() {
        var state = Scenery.state(view: .images)
        #expect(type("P", &state).isEmpty)
        #expect(screen(state).contains("Unused: busybox:1.36"))
        let effects = type("jj\r", &state)
        #expect(effects == [.pruneImages([Scenery.images[1], Scenery.images[2]].map(Effect.ImageTarget.init))])
        _ = type("P", &state)
        #expect(type("\r", &state).isEmpty)
    }

    @Test func pruningRemovesNameByNameWithoutForce() async {
        let engine = Scenery.engine()
        let answers = EffectAnswers(engine: engine, statistics: Scenery.statistics())
        let targets = [Scenery.images[0], Scenery.images[2]].map(Effect.ImageTarget.init)
        let messages = await answers.messages(for: .pruneImages(targets))
        guard case .imagesRemoved(let outcomes)? = messages.first else {
            Issue.record("no outcome came")
            return
        }
        #expect(outcomes.map(\.name) == ["demo:latest", Scenery.imageID(2).short])
        #expect(engine.calls == ["rmi demo:latest", "rmi demo:1.0", "rmi \(Scenery.imageID(2).rawValue)"])
    }

    @Test func usersAreShownByNameAsFarAsThereIsRoom() {
        #expect(ImagesPane.users(["web"], width: 2) == "web")
        #expect(ImagesPane.users(["web", "wave", "db"], width: 20) == "web, wave, db")
        #expect(ImagesPane.users(["web", "wave", "db"], width: 12) == "web, wave +1")
        #expect(ImagesPane.users(["web", "wave", "db"], width: 4) == "3")
        var state = Scenery.state(view: .images)
        _ = type("u", &state)
        #expect(state.view == .containers && state.list.rows.allSatisfy { $0.image.hasPrefix("demo") })
    }

    @Test func sharesComeFromTheTreeOfLayers() {
        let shares = ImageShare.all(in: Scenery.imageTree)
        #expect(shares[Scenery.imageID(0)] == ImageShare(unique: 46_500, shared: 3_920_740, base: "busybox:1.36"))
        #expect(shares[Scenery.imageID(1)] == ImageShare(unique: 0, shared: 3_920_740, base: nil))
        var state = Scenery.state(view: .containers)
        #expect(state.update(.key(.character("3"))).contains(.loadShares))
        #expect(!state.update(.key(.down)).contains(.loadShares))
    }

    @Test func everyKeyOfTheImagesHasItsPlaceInTheMenu() {
        var state = Scenery.state(view: .images)
        _ = type("x", &state)
        let labels = state.palette?.entries.map(\.line) ?? []
        for action in [Action.pull, .push, .tag, .run, .users, .searchRegistry, .prune, .transfers] {
            #expect(labels.contains(action.rawValue), "\(action)")
        }
    }
}
