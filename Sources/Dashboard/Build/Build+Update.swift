import Engine
import Terminal

/// Building images.
extension DashboardState {
    mutating func actOnBuilds(_ action: Action) -> [Effect]? {
        switch action {
        case .build: openBuildForm()
        case .builds: if view == .build { back() } else { open(.build) }
        case .buildAgain: return buildAgain()
        case .buildCancel: askStopBuild()
        case .buildShell: return enterStep()
        case .buildFollow: toggleBuildFollow()
        case .buildWrap:
            builds.text.wraps.toggle()
            builds.text.column = 0
            builds.text.topRow = 0
        default: return nil
        }
        return []
    }

    // MARK: Beginning

    private mutating func openBuildForm() {
        guard canBuild else {
            return tell(.failure, words("this dashboard was started without a way to build images from a form"))
        }
        form = FormDialog(purpose: .build, form: builds.form.form)
    }

    /// The form is filled in.
    mutating func submitBuild(_ filled: BuildForm) -> [Effect] {
        guard !filled.context.allSatisfy({ $0 == " " }) else {
            form?.form.refuse([BuildForm.Field.context.rawValue: words("a build needs a context; . is this directory")])
            return []
        }
        if let running = builds.running {
            form?.form.note = words("\(running.title) is being built; the next one can begin when that has ended")
            return []
        }
        form?.isBusy = true
        return beginBuild(filled)
    }

    private mutating func beginBuild(_ form: BuildForm) -> [Effect] {
        let released = builds.all.filter { $0.failure != nil }.map(\.id)
        for id in released { builds.change(id) { $0.enter(.released, at: now) } }
        let (id, forgotten) = builds.begin(form, at: now)
        return released.map { .releaseBuild($0) } + forgotten.map { .forgetBuild($0) } + [.build(id, form)]
    }

    private mutating func buildAgain() -> [Effect] {
        guard let build = builds.shown else {
            openBuildForm()
            return []
        }
        guard builds.running == nil else {
            tell(.information, words("a build is under way already"))
            return []
        }
        return beginBuild(build.form)
    }

    // MARK: While it goes on

    mutating func receive(_ id: Int, _ message: BuildMessage) -> [Effect] {
        switch message {
        case .refused(let reasons): refuse(id, reasons)
        case .began:
            builds.change(id) { $0.enter(.running, at: now) }
            if form?.purpose == .build { form = nil }
            open(.build)
        case .report(let report): builds.change(id) { $0.receive(report) }
        case .held(let failure):
            builds.change(id) { $0.enter(.held(failure), at: now) }
            guard let build = builds.all.first(where: { $0.id == id }) else { return [] }
            let name = build.step(failure.step).map { BuildStep.cut($0.name, to: 48) } ?? words("a step")
            tell(
                .failure, words("the build of \(build.title) failed: \(name) ended with exit code \(failure.exitCode)"))
        case .ended(let result): return endBuild(id, result)
        }
        return []
    }

    private mutating func refuse(_ id: Int, _ reasons: [BuildForm.Field: String]) {
        builds.forget(id)
        let named = Dictionary(reasons.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { $1 })
        if form?.purpose == .build {
            form?.isBusy = false
            form?.form.refuse(named)
        } else if let first = reasons.values.sorted().first {
            tell(.failure, words("cannot build: \(first)"))
        }
    }

    private mutating func endBuild(_ id: Int, _ result: Result<BuiltImage, EngineError>) -> [Effect] {
        guard let build = builds.all.first(where: { $0.id == id }) else { return [] }
        switch result {
        case .success(let image):
            builds.change(id) { $0.enter(.done(image), at: now) }
            let name = image.shortName ?? image.id?.short ?? build.title
            tell(
                .success, words("built \(name) in \(Format.compactDuration(seconds: build.seconds(at: now)))"))
        case .failure(let error) where error.code == .cancelled || build.phase == .stopping:
            builds.change(id) { $0.enter(.stopped, at: now) }
            tell(.information, words("the build of \(build.title) is stopped"))
        case .failure(let error):
            let wasKnown = build.phase == .released
            builds.change(id) { $0.enter(.failed(error), at: now) }
            // Several lines of a Dockerfile have more room in the pane.
            let first = error.message.split(separator: "\n").first.map(String.init) ?? error.message
            if !wasKnown { tell(.failure, words("the build of \(build.title) failed: \(first)")) }
        }
        return [.loadImages]
    }

