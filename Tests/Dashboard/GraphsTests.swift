import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct GraphsTests {
    private let look = Look(theme: .plain, glyphs: .unicode)

    private func state(_ view: ViewName = .graphs, columns: Int = 120, rows: Int = 40, chosen: Int = 0)
        -> DashboardState
    {
        var state = Scenery.state(view: view, columns: columns, rows: rows)
        state.list.select(Scenery.id(chosen))
        Scenery.settle(&state, state.settle())
        return state
    }

    private func press(_ state: inout DashboardState, _ keys: Key...) {
        for key in keys { Scenery.settle(&state, state.update(.key(key))) }
    }

    private func text(_ state: DashboardState) -> String {
        Frame.draw(state, look: look).canvas.lines.joined(separator: "\n")
    }

    @Test func memoryIsToldByItsKindsAndAsAWhole() {
        let text = text(state(columns: 200, chosen: 2))
        #expect(text.contains("file") && text.contains("anon") && text.contains("kernel") && text.contains("shm"))
    }

    @Test func everyCoreOfTheHostHasItsGraphAndAContainersAreToldWhereTheKernelKnowsThem() {
        var state = state(rows: 60)
        #expect(text(state).contains("told by cgroup v1"))
        var frame = Scenery.statistics().frame(0)
        frame.containers[Scenery.id(0)]?.cores = [12, 34]
        Scenery.settle(&state, state.update(.frame(frame, histories: [:])))
        #expect(!text(state).contains("told by cgroup v1"))
        #expect(state.graphs.watched.contains { $0.subject == .container(Scenery.id(0)) && $0.metric == .core(1) })
        #expect(state.graphs.watched.contains { $0.subject == .host && $0.metric == .core(1) })
    }

    @Test func throttlingIsShownWhereAQuotaHolds() {
        var state = state()
        #expect(!text(state).contains("Throttled"))
        var frame = Scenery.statistics().frame(0)
        frame.containers[Scenery.id(0)]?.cpuThrottled = 12
        Scenery.settle(&state, state.update(.frame(frame, histories: [:])))
        #expect(text(state).contains("Throttled time"))
    }

    @Test func pressureHasSomeAndFullOfThreeKinds() {
        let watched = state(rows: 60).graphs.watched
        for metric in [
            HistoryQuery.Metric.cpuPressure, .cpuPressureFull, .memoryPressureFull, .ioPressure, .ioPressureFull,
        ] {
            #expect(watched.contains { $0.metric == metric && $0.subject == .host })
        }
    }

    @Test func theCursorReadsEveryGraphAtOneTimeAndEscapeEndsIt() throws {
        var state = state()
        let live = text(state)
        press(&state, .left)
        #expect(state.graphs.cursor != nil)
        for _ in 0..<20 { press(&state, .left) }
        let cursor = try #require(state.graphs.cursor)
        #expect(cursor < state.graphs.newest - 15)
        let read = text(state)
        #expect(read.contains(" ago") && read.contains("at 0") && read != live)
        // What is read is what was measured then.
        let query = try #require(
            state.graphs.watched.first { $0.subject == .container(Scenery.id(0)) && $0.metric == .cpu })
        let series = try #require(state.graphs.series[query])
        let value = try #require(state.graphs.grid(query).places(of: cursor).compactMap { series[$0] }.max())
        #expect(read.contains("CPU \(Format.percent(value))"))
        press(&state, .escape)
        #expect(state.graphs.cursor == nil && text(state) == live)
    }

    @Test func theCursorStaysAtItsTimeWhenTheGraphMovesOnAndGoesWithIt() {
        var state = state()
        for _ in 0..<10 { press(&state, .left) }
        let cursor = state.graphs.cursor
        for round in 1..<40 {
            Scenery.settle(&state, state.update(.frame(Scenery.statistics().frame(round), histories: [:])))
        }
        #expect(state.graphs.cursor == cursor)
        for round in 40..<130 {
            Scenery.settle(&state, state.update(.frame(Scenery.statistics().frame(round), histories: [:])))
        }
        #expect(state.graphs.cursor == nil)
    }

    @Test func rightOfTheNewestIsThePresent() {
        var state = state()
        press(&state, .left, .left, .left, .right, .right, .right, .right)
        #expect(state.graphs.cursor == nil)
    }

    @Test func aPressOnAGraphSetsTheCursor() throws {
        var state = state()
        let rect = try #require(state.layout.rect(of: .graphs))
        let place = try #require(GraphsLayout(state, in: rect).places.first)
        let point = Point(x: place.area.x + 10, y: place.area.y + 1)
        let target = Frame.draw(state, look: look).target(at: point)
        Scenery.settle(&state, state.update(.mouse(MouseInput(kind: .press, target: target))))
        let cursor = try #require(state.graphs.cursor)
        #expect(GraphReading(state.graphs, place).column(of: cursor) == 10)
    }

    @Test func whatLiesUnderThePointerIsReadWhileItIsThere() throws {
        var state = state()
        let live = text(state)
        let rect = try #require(state.layout.rect(of: .graphs))
        let place = try #require(GraphsLayout(state, in: rect).places.first)
        let target = HitTarget.spot(.graphs, .place(place.area.x + 20 - rect.x))
        Scenery.settle(&state, state.update(.mouse(MouseInput(kind: .hover, target: target))))
        #expect(state.graphs.hovered != nil && state.graphs.cursor == nil)
        #expect(text(state).contains(" ago"))
        Scenery.settle(&state, state.update(.mouse(MouseInput(kind: .hover, target: nil))))
        #expect(state.graphs.hovered == nil && text(state) == live)
    }

    @Test func fromTheCursorToTheLogOfThatTime() throws {
        var state = state()
        press(&state, .character("{"))
        let cursor = try #require(state.graphs.cursor)
        let effects = state.update(.key(.character("l")))
        #expect(state.view == .logs && !state.logs.isFollowing)
        let asked = effects.compactMap { effect -> Timestamp? in
            guard case .errand(let errand) = effect, let request = errand.errand as? LogRequest,
                case .around(let time, _) = request.part
            else { return nil }
            return time
        }
        #expect(asked == [Timestamp(seconds: cursor)])
    }

    @Test func eventsAreMarkedAndTheCursorGoesFromOneToTheNext() {
        var state = state()
        let bottom = Frame.draw(state, look: look).canvas.lines.suffix(5).joined()
        #expect(bottom.contains("✗") && bottom.contains("▲") && bottom.contains("✓"))
        press(&state, .character("{"))
        #expect(state.graphs.cursor == Scenery.now.seconds - 30)
        #expect(text(state).contains("healthy"))
        press(&state, .character("{"), .character("{"))
        #expect(state.graphs.cursor == Scenery.now.seconds - 52)
        #expect(text(state).contains("ended (1)"))
        press(&state, .character("}"))
        #expect(state.graphs.cursor == Scenery.now.seconds - 45)
        press(&state, .escape, .character("}"), .character("{"))
        #expect(state.notice?.text.contains("no event before") == true)
    }

    @Test func aKillByTheOOMKillerIsMarkedInTheGraphOfMemory() throws {
        let state = state(chosen: 1)
        let rect = try #require(state.layout.rect(of: .graphs))
        let place = try #require(GraphsLayout(state, in: rect).places.first { $0.panel.key == "memory" })
        let line = Frame.draw(state, look: look).canvas.lines[place.area.y]
        #expect(line.contains("!"))
    }

    @Test func theLimitIsALine() throws {
        var state = state(chosen: 2)
        press(&state, .character("c"))
        let rect = try #require(state.layout.rect(of: .graphs))
        let place = try #require(GraphsLayout(state, in: rect).places.first { $0.panel.key == "memory" })
        let canvas = Frame.draw(state, look: look).canvas
        let row = (place.area.x..<place.area.right).map { canvas[Point(x: $0, y: place.area.y)].base }
        #expect(row.filter { $0 == "⠉" }.count > 20)
    }

    @Test func enterShowsTheChosenGraphAloneWithMeanAndHighest() {
        var state = state()
        press(&state, .down, .down, .enter)
        #expect(state.graphs.zoomed == "memory")
        let alone = text(state)
        #expect(alone.contains("highest") && alone.contains("mean") && !alone.contains("Network ↓"))
        press(&state, .down)
        #expect(state.graphs.zoomed != "memory")
        press(&state, .escape)
        #expect(state.graphs.zoomed == nil && text(state).contains("Network ↓"))
    }

    @Test func markedContainersAreDrawnOverEachOtherWithTheirNames() throws {
        var state = state()
        state.list.marks = [Scenery.id(1), Scenery.id(2)]
        press(&state, .character("v"))
        let text = text(state)
        #expect(text.contains("of the marked") && text.contains("saw-tooth") && text.contains("wave"))
        #expect(!text.contains("chatter"))
        let subjects = Set(state.graphs.watched.map(\.subject))
        #expect(subjects == [.container(Scenery.id(1)), .container(Scenery.id(2))])
    }

    @Test func sharesOfTheHostAddUpToIt() throws {
        var state = state()
        press(&state, .character("v"), .character("v"))
        #expect(text(state).contains("CPU of the host") && text(state).contains("other"))
        let rect = try #require(state.layout.rect(of: .graphs))
        let memory = try #require(GraphsLayout(state, in: rect).places.last)
        #expect(memory.panel.key == "share-memory" && memory.panel.layers.last?.name == "other")
        let reading = GraphReading(state.graphs, memory)
        let layers = reading.layers
        for (index, whole) in reading.values(GraphSource(.host, .memory)).enumerated() {
            let sum = layers.reduce(0) { $0 + ($1[index] ?? 0) }
            #expect(abs(sum - (whole ?? 0)) < 1)
        }
    }

    @Test func shownContainersAreMeasuredMoreClosely() {
        var state = Scenery.state(view: .graphs)
        state.list.select(Scenery.id(2))
        let effects = state.settle()
        let watch = effects.compactMap { effect -> WatchContainers? in
            if case .errand(let errand) = effect { errand.errand as? WatchContainers } else { nil }
        }
        #expect(watch.map(\.containers) == [[Scenery.id(2)]])
        let left = state.update(.key(.character("3")))
        #expect(
            left.contains(.errand(.graphs, WatchContainers(containers: []))) && left.contains(.watch([])))
    }

    @Test func thePastIsReadOncePerSpan() {
        var state = state()
        func asked(_ effects: [Effect]) -> [ReadEventMarks] {
            effects.compactMap { if case .errand(let one) = $0 { one.errand as? ReadEventMarks } else { nil } }
        }
        #expect(asked(state.update(.clock(Scenery.now))).isEmpty)
        let longer = asked(state.update(.key(.character(">"))))
        #expect(longer.map(\.since) == [Scenery.now.advanced(by: .seconds(-300))])
        #expect(asked(state.update(.key(.character("<")))).isEmpty)
    }

    @Test func marksAreBoundedAndToldOnce() {
        var marks = EventMarks()
        let events = (0..<6000).map { second in
            Event(
                time: Timestamp(seconds: Int64(second)), type: .container, action: "start",
                actorID: Scenery.id(0).rawValue)
        }
        marks.add(events)
        marks.add(Array(events.suffix(10)))
        #expect(marks.all.count == EventMarks.most)
        #expect(marks.all.last?.time == Timestamp(seconds: 5999))
        marks.fill([EventMark(events[5995])].compactMap { $0 }, since: Timestamp(seconds: 0))
        #expect(marks.all.count == EventMarks.most)
        #expect(marks.all == marks.all.sorted { $0.time < $1.time })
    }

    @Test func theBusiestKeepTheirPlacesWhileTheyAreAmongThem() {
        var ranking = HostRanking()
        func frame(_ second: Int64, _ loads: [Int: Double]) -> StatisticsFrame {
            var usages: [ContainerID: Usage] = [:]
            for (number, load) in loads {
                var usage = Usage(time: Timestamp(seconds: second))
                usage.cpu = load
                usages[Scenery.id(number)] = usage
            }
            return StatisticsFrame(
                time: Timestamp(seconds: second), host: Usage(time: Timestamp(seconds: second)), containers: usages)
        }
        let loads = Dictionary(uniqueKeysWithValues: (0..<20).map { ($0, Double($0)) })
        ranking.follow(frame(0, loads), cores: 4, memory: 1 << 30)
        let first = ranking.places
        #expect(Set(first.compactMap { $0 }) == Set((13..<20).map(Scenery.id)))
        var changed = loads
        changed[0] = 400
        for second in 1..<40 { ranking.follow(frame(Int64(second), changed), cores: 4, memory: 1 << 30) }
        #expect(ranking.places.contains(Scenery.id(0)))
        #expect(zip(first, ranking.places).filter { $0 != $1 }.count == 1)
        ranking.follow(frame(41, [3: 5]), cores: 4, memory: 1 << 30)
        #expect(ranking.places.compactMap { $0 } == [Scenery.id(3)])
    }

    @Test func theContainerChangesWithTheBrackets() {
        var state = state()
        let before = state.list.selected
        press(&state, .character("]"))
        #expect(state.list.selected != before && state.view == .graphs)
        press(&state, .character("["))
        #expect(state.list.selected == before)
    }

    @Test(arguments: [(60, 15), (80, 24), (120, 40), (200, 60), (61, 16)])
    func everyModeFitsEverySize(columns: Int, rows: Int) {
        for glyphs in [Glyphs.unicode, .ascii] {
            var state = state(columns: columns, rows: rows)
            for key in [Key.character("v"), .character("v"), .character("v"), .enter, .down, .left, .escape, .escape] {
                press(&state, key)
                let lines = Frame.draw(state, look: Look(theme: .plain, glyphs: glyphs)).canvas.lines
                #expect(lines.count == rows && lines.allSatisfy { SafeText.width($0) <= columns })
            }
        }
    }
}
