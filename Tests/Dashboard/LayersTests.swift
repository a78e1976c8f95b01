import Engine
import Terminal
import Testing

@testable import Dashboard

/// Looking into an image: what is asked for, what the keys and the mouse do.
@Suite struct LayersTests {
    private let look = Look(theme: .plain, glyphs: .ascii)

    private func screen(_ state: DashboardState) -> String {
        Frame.draw(state, look: look).canvas.lines.joined(separator: "\n")
    }

    private func type(_ text: String, _ state: inout DashboardState) {
        for character in text {
            Scenery.settle(&state, state.update(.key(character == "\r" ? .enter : .character(character))))
        }
    }

    private func chosen(_ state: DashboardState) -> String? {
        state.layers.files.selected.flatMap { state.layers.files.tree?.path(of: $0) }
    }

    private func opened() -> DashboardState {
        var state = Scenery.state(view: .images)
        type("\r", &state)
        return state
    }

    @Test func theLineThatMadeALayerIsTold() {
        var state = opened()

        #expect(!screen(state).contains("LINE") && !screen(state).contains("made by"))
        let history = Scenery.history.map { step in
            var step = step
            step.comment = step.layer == Scenery.digest(2) ? "Dockerfile:12" : "buildkit.dockerfile.v0"
            return step
        }
        _ = state.update(.imageHistory(Scenery.imageID(0), .success(history)))
        #expect(screen(state).contains("made by: Dockerfile:12"))
        type("]", &state)
        #expect(screen(state).contains("LINE") && screen(state).contains("  12 "))
        _ = state.update(.resized(columns: 112, rows: 40))
        #expect(screen(state).contains("LINE"))
        #expect(!screen(state).contains("buildkit"))
    }

    @Test(
        arguments: [
            ("Dockerfile:12", true), ("sub/dir.Dockerfile:1", true), ("buildkit.dockerfile.v0", false), (":3", false),
            ("", false), ("note: 12", false), ("x:", false),
        ] as [(String, Bool)])
    func aRemarkWithALineIsAPlace(comment: String, isPlace: Bool) {
        #expect(Instruction.place(comment) == (isPlace ? comment : nil))
    }

    @Test func enterReadsTheImageAndLeavingForgetsIt() {
        var state = Scenery.state(view: .images)
        let effects = state.update(.key(.enter))
        #expect(state.view == .layers)
        #expect(effects.contains(.explore(Scenery.imageID(0))))
        #expect(screen(state).contains("reading all files of the image"))
        Scenery.settle(&state, effects)
        #expect(screen(state).contains("whale.svg"))
        #expect(state.layers.layer == 1)
        // Another view, and back: nothing is read again.
        #expect(!state.update(.key(.character("2"))).contains(.stopExploring))
        #expect(!state.update(.key(.escape)).contains(.explore(Scenery.imageID(0))))
        #expect(state.view == .layers && state.layers.loaded != nil)
        #expect(state.update(.key(.escape)).contains(.stopExploring))
        #expect(state.view == .images && state.layers.loaded == nil)
    }

    @Test func anotherImagesAnswerIsDropped() {
        var state = Scenery.state(view: .images)
        _ = state.update(.key(.enter))
        _ = state.update(.imageFiles(Scenery.imageID(1), .success(ImageFiles(Scenery.layers))))
        #expect(state.layers.loaded == nil)
    }

    @Test func whatCannotBeReadIsTold() {
        var state = Scenery.state(view: .images)
        _ = state.update(.key(.enter))
        let error = EngineError(.corrupted, "a layer is damaged", hint: "spyhop image verify repairs it")
        _ = state.update(.imageFiles(Scenery.imageID(0), .failure(error)))
        #expect(screen(state).contains("a layer is damaged"))
    }

    @Test func anImageThatIsGoneIsTold() {
        var state = opened()
        Scenery.settle(&state, state.update(.images(.success(Array(Scenery.images.dropFirst())))))
        #expect(state.view == .images && state.layers.image == nil)
        #expect(state.notice?.text == "demo:latest is gone")
    }

