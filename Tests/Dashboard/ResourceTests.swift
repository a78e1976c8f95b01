import Engine
import Terminal
import Testing

@testable import Dashboard

/// The panes of networks and volumes: what they ask for, what they refuse, what they tell.
@Suite struct ResourceTests {
    private func type(_ text: String, _ state: inout DashboardState) -> [Effect] {
        text.flatMap { state.update(.key($0 == "\r" ? .enter : .character($0))) }
    }

    private func selecting(_ name: String, _ view: ViewName) -> DashboardState {
        var state = Scenery.state(view: view)
        if let network = state.networks.all.first(where: { $0.name == name }) { state.networks.select(network.id) }
        state.volumes.select(name)
        return state
    }

    private func changes(_ effects: [Effect]) -> [ResourceChange] {
        effects.compactMap { if case .change(let change) = $0 { change } else { nil } }
    }

    private func screen(_ state: DashboardState) -> String {
        Frame.draw(state, look: Look(theme: .plain, glyphs: .ascii)).canvas.lines.joined(separator: "\n")
    }

    // MARK: When lists are read

    @Test func listsAreReadOnlyWhenTheyAreShown() {
        var state = DashboardState(
            host: Scenery.statistics().hostFacts, engineName: "spyhop", now: Scenery.now)
        var effects = state.update(.resized(columns: 120, rows: 40))
        effects += state.update(.events([Event(time: Scenery.now, type: .network, action: "create", actorID: "x")]))
        #expect(!effects.contains(.loadNetworks) && !effects.contains(.loadVolumes))
        #expect(state.update(.key(.character("5"))).contains(.loadNetworks))
        #expect(!state.update(.key(.down)).contains(.loadNetworks))
        #expect(state.update(.key(.character("4"))).contains(.loadVolumes))
    }

    @Test func anEventReadsTheListAgainAndAStormOnceASecond() {
        var state = Scenery.state(view: .networks)
        let event = Event(time: Scenery.now, type: .network, action: "connect", actorID: "x")
        #expect(!state.update(.events([event])).contains(.loadNetworks))
        _ = state.update(.clock(Scenery.now.advanced(by: .seconds(1))))
        // It is being read now; what happens meanwhile is read in the next second.
        #expect(!state.update(.events([event, event])).contains(.loadNetworks))
        #expect(!state.update(.networks(.success(Scenery.networks))).contains(.loadNetworks))
        #expect(state.update(.clock(Scenery.now.advanced(by: .seconds(2)))).contains(.loadNetworks))
    }

    @Test func aListOnTheScreenIsReadAgainAfterAFewSeconds() {
        var state = Scenery.state(view: .networks)
        for second in 1...4 {
            #expect(!state.update(.clock(Scenery.now.advanced(by: .seconds(second)))).contains(.loadNetworks))
        }
        #expect(state.update(.clock(Scenery.now.advanced(by: .seconds(5)))).contains(.loadNetworks))
    }

    @Test func sizesAreCountedBesideTheListAndNoLongerThanAnybodyLooks() {
        var state = Scenery.state()
        #expect(state.update(.key(.character("4"))).contains(.loadVolumes))
        let effects = state.update(.volumes(.success(Scenery.volumes(counted: false))))
        #expect(effects.contains(.countVolumes))
        #expect(screen(state).contains("counting"))
        #expect(state.update(.key(.character("1"))).contains(.stopCounting))
        // What comes from a count that was given up says nothing.
        _ = state.update(.volumesCounted(.failure(EngineError(.cancelled, "given up"))))
        #expect(state.volumeCount.failure == nil)
        #expect(state.update(.key(.character("4"))).contains(.countVolumes))
        #expect(!state.update(.volumesCounted(.success(Scenery.volumes(counted: true)))).contains(.countVolumes))
        #expect(screen(state).contains("12.3MB"))
    }

    @Test func whatIsTwiceLoadedKeepsItsSizes() {
        var state = Scenery.state(view: .volumes)
        _ = state.update(.volumes(.success(Scenery.volumes(counted: false))))
        #expect(screen(state).contains("12.3MB"))
    }

