import Dispatch
import Engine
import Glibc
import Synchronization
import Terminal

/// The dashboard at work: waits at the screen, updates the state, draws frames, starts effects.
///
/// Make it and `run` it on the thread that opened the screen; it blocks that thread until the person quits. Engine and
/// statistics work on other threads and answer through a bounded mailbox.
public final class DashboardApp {
    private let options: DashboardOptions
    private var screen: any Display
    /// Lines take the screen's place while `screen` is not this.
    private let own: any Display
    private let mailbox: Mailbox
    private let runner: EffectRunner
    private var look: Look
    private var wishes: DisplayWishes?
    private var refresh = 1
    private var state: DashboardState
    private var shown: Frame?
    private var isDirty = true
    private var isOver = false
    private let opened = ContinuousClock.now
    private var lastDrawn: ContinuousClock.Instant?
    private var hasDrawnFigures = false
    private var wantsToRead: Bool
    private var reading = Reading()
    private var lastPress: (target: HitTarget?, moment: ContinuousClock.Instant)?

    /// Makes a dashboard; nothing is drawn or asked for before `run`. The screen's glyphs win over the options' ones
    /// where the terminal has no UTF-8.
    public init(
        engine: any ContainerEngine, statistics: any StatisticsSource, screen: any Display, options: DashboardOptions
    ) {
        self.options = options
        self.screen = screen
        own = screen
        let waker = screen.waker
        let mailbox = Mailbox { waker.wake() }
        self.mailbox = mailbox
        runner = EffectRunner(
            engine: engine, statistics: statistics, makeSpec: options.makeSpec, makeBuild: options.makeBuild,
            host: options.host
        ) { await mailbox.post($0) }
        look = Look(theme: Self.theme(options.theme, on: screen), glyphs: screen.glyphs)
        state = DashboardState(options: options, host: statistics.hostFacts, engineName: engine.name)
        wantsToRead = screen.isPlain
    }

    /// Without colours, weight and reverse must say what is focused and chosen.
    private static func theme(_ chosen: Theme, on screen: any Display) -> Theme {
        guard screen.depth == .none, let mono = try? Theme.builtIn("mono") else { return chosen }
        return mono
    }

    /// Runs until the person quits or the program is asked to end; the screen stays open, for its owner to close.
    ///
    /// - Returns: the signal that ended it, `nil` when the person quit.
    @discardableResult
    public func run() -> Int32? {
        defer {
            let ending = runner.builds.stopAll() + runner.shells.closeAll() + runner.stopCopies()
            runner.stop()
            mailbox.close()
            Self.wait(for: ending)
        }
        runner.start()
        state.isReading = screen.isPlain
        step(.resized(columns: screen.size.width, rows: screen.size.height))
        var signal: Int32?
        while !isOver {
            signal = goOn()
            // Somebody wants to read instead of see, or the other way round.
            if !isOver, wantsToRead, !screen.isPlain, let display = own as? Screen {
                _ = display.plainly { lines in
                    screen = lines
                    state.isReading = true
                    isDirty = true
                    signal = goOn()
                    screen = own
                    state.isReading = false
                    wantsToRead = false
                    isDirty = true
                    reading = Reading()
                }
            }
        }
        return signal
    }

    /// Goes on until the person leaves, or wants another kind of display.
    private func goOn() -> Int32? {
        var signal: Int32?
        while !isOver, wantsToRead == screen.isPlain {
            drawIfDue()
            if !isDirty, state.untilTick(options.now()) == .zero { step(.clock(options.now())) }
            guard let event = screen.nextEvent(timeout: timeout) else {
                // Figures come each second; when they stay away, the time of day and the ages of things go on.
                if !isDirty { step(.clock(options.now())) }
                continue
            }
            signal = handle(event)
            // What has piled up meanwhile comes into the same frame.
            var budget = 64
            while !isOver, budget > 0, wantsToRead == screen.isPlain, let more = screen.nextEvent(timeout: 0) {
                signal = handle(more)
                budget -= 1
            }
        }
        return signal
    }