    @Test func aLayerIsChosenAndItsFilesFollow() {
        var state = opened()
        type("k", &state)
        #expect(state.layers.layer == 0)
        #expect(screen(state).contains("busybox") && !screen(state).contains("whale.svg"))
        type("G", &state)
        #expect(state.layers.layer == 1)
        type("s", &state)
        #expect(screen(state).contains("busybox") && screen(state).contains("whale.svg"))
    }

    @Test func onlyTheNewestTreeCounts() {
        var state = opened()
        let first = state.update(.key(.up))
        let second = state.update(.key(.character("s")))
        let requests = (first + second).compactMap { effect -> FilesRequest? in
            if case .prepareFiles(let request) = effect { request } else { nil }
        }
        #expect(requests.map(\.isSum) == [false, true])
        for request in requests.reversed() {
            if let prepared = request.prepared() { _ = state.update(.filesPrepared(request, prepared)) }
        }
        #expect(state.layers.preparedFor?.isSum == true)
        // Back before the answer came: nothing is asked for, and the answer to what was asked is dropped.
        _ = state.update(.key(.character("s")))
        _ = state.update(.key(.character("s")))
        #expect(!state.layers.isPreparing)
    }

    @Test func historyAndLayersChooseTogether() {
        var state = opened()
        type("]", &state)
        #expect(state.layers.tab == .history)
        #expect(screen(state).contains("ENV MODE=demo"))
        type("G", &state)
        #expect(state.layers.step == 3 && state.layers.layer == 0)
        type("[", &state)
        type("j", &state)
        #expect(state.layers.step == 2)
    }

    @Test func directoriesFoldAndUnfoldByKeys() {
        var state = opened()
        type("\r", &state)
        #expect(state.focus == .files && chosen(state) == "etc")
        type(" ", &state)
        #expect(state.layers.files.rows.count == 7)
        Scenery.settle(&state, state.update(.key(.right)))
        Scenery.settle(&state, state.update(.key(.right)))
        #expect(chosen(state) == "etc/motd")
        Scenery.settle(&state, state.update(.key(.left)))
        #expect(chosen(state) == "etc")
        Scenery.settle(&state, state.update(.key(.control("@"))))
        #expect(state.layers.files.rows.count == 3)
        type("\r", &state)
        #expect(state.layers.files.rows.count == 4)
    }

    @Test func changesAreJumpedToAndHidden() {
        var state = opened()
        type("nn", &state)
        #expect(state.focus == .files && chosen(state) == "srv/www")
        type("N", &state)
        #expect(chosen(state) == "etc/motd")
        type("am", &state)
        #expect(!screen(state).contains("whale.svg") && screen(state).contains("without added, modified"))
        type("r", &state)
        #expect(state.layers.files.rows.map(\.depth) == [0, 0, 0])
        type("u", &state)
        #expect(screen(state).contains("all of it is hidden"))
        type("n", &state)
        #expect(state.notice?.text == "nothing else has changed in what is shown")
        type("ur", &state)
        #expect(screen(state).contains("cache.bin"))
    }

    @Test func slashFiltersPathsAndEscTakesItBack() {
        var state = opened()
        type("/WWW\r", &state)
        #expect(state.layers.files.rows.count == 4)
        #expect(screen(state).contains("/WWW"))
        type("/zzz\r", &state)
        #expect(screen(state).contains("no path has zzz in it") || state.layers.files.rows.isEmpty)
        Scenery.settle(&state, state.update(.key(.escape)))
        #expect(state.view == .layers && state.layers.files.rows.count == 8)
    }

    @Test func anotherFilterMakesNoOtherTree() {
        var state = opened()
        _ = state.update(.key(.character("/")))
        let effects = state.update(.key(.character("w")))
        guard case .prepareFiles(let request)? = effects.first else {
            Issue.record("nothing was asked for")
            return
        }
        #expect(request.known === state.layers.prepared)
    }

