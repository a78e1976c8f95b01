import Engine
import Terminal

/// Copies between a container and this machine: one at a time, with its progress, and stopped when a person says so.
extension BrowserPane {
    static func beginCopy(_ errand: ChangeFiles, called name: String, _ state: inout DashboardState) -> [Effect] {
        if let copying = state[BrowserPane.self].copying {
            let key = state.keys.key(for: .fileStop).map { words("; \(KeyMap.display($0)) stops it") } ?? ""
            state.tell(.information, words("\(copying.name) is still being copied\(key)"))
            return []
        }
        guard let deed = errand.copyDeed else { return [.errand(pane, errand)] }
        // What changes the container is noted with its effect.
        if errand.deed == nil {
            state.activity.begin(deed.verb, deed.target, command: deed.command, at: state.now)
        } else if state.isReadOnly {
            return [.errand(pane, errand)]
        }
        state[BrowserPane.self].copying = FileCopy(errand: errand, name: name, deed: deed)
        state.tell(.information, words("copying \(name)"))
        return [.errand(pane, errand)]
    }

    static func receive(_ progress: FileCopyProgress, of errand: ChangeFiles, _ state: inout DashboardState) {
        guard let copying = state[BrowserPane.self].copying, copying.errand == errand else { return }
        state[BrowserPane.self].copying?.progress = progress
        state.activity.report(copying.deed.verb, copying.deed.target, progress.text)
    }

    /// The copy has ended, well or not.
    static func endCopy(_ errand: ChangeFiles, _ failure: String?, _ state: inout DashboardState) {
        guard let copying = state[BrowserPane.self].copying, copying.errand == errand else { return }
        state[BrowserPane.self].copying = nil
        guard errand.deed == nil else { return }
        state.activity.end(copying.deed.verb, copying.deed.target, failure: failure, at: state.now)
    }

    /// Stops the copy; nothing of it stays.
    static func stopCopy(_ state: inout DashboardState) -> [Effect] {
        guard let copying = state[BrowserPane.self].copying else { return [] }
        endCopy(copying.errand, "cancelled", &state)
        state.tell(.information, words("stopped copying \(copying.name); what was copied of it is taken away"))
        return [.endErrand(pane, slot: ChangeFiles.copyPlace)]
    }

    /// Above the list or the file: what is being copied, and how far it is.
    static func copyingSpans(_ own: BrowserState, _ state: DashboardState, _ look: Look) -> [Span] {
        guard let copying = own.copying else { return [] }
        let progress = copying.progress.map { $0.text.isEmpty ? "" : " \($0.text)" } ?? ""
        let key = state.keys.key(for: .fileStop).map { ", \(KeyMap.display($0)) stops" } ?? ""
        return [Span("\(words("copying \(copying.name)\(progress)\(key)")) ", look[.info])]
    }
}
