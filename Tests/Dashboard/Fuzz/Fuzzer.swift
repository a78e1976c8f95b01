import Engine

@testable import Dashboard
@testable import Terminal

/// A person without sense in front of a dashboard in a hostile world: random keys, clicks, resizes, lists, figures and logs
/// against the pure state and its frames. Whatever happens follows from the seed, with `SWIFT_DETERMINISTIC_HASHING=1`.
final class Fuzzer {
    /// What is wrong with a frame.
    struct Finding: Error, CustomStringConvertible {
        var description: String
    }

    private var random: FuzzRandom
    private var state: DashboardState
    private var containers: [Container] = []
    private var shown: Frame?
    private var pending: [Effect] = []
    private let answers: EffectAnswers
    private let services: ErrandServices
    private let keys: [Key]
    private let looks: [Look]
    /// Errands that never come to an end by themselves.
    private var endless: Set<String> = []
    private(set) var draws = 0
    /// Which cases of `Message`, and which types of answers, have been among the inputs.
    private(set) var kinds: Set<MessageKind> = []
    private(set) var answerTypes: Set<ObjectIdentifier> = []

    init(seed: UInt64) throws {
        random = FuzzRandom(seed: seed)
        let engine = Scenery.engine()
        let statistics = Scenery.statistics()
        answers = EffectAnswers(engine: engine, statistics: statistics)
        services = ErrandServices(engine: engine, statistics: statistics)
        keys = Self.boundKeys
        let themes = ["abyss", "mono", "github-light"].compactMap { try? Theme.builtIn($0) }
        looks = [Look(theme: .plain, glyphs: .ascii)] + themes.map { Look(theme: $0, glyphs: .unicode) }
        state = Scenery.state(view: random.pick(ViewName.allCases) ?? .overview)
        containers = Scenery.containers
        state.alerts.book.rules = Scenery.rules
    }

    /// Every key that means something somewhere.
    private static var boundKeys: [Key] {
        let special: [Key] = [
            .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right, .shiftUp,
            .shiftDown,
            .shiftLeft, .shiftRight, .home, .end, .pageUp, .pageDown,
        ]
        let letters = (0x20..<0x7F).compactMap { Unicode.Scalar($0) }.map { Key.character(Character($0)) }
        let controls = "abcdefghijklmnopqrstuvwxyz@[\\]^_".map { Key.control($0) }
        let alts = "abcdefghijklmnopqrstuvwxyz123456789".map { Key.alt($0) }
        return special + special + letters + controls + alts + (1...12).map { Key.function($0) }
    }

    /// Goes on by so many steps.
    func run(_ steps: Int) async throws {
        for _ in 0..<steps {
            step()
            if random.chance(6) { await answer() }
            if random.chance(12) { try draw() }
        }
        try draw()
    }

    private func step() {
        switch random.below(1000) {
        case 0..<640: press(random.pick(keys) ?? .enter)
        case 640..<700: type()
        case 700..<860: point()
        case 860..<890: resize()
        case 890..<930: take(.frame(random.frame(of: containers), histories: [:]))
        case 930..<945:
            containers = random.containers()
            take(.containers(.success(containers)))
        case 945..<952: take(.images(.success(random.images())))
        case 952..<959: take(.networks(.success(random.networks())))
        case 959..<966: take(.volumes(.success(random.volumes())))
        case 966..<978: take(.events([random.event(of: containers)]))
        case 978..<984: redirect()
        case 984..<994: take(random.surprise(containers, settings: state.settings))
        default: take(.clock(random.time()))
        }
    }

    private func take(_ message: Message) {
        kinds.insert(MessageKind(message))
        if case .answer(_, let answer) = message { answerTypes.insert(ObjectIdentifier(Swift.type(of: answer))) }
        pending += state.update(message)
        if pending.count > 60 { pending.removeFirst(pending.count - 60) }
    }

    private func press(_ key: Key) { take(.key(key)) }

    /// A word, letter by letter, as into a line or a form.
    private func type() {
        for character in random.text(2).prefix(12) { press(.character(character)) }
        if random.chance(2) { press(random.chance(4) ? .escape : .enter) }
    }

    private func point() {
        guard let shown else { return }
        let target: HitTarget?
        var point = Point(x: random.below(200), y: random.below(60))
        if random.chance(3) {
            let size = shown.canvas.size
            target = shown.target(at: Point(x: random.below(size.width + 2) - 1, y: random.below(size.height + 2) - 1))
        } else {
            let hit = random.pick(shown.hits)
            target = hit?.target
            point = hit?.rect.origin ?? point
        }
        let kinds: [MouseInput.Kind] = [
            .press, .press, .doublePress, .menu, .hover, .drag, .drag, .release, .other, .wheel(3), .wheel(-3),
            .wheel(random.below(90) - 45),
        ]
        let kind = random.pick(kinds) ?? .press
        let events: [MouseInput.Kind: MouseEvent.Kind] = [
            .press: .press(.left), .doublePress: .press(.left), .menu: .press(.right), .hover: .move, .drag: .drag,
            .release: .release(.left),
        ]
        let event =
            random.chance(5)
            ? nil
            : events[kind].map {
                MouseEvent($0, at: point, control: random.chance(4), shift: random.chance(4))
            }
        take(.mouse(MouseInput(kind: kind, target: target, point: point, event: event)))
    }