    /// A build that is stopped takes away what it was at; that is done in a moment, or whoever comes next does it.
    private static func wait(for tasks: [Task<Void, Never>]) {
        guard !tasks.isEmpty else { return }
        let box = OutcomeBox()
        Task.detached {
            for task in tasks { await task.value }
            box.finish(nil)
        }
        box.wait(atMost: .seconds(5))
    }

    /// Nothing to draw: sleep until something happens, or figures or the next second of what is under way are overdue.
    private var timeout: Int {
        if isDirty { return max(1, Int(untilNextFrame / .milliseconds(1))) }
        guard let tick = state.untilTick(options.now()) else { return 1500 }
        return max(1, Int(tick / .milliseconds(1)))
    }

    /// At most sixty frames a second, so that a key held down is followed at once. The first one waits a moment for lists
    /// and figures, so that it is a whole one.
    private var untilNextFrame: Duration {
        if let lastDrawn { return max(.zero, .milliseconds(hasDrawnFigures ? 16 : 8) - lastDrawn.duration(to: .now)) }
        return isComplete ? .zero : max(.zero, Self.patience - opened.duration(to: .now))
    }

    /// Lists and figures are here.
    private var isComplete: Bool { state.hostUsage != nil && state.list.isLoaded && state.imageList.isLoaded }

    /// Nobody notices that a screen stays empty for so long.
    private static let patience = Duration.milliseconds(60)

    private func drawIfDue() {
        guard isDirty, untilNextFrame == .zero else { return }
        adoptLooks()
        if screen.isPlain {
            screen.say(Language.$current.withValue(state.settings.language) { reading.lines(state) })
        } else {
            let frame = Language.$current.withValue(state.settings.language) { Frame.draw(state, look: look) }
            screen.draw(frame.canvas)
            shown = frame
        }
        isDirty = false
        lastDrawn = .now
        hasDrawnFigures = hasDrawnFigures || isComplete
    }

    /// Colours, characters and mouse as the person has them now.
    private func adoptLooks() {
        let isASCII = state.settings.drawsASCII(orElse: options.glyphs)
        let wanted = DisplayWishes(usesMouse: state.settings.usesMouse, drawsASCII: isASCII)
        if wanted != wishes { screen.adopt(wanted) }
        wishes = wanted
        if refresh != state.settings.refresh { runner.show(every: state.settings.refresh) }
        refresh = state.settings.refresh
        look = Look(theme: Self.theme(state.shownTheme, on: screen), glyphs: screen.glyphs)
    }

    private func step(_ message: Message) {
        isDirty = true
        let language = state.settings.language
        let effects = Language.$current.withValue(language) { state.update(message) }
        // What is begun here tells its outcome in the language that is in force now.
        Language.$current.withValue(language) { for effect in effects { carryOut(effect) } }
    }

    private func handle(_ event: TerminalEvent) -> Int32? {
        switch event {
        case .key(let key): step(.key(key))
        case .paste(let text): step(.paste(text))
        case .mouse(let event): if let input = input(event) { step(.mouse(input)) }
        case .resized(let size): step(.resized(columns: size.width, rows: size.height))
        case .woken: for message in mailbox.take() { step(message) }
        case .terminate(let signal):
            isOver = true
            return signal
        }
        return nil
    }

    private func input(_ event: MouseEvent) -> MouseInput? {
        let point = event.position
        let target = shown?.target(at: point)
        func input(_ kind: MouseInput.Kind) -> MouseInput {
            MouseInput(kind: kind, target: target, point: point, event: event)
        }
        switch event.kind {
        case .wheelUp: return input(.wheel(-3))
        case .wheelDown: return input(.wheel(3))
        case .press(.left):
            let now = ContinuousClock.now
            let isDouble = lastPress.map { $0.target == target && $0.moment.duration(to: now) < .milliseconds(400) }
            lastPress = isDouble == true ? nil : (target, now)
            return input(isDouble == true ? .doublePress : .press)
        case .press(.right): return input(.menu)
        case .drag: return input(.drag)
        case .release(.left): return input(.release)
        // A pointer that stays on what it was on costs nothing.
        case .move: return target == state.pointer.hover ? nil : input(.hover)
        case .press(.middle), .release: return input(.other)
        }
    }

