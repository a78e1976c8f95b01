import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct ScreenTests {
    private let look = Look(theme: .plain, glyphs: .unicode)

    private func place(of text: String, in frame: Frame) throws -> Point {
        for (y, line) in frame.canvas.lines.enumerated() {
            guard let range = line.firstRange(of: text) else { continue }
            return Point(x: line.distance(from: line.startIndex, to: range.lowerBound), y: y)
        }
        throw EngineError(.notFound, "\(text) is not on the screen")
    }

    private func click(_ text: String, _ state: inout DashboardState, double: Bool = false) throws -> [Effect] {
        let frame = Frame.draw(state, look: look)
        let target = frame.target(at: try place(of: text, in: frame))
        return state.update(.mouse(MouseInput(kind: double ? .doublePress : .press, target: target)))
    }

    // MARK: The mouse

    @Test func aClickSelectsARow() throws {
        var state = Scenery.state()
        _ = try click("frozen", &state)
        #expect(state.selected?.name == "frozen")
    }

    @Test func aDoubleClickOpensTheDetails() throws {
        var state = Scenery.state()
        _ = try click("saw-tooth", &state, double: true)
        #expect(state.view == .details)
    }

    @Test func aClickOnAHeaderSortsAndAnotherReverses() throws {
        var state = Scenery.state()
        _ = try click("MEMORY", &state)
        #expect(state.list.table.sortOrder == TableSettings.Order(column: "memory"))
        _ = try click("MEMORY", &state)
        #expect(state.list.table.sortOrder == TableSettings.Order(column: "memory", isReversed: true))
    }

    @Test func aClickOnATabOpensItsView() throws {
        var state = Scenery.state()
        _ = try click("3 Images", &state)
        #expect(state.view == .images)
    }

    @Test func rowsAndHeadersOfNetworksAndVolumesCanBeClicked() throws {
        var state = Scenery.state(view: .networks)
        _ = try click("spare", &state)
        #expect(state.networks.selected?.name == "spare")
        _ = try click("ON IT", &state)
        #expect(state.networks.sortOrder.column == "endpoints")
        _ = try click("NET IN", &state)
        #expect(state.networks.sortOrder.column == "receive")
        _ = try click("front", &state, double: true)
        #expect(state.view == .containers)
        state = Scenery.state(view: .volumes)
        _ = try click("SIZE", &state)
        #expect(state.volumes.sortOrder.column == "size")
        _ = try click("shop-data", &state)
        #expect(state.volumes.selected?.name == "shop-data")
        let top = state.volumes.index
        _ = state.update(.mouse(MouseInput(kind: .wheel(1), target: .spot(.volumes, .row("shop-data")))))
        #expect(state.volumes.index == top + 1)
    }

    @Test func aClickOnAHintDoesWhatItSays() throws {
        var state = Scenery.state()
        state.list.select(Scenery.id(0))
        let frame = Frame.draw(state, look: look)
        let hint = try #require(frame.hits.first { $0.target == .hint(.restart) })
        #expect(frame.target(at: hint.rect.origin) == .hint(.restart))
        let restarted = state.update(.mouse(MouseInput(kind: .press, target: .hint(.restart))))
        #expect(restarted.contains { if case .perform(.restart, _) = $0 { true } else { false } })
    }

    @Test func aClickOnAButtonChoosesAndOneBesideTheHelpClosesIt() throws {
        var state = Scenery.state()
        state.list.select(Scenery.id(6))
        _ = state.update(.key(.character("d")))
        let frame = Frame.draw(state, look: look)
        let button = try #require(frame.hits.first { $0.target == .dialogItem(1) })
        let chosen = state.update(.mouse(MouseInput(kind: .press, target: frame.target(at: button.rect.origin))))
        #expect(chosen.contains { if case .perform(.remove, _) = $0 { true } else { false } })
        _ = state.update(.key(.character("?")))
        _ = state.update(.mouse(MouseInput(kind: .press, target: nil)))
        #expect(!state.isHelpShown)
    }

    @Test func nothingBeneathADialogCanBeHit() {
        var state = Scenery.state()
        _ = state.update(.key(.control("k")))
        let frame = Frame.draw(state, look: look)
        for hit in frame.hits {
            switch hit.target {
            case .dialog, .dialogItem: break
            default: Issue.record("\(hit.target) lies beneath a dialog")
            }
        }
    }

    @Test func theWheelScrollsWhatIsUnderIt() {
        var state = Scenery.state()
        let before = state.list.index
        _ = state.update(.mouse(MouseInput(kind: .wheel(3), target: .pane(.containers))))
        #expect(state.list.index == before + 3)
        _ = state.update(.mouse(MouseInput(kind: .wheel(-3), target: .spot(.containers, .row(Scenery.id(0).rawValue)))))
        #expect(state.list.index == before)
        #expect(state.focus == .containers)
    }

    // MARK: Hostile and large things

    private static func hostileNetwork(_ evil: String, _ container: Container) -> Network {
        var spec = NetworkSpec(name: evil)
        spec.driver = evil
        spec.labels = [evil: evil]
        spec.options = [evil: evil]
        let id = NetworkID(rawValue: evil)
        let endpoint = NetworkEndpoint(
            networkID: id, networkName: evil, containerID: container.id, containerName: evil,
            macAddress: MACAddress(bits: .max), aliases: [evil], interface: evil, hostInterface: evil)
        return Network(
            id: id, createdAt: Timestamp(nanoseconds: .min), spec: spec, bridge: evil, endpoints: [endpoint])
    }

    private static func hostileVolume(_ evil: String) -> Volume {
        Volume(
            name: evil, createdAt: Timestamp(nanoseconds: .max), driver: evil, mountpoint: evil, options: [evil: evil],
            labels: [evil: evil], isAnonymous: true, users: [evil], size: .min)
    }

    @Test func hostileTextNeverReachesTheCanvasAsControl() {
        let evil = "\u{1b}]0;pwned\u{7}\u{1b}[2J\r\n\t\u{202e}\u{9b}31m\0" + String(repeating: "👩‍👩‍👧", count: 40)
        var container = Scenery.container(0, evil, image: evil, labels: [evil: evil])
        container.command = [evil]
        container.endpoints = Self.hostileNetwork(evil, container).endpoints
        container.mounts = [Scenery.volumeMount(evil, evil)]
        let line = LogLine(time: Scenery.now, stream: .stderr, bytes: Array(evil.utf8) + [0xff, 0xfe, 0x1b])
        for view in ViewName.allCases {
            var state = DashboardState(
                host: HostFacts(hostname: evil, kernel: evil, cpuCount: 0, memoryTotal: 0, cgroupMode: evil),
                engineName: evil, view: view, now: Scenery.now)
            var effects = state.update(.resized(columns: 90, rows: 30))
            effects += state.update(.containers(.success([container])))
            effects += state.update(
                .images(
                    .success([
                        Image(
                            id: ImageID(rawValue: evil), tags: [evil], digest: evil, createdAt: nil, size: -5,
                            architecture: evil,
                            os: evil, layerCount: -1)
                    ])))
            effects += state.update(.networks(.success([Self.hostileNetwork(evil, container)])))
            effects += state.update(.volumes(.success([Self.hostileVolume(evil)])))
            for case .errand(let errand) in effects {
                guard let request = errand.errand as? LogRequest else { continue }
                let lines = [LogWindow.Line(line, source: 0)]
                _ = state.update(
                    .answer(
                        .logs,
                        LogAnswer(
                            generation: request.generation, part: request.part, content: .newest(lines, isWhole: true)))
                )
            }
            _ = state.update(.details(container.id, .failure(EngineError(.system, evil))))
            _ = state.update(.notice(.failure, evil))
            for keys in ["", "?", "d", "P", "x", "a", "u"] {
                for key in keys { _ = state.update(.key(.character(key))) }
                for text in Frame.draw(state, look: look).canvas.lines {
                    #expect(
                        text.unicodeScalars.allSatisfy {
                            $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) && $0.value != 0x202e
                        })
                }
                _ = state.update(.key(.escape))
            }
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, -1, 1e308, 0])
    func wildFiguresAreDrawn(value: Double) {
        var state = Scenery.state()
        var usage = Usage(time: Scenery.now)
        (usage.cpu, usage.receiveRate, usage.sendRate, usage.readRate, usage.writeRate) = (
            value, value, value, value, value
        )
        usage.memory = .max
        usage.pids = .max
        let frame = StatisticsFrame(time: Scenery.now, host: usage, containers: [Scenery.id(0): usage])
        for view in ViewName.allCases {
            state.view = view
            state.focus = view.mainPane
            let effects = state.update(.frame(frame, histories: [:]))
            for case .watch(let queries) in effects {
                let values = queries.map { ($0, [Double?](repeating: value, count: $0.points)) }
                _ = state.update(.histories(Dictionary(values, uniquingKeysWith: { $1 })))
            }
            #expect(Frame.draw(state, look: look).canvas.lines.count == 40)
        }
    }

    @Test func aStormOfResizesDrawsEverySize() {
        var state = Scenery.state()
        for view in ViewName.allCases {
            state.view = view
            state.focus = view.mainPane
            for (columns, rows) in [
                (0, 0), (1, 1), (59, 15), (60, 14), (60, 15), (61, 16), (80, 24), (99, 20), (300, 9), (300, 100),
                (7, 200),
            ] {
                for key in ["", "?", "x", "/"] {
                    Scenery.settle(&state, state.update(.resized(columns: columns, rows: rows)))
                    if let key = key.first { _ = state.update(.key(.character(key))) }
                    let canvas = Frame.draw(state, look: look).canvas
                    #expect(canvas.size == Size(width: columns, height: rows))
                    _ = state.update(.key(.escape))
                    _ = state.update(.key(.escape))
                }
                state.view = view
                state.focus = view.mainPane
            }
        }
    }

    @Test func twoHundredContainersScrollFromEndToEnd() {
        var state = DashboardState(
            host: Scenery.statistics().hostFacts, engineName: "spyhop", view: .containers, now: Scenery.now)
        _ = state.update(.resized(columns: 100, rows: 30))
        let many = (0..<200).map { Scenery.container($0, "box-\($0)") }
        _ = state.update(.containers(.success(many)))
        var seen: Set<String> = []
        for _ in 0..<210 {
            let lines = Frame.draw(state, look: look).canvas.lines
            for line in lines {
                for word in line.split(separator: " ") where word.hasPrefix("box-") { seen.insert(String(word)) }
            }
            #expect(lines.contains { $0.contains("▌") })
            _ = state.update(.key(.character("j")))
        }
        #expect(seen.count == 200)
        _ = state.update(.key(.control("@")))
        #expect(state.list.marks.count == 200)
    }

    @Test func theSameStateGivesTheSameFrame() {
        let state = Scenery.state()
        #expect(Frame.draw(state, look: look).canvas == Frame.draw(state, look: look).canvas)
    }

    @Test(arguments: ["abyss", "coral", "daylight", "mono"])
    func everyThemeDrawsTheSameWords(name: String) throws {
        let theme = try #require(try Theme.builtIn(name))
        let state = Scenery.state()
        let plain = Frame.draw(state, look: look).canvas.lines
        #expect(Frame.draw(state, look: Look(theme: theme, glyphs: .unicode)).canvas.lines == plain)
    }

    @Test func zoomShowsTheFocusedPaneAlone() {
        var state = Scenery.state()
        _ = state.update(.key(.tab))
        #expect(state.focus == .graphs)
        _ = state.update(.key(.character("+")))
        #expect(state.layout.places.map(\.pane) == [.graphs])
        _ = state.update(.key(.character("_")))
        #expect(state.layout.places.count == 3)
    }

    @Test func graphKeysChangeGlyphsScaleAndSpan() {
        var state = Scenery.state(view: .graphs)
        let first = Frame.draw(state, look: look).canvas.lines
        _ = state.update(.key(.character("b")))
        #expect(state.graphs.glyphStyle == .blocks)
        #expect(Frame.draw(state, look: look).canvas.lines != first)
        _ = state.update(.key(.character("b")))
        let ascii = Frame.draw(state, look: look).canvas.lines
        #expect(!ascii.joined().contains("⣿") && !ascii.joined().contains("█"))
        _ = state.update(.key(.character("c")))
        #expect(state.graphs.scale == .limit)
        let effects = state.update(.key(.character(">")))
        #expect(state.graphs.span == .fiveMinutes)
        let watched = effects.compactMap { if case .watch(let queries) = $0 { queries } else { nil } }.first
        #expect(watched?.allSatisfy { $0.span == .seconds(300) } == true)
    }
}
