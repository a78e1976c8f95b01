import Engine
import Terminal

/// Writes settings into the configuration, one after the other.
struct WriteSettings: Errand {
    struct Answer: Sendable {
        var result: Result<DashboardSettings, EngineError>
    }

    var changes: [SettingChange]

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        guard let change = services.host.changeSetting else {
            let error = EngineError(.unsupported, words("this dashboard was started without a way to keep settings"))
            return await answer(Answer(result: .failure(error)))
        }
        var last: Result<DashboardSettings, EngineError>?
        for one in changes {
            last = await change(one)
            if case .failure = last { break }
        }
        if let last { await answer(Answer(result: last)) }
    }
}

/// The names of all themes.
struct ListThemes: Errand {
    struct Answer: Sendable {
        var names: [String]
    }

    var slot: String? { "themes" }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let names = await services.host.themeNames?() ?? Theme.builtInNames
        await answer(Answer(names: names))
    }
}

/// A theme that is only looked at.
struct TryTheme: Errand {
    struct Answer: Sendable {
        var name: String
        var theme: Result<Theme, EngineError>
    }

    var name: String
    var slot: String? { "theme" }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let name = name
        let theme: Result<Theme, EngineError>
        if let load = services.host.theme {
            theme = await load(name)
        } else if let known = try? Theme.builtIn(name) {
            theme = .success(known)
        } else {
            theme = .failure(EngineError(.notFound, words("there is no theme \(name)")))
        }
        await answer(Answer(name: name, theme: theme))
    }
}