    private func carryOut(_ effect: Effect) {
        switch effect {
        case .quit: isOver = true
        case .redraw:
            screen.invalidate()
            // A reader is told once more where he is.
            reading.forget()
        case .suspend: screen.suspend { _ = raise(SIGSTOP) }
        case .shell(let id): handOver(to: options.runShell, id)
        case .attach(let id): handOver(to: options.runAttach, id)
        case .enterStep(let id):
            if let step = runner.builds.failedStep(of: id) { handOver(to: options.enterStep, step) }
        case .browse(let address):
            if options.runBrowser != nil { handOver(to: options.runBrowser, address) } else { browse(address) }
        case .copy(let text): screen.copy(text)
        case .ring: if state.settings.rings { screen.ring() }
        case .notify(let title, let text): screen.notify(title, text)
        case .copySelection(let selection): if let shown { screen.copy(selection.text(on: shown.canvas)) }
        case .dump(let format, let table): dump(format, table)
        case .read(let wanted):
            if !wanted, own.isPlain {
                screen.say([words("the dashboard was started for a screen reader; start it without to have the screen")]
                )
            } else {
                wantsToRead = wanted
            }
        case .theme(let name): change(toTheme: name)
        case .remember(let change): options.remember?(change)
        case .reload: options.host.reload?()
        case .terminal(let errand): lendTerminal(to: errand)
        default: runner.run(effect)
        }
    }

    private func change(toTheme name: String) {
        switch options.loadTheme?(name) {
        case .success(let theme):
            state.settings.theme = theme
            state.settings.themeName = name
            isDirty = true
        case .failure(let error): step(.notice(.failure, "\(error)"))
        case nil: step(.notice(.failure, words("this dashboard was started without a way to read themes")))
        }
    }

    /// What is on the screen now, as it was before the palette covered it.
    private func dump(_ format: DumpFormat, _ table: String?) {
        guard let save = options.host.save else { return }
        let canvas = Frame.draw(state, look: look).canvas
        let text =
            switch format {
            case .csv: table ?? ""
            case .text: canvas.lines.map { $0 + "\n" }.joined()
            case .svg: SvgRenderer(theme: look.theme).render(canvas)
            }
        let name = "spyhop-\(state.view.title.lowercased()).\(format.suffix)"
        let mailbox = mailbox
        Task.detached { await mailbox.post(.dumped(await save(name, Array(text.utf8)))) }
    }

    /// A browser takes its time; the screen goes on.
    private func browse(_ address: String) {
        let open = options.openBrowser
        let mailbox = mailbox
        Task.detached {
            let outcome = await open?(address) ?? .nowhere(words("this dashboard knows no way to a browser"))
            await mailbox.post(.browsed(address, outcome))
        }
    }

    private func lendTerminal(to errand: PaneErrand) {
        let box = OutcomeBox()
        let runner = runner
        screen.suspend {
            Task.detached {
                await runner.finish(errand)
                box.finish(nil)
            }
            box.wait()
        }
        step(.resized(columns: screen.size.width, rows: screen.size.height))
    }

    /// The terminal belongs to the container, or to a browser, until its session is over.
    private func handOver<About: Sendable>(to session: (@Sendable (About) async -> String?)?, _ about: About) {
        guard let session else { return }
        let box = OutcomeBox()
        screen.suspend {
            Task.detached { box.finish(await session(about)) }
            box.wait()
        }
        // A session within this program hears of a terminal's new size in our place.
        step(.resized(columns: screen.size.width, rows: screen.size.height))
        step(.shellEnded(box.text))
    }
}

/// Where a blocked thread waits for a task.
private final class OutcomeBox: Sendable {
    private let content = Mutex<String?>(nil)
    private let semaphore = DispatchSemaphore(value: 0)

    var text: String? { content.withLock { $0 } }

    func finish(_ text: String?) {
        content.withLock { $0 = text }
        semaphore.signal()
    }

    func wait() { semaphore.wait() }

    func wait(atMost patience: DispatchTimeInterval) { _ = semaphore.wait(timeout: .now() + patience) }
}