    @Test func theMouseChoosesFoldsAndSwitches() throws {
        var state = opened()
        func target(_ match: (HitTarget) -> Bool) throws -> HitTarget {
            try #require(Frame.draw(state, look: look).hits.last { match($0.target) }?.target)
        }
        func press(_ target: HitTarget, double: Bool = false) {
            let input = MouseInput(kind: double ? .doublePress : .press, target: target)
            Scenery.settle(&state, state.update(.mouse(input)))
        }
        press(try target { $0 == .spot(.layers, .place(0)) })
        #expect(state.layers.layer == 0)
        press(try target { $0 == .spot(.files, .fold(0)) })
        #expect(state.focus == .files && chosen(state) == "bin" && !screen(state).contains("busybox"))
        press(try target { $0 == .spot(.files, .place(0)) }, double: true)
        #expect(screen(state).contains("busybox"))
        press(try target { $0 == .spot(.layers, .tab("history")) })
        #expect(state.layers.tab == .history)
        let before = state.layers.files.index
        _ = state.update(.mouse(MouseInput(kind: .wheel(3), target: .spot(.files, .place(2)))))
        #expect(state.layers.files.index == before + 3)
    }

    @Test func aSmallScreenShowsTheSideWithTheFocus() {
        var state = Scenery.state(view: .images, columns: 60, rows: 15)
        type("\r", &state)
        #expect(state.layout.places.map(\.pane) == [.layers])
        Scenery.settle(&state, state.update(.key(.tab)))
        #expect(state.layout.places.map(\.pane) == [.files])
    }

    @Test func whatIsToldOfALayerScrolls() {
        var state = Scenery.state(view: .images, columns: 80, rows: 24)
        type("\r", &state)
        #expect(!screen(state).contains("400B 2x"))
        type("J", &state)
        #expect(screen(state).contains("400B 2x"))
        for _ in 0..<50 { type("K", &state) }
        #expect(state.layers.summaryScroll == 0)
    }

    @Test func removingIsNotForThisView() {
        var state = opened()
        type("d", &state)
        #expect(state.dialog == nil && state.notice != nil)
    }

    @Test func hostileNamesStayOnTheirRows() {
        let evil = "\u{1b}]0;x\u{7}\u{202e}\r\n"
        var state = Scenery.state(view: .images)
        let effects = state.update(.key(.enter))
        #expect(!effects.isEmpty)
        let layer = ImageLayer(
            diffID: evil, digest: evil, size: .min, createdBy: evil,
            files: [
                LayerFile(
                    path: "\(evil)/\(evil)", kind: .symbolicLink, change: .added, size: .max, mode: .max, uid: .max,
                    gid: .max, target: evil),
                LayerFile(path: "b", kind: .file, change: .added, size: .max, mode: 0, uid: 0, gid: 0),
            ])
        let image = ImageLayers(
            image: Scenery.images[0], layers: [layer], waste: [ImageLayers.Waste(path: evil, count: -1, bytes: .max)])
        Scenery.settle(&state, state.update(.imageFiles(Scenery.imageID(0), .success(ImageFiles(image)))))
        for text in Frame.draw(state, look: look).canvas.lines {
            #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202e && $0.value != 0x7f })
        }
    }
}

/// The column that tells which line made a layer.
@Suite struct LineColumnTests {
    @Test func ofOneFileNumbersAreEnough() {
        let one = LineColumn(["Dockerfile:3", "Dockerfile:12"])
        #expect(one.text("Dockerfile:12") == "12" && one.text(nil).isEmpty)
        let two = LineColumn(["Dockerfile:3", "base/Dockerfile:12"])
        #expect(two.text("Dockerfile:3") == "Dockerfile:3" && two.columns.first?.minimum == 18)
        #expect(LineColumn([]).columns.isEmpty)
    }
}