    // MARK: Removing

    @Test func aNetworkInUseIsRefusedInWords() {
        var state = selecting("front", .networks)
        #expect(changes(type("d", &state)).isEmpty)
        #expect(state.dialog == nil)
        #expect(state.notice?.text == "cannot remove front: web, wave are on it (u takes them off)")
        state = selecting("bridge", .networks)
        _ = type("d", &state)
        #expect(state.notice?.text == "cannot remove bridge: every engine has it")
    }

    @Test func anUnusedNetworkIsRemovedAfterAsking() throws {
        var state = selecting("spare", .networks)
        #expect(type("d", &state).isEmpty)
        #expect(state.dialog?.items.first?.choice == .cancel)
        let spare = try #require(state.networks.selected)
        #expect(changes(type("y", &state)) == [.removeNetworks([ResourceChange.NetworkTarget(spare)])])
        let effects = state.update(
            .changed(.removeNetworks([ResourceChange.NetworkTarget(spare)]), [ResourceChange.Outcome(name: "spare")]))
        #expect(state.networks.all.count == 3)
        #expect(state.notice?.text == "removed spare")
        #expect(effects.contains(.loadNetworks))
    }

    @Test func aVolumeInUseIsRefusedInWords() {
        var state = selecting("shop-data", .volumes)
        #expect(changes(type("d", &state)).isEmpty)
        #expect(state.notice?.text == "cannot remove shop-data: web mounts it (remove that container first)")
    }

    @Test func anUnusedVolumeIsRemovedAfterAsking() {
        var state = selecting("old-backup", .volumes)
        _ = type("d", &state)
        #expect(state.dialog?.text == ["What is in it is lost, 1.50GB."])
        #expect(type("\r", &state).isEmpty)
        _ = type("d", &state)
        #expect(changes(type("y", &state)) == [.removeVolumes(["old-backup"])])
    }

    @Test func aRefusalOfTheEngineIsToldWhole() {
        var state = selecting("old-backup", .volumes)
        let error = EngineError(.conflict, "it is busy", hint: "wait")
        _ = state.update(
            .changed(.removeVolumes(["old-backup"]), [ResourceChange.Outcome(name: "old-backup", error: error)]))
        #expect(state.notice?.text == "cannot remove old-backup: it is busy (wait)")
        #expect(state.volumes.all.contains { $0.name == "old-backup" })
    }

    // MARK: Pruning

    @Test func pruningNetworksSaysWhatWouldGo() {
        var state = selecting("front", .networks)
        _ = type("P", &state)
        #expect(state.dialog?.text == ["These would go: spare"])
        #expect(changes(type("y", &state)).count == 1)
    }

    @Test func pruningVolumesSaysHowMuchAndLeavesTheNamedOnesAlone() {
        var state = selecting("shop-data", .volumes)
        _ = type("P", &state)
        #expect(state.dialog?.items.map(\.note) == ["", "2.50MB", "1.50GB"])
        _ = state.update(.key(.down))
        #expect(changes(type("\r", &state)) == [.removeVolumes([String(repeating: "cd34", count: 16)])])
    }

    // MARK: Making

