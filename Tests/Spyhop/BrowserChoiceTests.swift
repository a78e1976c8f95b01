import Testing

@testable import SpyhopCommands

@Suite struct BrowserChoiceTests {
    private let address = "http://localhost:8080/"

    private func choice(_ variables: [String: String], installed: [String]) -> BrowserChoice {
        BrowserChoice.of(address, variable: { variables[$0] }) { installed.contains($0) ? "/usr/bin/\($0)" : nil }
    }

    @Test func theVariableIsReadAsOtherProgramsReadIt() {
        let installed = ["firefox", "chromium", "w3m"]
        #expect(choice(["BROWSER": "firefox"], installed: installed) == .window(["/usr/bin/firefox", address]))
        #expect(
            choice(["BROWSER": "missing:chromium --app=%s --title=100%%"], installed: installed)
                == .window(["/usr/bin/chromium", "--app=\(address)", "--title=100%"]))
        #expect(choice(["BROWSER": "w3m"], installed: installed) == .terminal(["/usr/bin/w3m", address]))
        #expect(
            choice(["BROWSER": "missing"], installed: installed) == .none("$BROWSER names no program that is installed")
        )
    }

    @Test func noShellReadsIt() {
        let hostile = "firefox ;reboot $(id) `id`"
        #expect(
            choice(["BROWSER": hostile], installed: ["firefox"])
                == .window(["/usr/bin/firefox", ";reboot", "$(id)", "`id`", address]))
    }

    @Test func withADisplayTheDesktopsOpenerIsAsked() {
        let installed = ["xdg-open", "open"]
        #expect(choice(["DISPLAY": ":0"], installed: installed) == .window(["/usr/bin/xdg-open", address]))
        #expect(choice(["WAYLAND_DISPLAY": "w"], installed: ["open"]) == .window(["/usr/bin/open", address]))
        #expect(choice([:], installed: installed) == .none("there is no display here, and no $BROWSER"))
    }
}