    private mutating func askStopBuild() {
        guard let build = builds.running else { return tell(.information, words("no build is under way")) }
        guard build.phase != .stopping else { return tell(.information, words("it is being stopped")) }
        dialog = .question(
            words("Stop the build of \(build.title)?"),
            [words("What runs is ended. Finished steps stay in the cache.")],
            [
                ChoiceDialog.Item(
                    label: words("Stop it"), choice: .tell(.build, PaneWord(BuildPane.Word.stop(build.id))),
                    isDangerous: true)
            ])
    }

    mutating func stopBuild(_ id: Int) -> [Effect] {
        guard builds.running?.id == id else { return [] }
        builds.change(id) { $0.enter(.stopping, at: now) }
        return [.stopBuild(id)]
    }

    /// `d`: a running build is stopped, a failed step let go, one that is over forgotten.
    mutating func removeBuild() -> [Effect] {
        guard let build = builds.shown else { return [] }
        if build.isRunning {
            askStopBuild()
            return []
        }
        if build.failure != nil {
            builds.change(build.id) { $0.enter(.released, at: now) }
            return [.releaseBuild(build.id)]
        }
        guard build.phase != .released else { return [] }
        builds.forget(build.id)
        return [.forgetBuild(build.id)]
    }

    private mutating func enterStep() -> [Effect] {
        guard let build = builds.shown, build.failure != nil else {
            tell(.information, words("a shell can be opened in a RUN step that has just failed"))
            return []
        }
        guard canEnterStep else {
            tell(.failure, words("this dashboard was started without a way to open a terminal in a step"))
            return []
        }
        return [.enterStep(build.id)]
    }

    // MARK: Moving about

    /// Enter in the list: what is below a step is its output, what is below the image are its layers.
    mutating func openBuildRow() {
        guard let build = builds.shown else { return openBuildForm() }
        guard builds.selected == .summary, let image = build.image else {
            focus = .buildText
            return
        }
        guard let id = image.id else { return tell(.information, words("the build has made files and no image")) }
        guard let known = imageList.all.first(where: { $0.id == id }) else {
            return tell(.information, words("the image is not among the images here"))
        }
        imageList.select(id)
        layers.open(known)
        open(.layers)
    }

    private var buildGeometry: LogGeometry? {
        layout.rect(of: .buildText).map { BuildTextPane.geometry(self, in: $0) }
    }

    mutating func scrollBuild(_ step: Int) {
        if let geometry = buildGeometry { builds.text.scroll(step, geometry) }
    }

    private mutating func toggleBuildFollow() {
        guard focus == .buildText, let geometry = buildGeometry else {
            if builds.isFollowing { builds.isFollowing = false } else { builds.follow() }
            return tell(
                .information, builds.isFollowing ? words("going along with what runs") : words("staying at this step"))
        }
        builds.text.toggleFollowing(geometry)
    }

    mutating func searchBuild(_ text: String) {
        builds.text.search = text.isEmpty ? nil : TextSearch(text)
        if !text.isEmpty { findInBuild(-1) }
    }

    mutating func findInBuild(_ direction: Int) {
        guard let search = builds.text.search, let geometry = buildGeometry else {
            return tell(.information, words("nothing is searched: / begins"))
        }
        guard !builds.text.find(direction, geometry) else { return }
        let wanted = search.text
        let answer =
            search.line == nil
            ? words("'\(wanted)' is not in the output")
            : direction < 0 ? words("'\(wanted)' is not further up") : words("'\(wanted)' is not further down")
        tell(.information, answer)
    }

    /// Only the output that is on the screen is asked for.
    mutating func settleBuild(_ layout: Layout) -> [Effect] {
        if layout.shows(.build) { builds.keepVisible(tableHeight(.build)) }
        var wanted: BuildWatch?
        if view == .build, let build = builds.shown {
            var step: Int?
            if case .step(let id) = builds.selected, layout.shows(.buildText) { step = id }
            wanted = BuildWatch(build: build.id, step: step)
        }
        guard wanted != builds.watched else { return [] }
        builds.watched = wanted
        return [.watchBuild(wanted)]
    }
}
