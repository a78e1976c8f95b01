/// The names that the palette's words may be followed by just now.
struct PaletteVocabulary: Sendable, Hashable {
    struct View: Sendable, Hashable {
        var name: String
        var title: String
        /// What people call it elsewhere.
        var aliases: [String] = []
    }

    var views: [View] = []
    /// Names as in the configuration.
    var actions: [String] = []
    var themes: [String] = []
    var layouts: [String] = []
    var containers: [String] = []
    var images: [String] = []
    var commands: [String] = []
    var panes: [String] = []

    /// The name of the view that a word means.
    func view(_ word: String) -> String? {
        let word = word.lowercased()
        return views.first { $0.name == word || $0.aliases.contains(word) }?.name
    }

    /// What people of docker, k9s and lazydocker call the views.
    static let viewAliases: [String: [String]] = [
        "overview": ["all", "home"], "containers": ["ps", "ctr", "c", "container-list"], "images": ["img", "i"],
        "volumes": ["vol", "v"], "networks": ["net", "n"], "graphs": ["stats", "top"], "logs": ["log"],
        "details": ["inspect", "describe"], "events": ["event", "ev"], "disk-usage": ["df", "du"],
        "activity": ["history", "done"], "build": ["builds"], "layers": ["dive"], "settings": ["config", "options"],
    ]

    /// The names that fit an argument.
    func names(_ argument: PaletteWord.Argument) -> [String] {
        switch argument {
        case .none, .text, .name: []
        case .theme: themes
        case .container: containers
        case .image: images
        case .layout: layouts
        case .dump: DumpFormat.allCases.map(\.rawValue)
        case .command: commands
        case .pane: panes
        }
    }
}