    @Test func aNetworkIsMadeFromTwoLines() {
        var state = selecting("front", .networks)
        #expect(
            changes(type("cshop\r10.77.0.0/24 internal fd00:77::/64\r", &state)).map(\.sentence.noun) == ["network"])
        var made = selecting("front", .networks)
        let effects = changes(type("cshop\r10.77.0.0/24 internal fd00:77::/64\r", &made))
        guard case .createNetwork(let spec)? = effects.first else {
            Issue.record("no network was asked for")
            return
        }
        #expect(spec.name == "shop" && spec.isInternal && spec.ipv6)
        #expect(spec.subnets.map { "\($0.prefix)" } == ["10.77.0.0/24", "fd00:77::/64"])
    }

    @Test func aSubnetThatIsNoneCanBeMended() {
        var state = selecting("front", .networks)
        #expect(changes(type("cshop\r10.77\r", &state)).isEmpty)
        #expect(state.prompt?.text == "10.77")
        #expect(state.notice?.text.contains("\"10.77\" is no subnet") == true)
        _ = state.update(.key(.escape))
        #expect(state.prompt == nil)
    }

    @Test func aVolumeIsMadeWithOrWithoutAName() {
        var state = selecting("shop-data", .volumes)
        #expect(changes(type("cnew-one\r", &state)) == [.createVolume(VolumeSpec(name: "new-one"))])
        #expect(changes(type("c\r", &state)) == [.createVolume(VolumeSpec())])
    }

    // MARK: Who is on it

    @Test func aContainerIsPutOnANetworkAndTakenOff() throws {
        var state = selecting("front", .networks)
        let front = ResourceChange.NetworkTarget(try #require(state.networks.selected))
        _ = type("a", &state)
        let offered = state.dialog?.items.map(\.label) ?? []
        #expect(offered.contains("chatter") && !offered.contains("web"))
        let chatter = Effect.Target(id: Scenery.id(3), name: "chatter")
        let place = try #require(offered.firstIndex(of: "chatter"))
        for _ in 0..<place { _ = state.update(.key(.down)) }
        #expect(changes(type("\r", &state)) == [.connect(chatter, front)])
        _ = type("u", &state)
        #expect(state.dialog?.items.map(\.label) == ["Cancel", "wave", "web"])
        _ = state.update(.key(.end))
        let web = Effect.Target(id: Scenery.id(0), name: "web")
        #expect(changes(type("\r", &state)) == [.disconnect(web, front)])
        let effects = state.update(.changed(.disconnect(web, front), [ResourceChange.Outcome(name: "web")]))
        #expect(effects.contains(.loadContainer(web.id)) && effects.contains(.loadNetworks))
        #expect(state.notice?.text == "disconnected from front: web")
    }

    @Test func enterShowsWhoUsesIt() {
        var state = selecting("front", .networks)
        _ = type("\r", &state)
        #expect(state.view == .containers)
        #expect(Set(state.list.rows.map(\.name)) == ["web", "wave"])
        state = selecting("shop-data", .volumes)
        _ = type("\r", &state)
        #expect(state.list.rows.map(\.name) == ["web"])
    }

    @Test func filterSortMarksAndEscWorkAsOnTheOtherTables() {
        var state = selecting("front", .networks)
        _ = type("/internal\r", &state)
        #expect(state.networks.rows.map(\.name) == ["back"])
        _ = type(" ", &state)
        #expect(state.networks.marks.count == 1)
        _ = state.update(.key(.escape))
        _ = state.update(.key(.escape))
        #expect(state.networks.rows.count == 4 && state.networks.marks.isEmpty)
        _ = type("C", &state)
        #expect(state.networks.rows.prefix(2).map(\.name) == ["back", "front"])
        _ = type("NN", &state)
        #expect(state.networks.rows.map(\.name) == ["bridge", "spare", "front", "back"])
        state = selecting("shop-data", .volumes)
        _ = type("M", &state)
        #expect(state.volumes.rows.first?.name == "old-backup")
    }

    @Test func longDetailsAreScrolled() {
        var state = Scenery.state(view: .networks, columns: 80, rows: 24)
        let front = state.networks.all.first { $0.name == "front" }
        if let front { state.networks.select(front.id) }
        #expect(!screen(state).contains("driver: bridge"))
        for _ in 0..<40 { _ = type("J", &state) }
        #expect(screen(state).contains("- app=shop"))
        _ = type("j", &state)
        #expect(state.networks.detailScroll == 0)
    }

    @Test func figuresOfEachInterfaceStandBesideItsNetwork() {
        var state = selecting("front", .networks)
        _ = state.update(.frame(Scenery.statistics().frame(6), histories: [:]))
        let usage = state.usage[Scenery.id(0)]
        #expect(usage?.interfaces.map(\.name) == ["eth0", "eth1"])
        #expect(screen(state).contains("web eth0 in 975k/s out"))
    }
}
