import Engine
import Terminal
import Testing

@testable import Dashboard

/// Published ports: how they read, and how they get into a browser.
@Suite struct BrowseTests {
    private func container(_ ports: [PublishedPort]) -> Container {
        var container = Scenery.container(0, "web")
        container.ports = ports
        return container
    }

    private func port(_ address: IPAddress, _ host: UInt16, _ inside: UInt16) -> PublishedPort {
        PublishedPort(hostAddress: address, hostPort: host, container: ExposedPort(inside))
    }

    @Test func bothFamiliesOfAPortAreOne() {
        #expect(container(Scenery.webPorts).portTexts(arrow: ">") == ["8080>80", "127.0.0.1:8443>443", "5353>53/udp"])
    }

    @Test func addressesAreOnlyOfTCPAndSecureByTheirNumber() {
        let web = container(Scenery.webPorts)
        #expect(web.browserAddresses.map(\.url) == ["http://localhost:8080/", "https://127.0.0.1:8443/"])
        #expect(container([port(.v6(0, 1), 9000, 8443)]).browserAddresses.map(\.url) == ["https://[::1]:9000/"])
    }

    @Test func theOnlyPortIsOpenedAtOnce() {
        var state = Scenery.state()
        state.list.put(container([port(.v4(0), 8080, 80)]))
        state.list.select(Scenery.id(0))
        #expect(state.update(.key(.character("w"))).contains(.browse("http://localhost:8080/")))
    }

    @Test func ofSeveralOneIsChosen() {
        var state = Scenery.state()
        state.list.select(Scenery.id(0))
        _ = state.settle()
        #expect(state.update(.key(.character("w"))).isEmpty)
        _ = state.update(.key(.down))
        #expect(state.update(.key(.enter)).contains(.browse("https://127.0.0.1:8443/")))
    }

    @Test func withoutAPortItSaysSo() {
        var state = Scenery.state()
        state.list.select(Scenery.id(1))
        _ = state.update(.key(.character("w")))
        #expect(state.notice?.text == "nothing of wave can be shown in a browser: it publishes no port")
        state.list.select(Scenery.id(6))
        _ = state.update(.key(.character("w")))
        #expect(state.notice?.text.hasSuffix("it does not run") == true)
    }

    @Test func inTheLogTheKeyStillWraps() {
        var state = Scenery.state(view: .logs)
        state.list.select(Scenery.id(0))
        let wrapped = state.logs.wraps
        _ = state.update(.key(.character("w")))
        #expect(state.dialog == nil && state.logs.wraps != wrapped)
    }

    @Test func whatNothingCanShowIsToldAndCopied() {
        var state = Scenery.state()
        let address = "http://localhost:8080/"
        #expect(state.update(.browsed(address, .opened("firefox"))).isEmpty)
        #expect(state.notice?.kind == .success)
        #expect(state.update(.browsed(address, .nowhere("there is no display"))).contains(.copy(address)))
        #expect(state.notice?.text == "http://localhost:8080/ is copied: there is no display")
        #expect(state.update(.browsed(address, .failed("it ended with 3"))).contains(.copy(address)))
        #expect(state.notice?.kind == .failure)
    }

    @Test func theGraphOfTheNetworkHasBothWaysTheirSumAndEachInterface() {
        var state = Scenery.state(view: .graphs)
        state.list.select(Scenery.id(0))
        Scenery.settle(&state, state.settle())
        _ = state.update(.frame(Scenery.statistics().frame(6), histories: [:]))
        let lines = Frame.draw(state, look: Look(theme: .plain, glyphs: .ascii)).canvas.lines
        #expect(lines.contains { $0.contains("Network in 96.3k/s out 11.4k/s = 108k/s") })
        #expect(lines.contains { $0.contains("front in 975k/s") && $0.contains("back in 325k/s") })
    }
}