    /// To a view that keys alone lead to seldom.
    private func redirect() {
        if let view = random.pick(ViewName.allCases) { state.open(view) }
    }

    private func resize() {
        let small = random.chance(4)
        take(
            .resized(
                columns: small ? random.below(64) : 60 + random.below(150),
                rows: small ? random.below(20) : 15 + random.below(50)))
    }

    /// One of the things that were asked for is answered, late or never as in life.
    private func answer() async {
        guard !pending.isEmpty else { return }
        let effect = pending.remove(at: random.below(pending.count))
        switch effect {
        case .errand(let errand), .terminal(let errand): await answer(errand)
        default:
            let hostile = random.chance(2) ? random.answers(to: effect) : nil
            if let hostile { hostile.forEach(take) } else { await answers.messages(for: effect).forEach(take) }
        }
    }

    private func answer(_ errand: PaneErrand) async {
        let kind = random.below(3)
        if let request = errand.errand as? LogRequest, kind > 0 {
            return take(.answer(errand.pane, hostileAnswer(request)))
        }
        if kind > 0, let hostile = random.answers(to: errand.errand) {
            return hostile.forEach { take(.answer(errand.pane, $0)) }
        }
        let known = Scenery.answers(errand)
        if known.isEmpty { await run(errand) } else { known.forEach { take(.answer(errand.pane, $0)) } }
    }

    private func hostileAnswer(_ request: LogRequest) -> LogAnswer {
        let lines = random.lines().map { LogWindow.Line($0, source: random.below(max(1, request.query.sources.count))) }
        let contents: [LogAnswer.Content] = [
            .newest(lines, isWhole: random.chance(2)), .live(lines), .page(lines, isLast: random.chance(2)), .notFound,
            .around(lines, index: random.below(lines.count + 2), isStart: random.chance(2), isEnd: random.chance(2)),
            .ended(source: random.below(3)), .progress(0.5), .counted(random.below(99), exhausted: random.below(3)),
            .ranked(random.below(99)), .starts(lines.map(\.time)), .failed(EngineError(.system, random.text())),
        ]
        return LogAnswer(
            generation: request.generation, part: request.part, content: random.pick(contents) ?? .notFound)
    }

    private func run(_ errand: PaneErrand) async {
        let name = "\(Swift.type(of: errand.errand))"
        guard !endless.contains(name) else { return }
        let services = services
        let box = AnswerBox()
        let work = Task { await errand.errand.once.run(services) { box.add($0) } }
        let guardian = Task {
            try? await Task.sleep(for: .milliseconds(100))
            guard !Task.isCancelled else { return false }
            work.cancel()
            return true
        }
        await work.value
        guardian.cancel()
        if await guardian.value { endless.insert(name) }
        for answer in box.taken.prefix(20) { take(.answer(errand.pane, answer)) }
    }

    private func draw() throws {
        guard let look = random.pick(looks) else { return }
        let frame = Frame.draw(state, look: look)
        draws += 1
        shown = frame
        try check(frame.canvas, isASCII: look.glyphs.isASCII)
    }

    private func check(_ canvas: Canvas, isASCII: Bool) throws {
        guard canvas.size == Size(width: max(0, state.columns), height: max(0, state.rows)) else {
            throw Finding(description: "the frame is \(canvas.size), the screen \(state.columns)x\(state.rows)")
        }
        for y in 0..<canvas.size.height {
            var expected = 1
            for x in 0..<canvas.size.width {
                let cell = canvas[Point(x: x, y: y)]
                // Most cells are plain ASCII without marks.
                let isPlain = (0x20..<0x7F).contains(cell.glyph)
                if !isPlain, let bad = cell.scalars.first(where: Self.isHarmful) {
                    throw Finding(
                        description: "U+\(String(bad.value, radix: 16)) at \(x),\(y) in \(state.view.rawValue):\n"
                            + canvas.lines[y])
                }
                guard (cell.width == 0) == (expected == 0) else {
                    throw Finding(description: "half a wide character at \(x),\(y) in \(state.view.rawValue)")
                }
                expected = cell.width == 2 ? 0 : 1
            }
            guard expected == 1 else { throw Finding(description: "a wide character is cut at the end of row \(y)") }
        }
    }

    /// Controls of both sets, what reorders its neighbours, what breaks lines, what hides text.
    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFE00...0xFE0F, 0xFFF9...0xFFFB, 0xE0000...0xE01EF:
            true
        default: false
        }
    }
}
