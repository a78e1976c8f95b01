import Emulator
import Engine
import Terminal

@testable import Dashboard

extension Scenery {
    /// What the shell in `web` shows.
    static let shellText =
        "\u{1B}]0;sh: /srv\u{07}\u{1B}[1;32m/srv #\u{1B}[m ls --color\r\n\u{1B}[1;34mdata\u{1B}[m  \u{1B}[1;32mrun.sh\u{1B}[m  "
        + "日本.txt  e\u{301}te\u{301}\r\n\u{1B}[1;32m/srv #\u{1B}[m "

    static func picture(_ text: String, _ size: TerminalSize) -> ScreenPicture {
        let emulator = Emulator(size: Size(width: size.columns, height: size.rows))
        emulator?.feed(Array(text.utf8))
        return emulator?.nextPicture() ?? ScreenPicture(size: Size(width: size.columns, height: size.rows))
    }

    /// A dashboard with a live shell in `web`.
    static func shell(_ text: String = shellText, columns: Int = 120, rows: Int = 40) -> DashboardState {
        var state = state(view: .containers, columns: columns, rows: rows)
        state.list.select(id(0))
        let effects = state.update(.key(.character("e")))
        settle(&state, effects)
        _ = state.update(.answer(.shell, ShellAnswer.opened(state.shells.count)))
        show(text, &state)
        return state
    }

    /// The current session's screen changes.
    static func show(_ text: String, _ state: inout DashboardState) {
        guard let id = state.shells.shown, let size = state.shells.told?.size else { return }
        _ = state.update(.answer(.shell, ShellAnswer.picture(id, picture(text, size))))
    }
}
