import Dashboard
import Engine
import Glibc
import LinuxSystem
import Synchronization
import Terminal
import Yams

/// The dashboard's configuration while it runs: the file, and what the command line and the environment say above it.
final class DashboardConfiguration: Sendable {
    /// What the command line wants; a setting that is changed in the dashboard stands above it from then on.
    struct Wishes: Sendable {
        var theme: String?
        var view: ViewName?
        var isASCII = false
        var isReadOnly = false
        var isForScreenReader = false
    }

    private struct Content {
        var wishes: Wishes
        /// The texts that what holds now was made from.
        var texts: [String: String] = [:]
    }

    let environment: ProcessEnvironment
    /// `nil` where the person has no directory for such things.
    let path: String?
    private let content: Mutex<Content>

    init(_ environment: ProcessEnvironment, _ wishes: Wishes) {
        self.environment = environment
        path = ConfigurationFile.path(environment)
        content = Mutex(Content(wishes: wishes))
    }

    /// What holds at the start: whatever is wrong costs only itself.
    /// - Throws: `EngineError` for a theme that was asked for on the command line or in `SPYHOP_THEME` and is not there.
    func start() throws -> DashboardSettings {
        let wishes = content.withLock { $0.wishes }
        if let name = wishes.theme ?? environment.value("SPYHOP_THEME") {
            _ = try ThemeChoice.theme(name, environment)
        }
        let settings = settle(ConfigurationFile.load(environment))
        noteTexts(settings)
        return settings
    }

    /// What the files say now; `nil` when nothing of them has changed and that is not `forced`.
    func read(forced: Bool) -> DashboardNews? {
        let file = ConfigurationFile.load(environment)
        let settings = settle(file)
        guard noteTexts(settings) || forced else { return nil }
        // Keys and colours of one's own are wrong one by one; what is not understood for the rest is no configuration.
        guard file.problems.isEmpty, settings.problems.isEmpty else { return .refused(settings.problems) }
        return .settings(settings)
    }

    /// Writes one setting into the file, and answers what holds then.
    func change(_ change: SettingChange) -> Result<DashboardSettings, EngineError> {
        do throws(EngineError) {
            try write(change)
        } catch { return .failure(error) }
        forget(change.path)
        let settings = settle(ConfigurationFile.load(environment))
        noteTexts(settings)
        return .success(settings)
    }

    private func write(_ change: SettingChange) throws(EngineError) {
        guard let path else {
            throw EngineError(.unsupported, "cannot keep settings: there is neither XDG_CONFIG_HOME nor HOME")
        }
        // A link (as managers of dot files make them) stays a link.
        let target = Self.resolved(path)
        let old: String
        do throws(SystemError) { old = Files.exists(target) ? try Files.readText(target) : "" } catch {
            throw EngineError(.system, "cannot read \(path): \(error.reason)")
        }
        let text = try YAMLEditor.set(
            change.path, to: change.value.map(YAMLEditor.Value.init), in: old, file: path)
        do throws(SystemError) {
            try Files.makeDirectories(Files.directory(of: target))
            let mode = try Files.status(target).map { mode_t($0.mode & 0o777) } ?? 0o644
            try Files.writeAtomically(Array(text.utf8), to: target, mode: mode)
        } catch {
            throw EngineError(.system, "cannot write \(path): \(error.reason)")
        }
    }

    /// The file that a path leads to.
    static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private func forget(_ path: [String]) {
        content.withLock { content in
            switch path.first {
            case "theme": content.wishes.theme = nil
            case "view": content.wishes.view = nil
            case "glyphs": content.wishes.isASCII = false
            default: break
            }
        }
    }

    // MARK: What is chosen

    private func settle(_ file: ConfigurationFile) -> DashboardSettings {
        let wishes = content.withLock { $0.wishes }
        var problems = file.problems
        let name = wishes.theme ?? environment.value("SPYHOP_THEME") ?? file.theme ?? Theme.builtInNames[0]
        var theme = Theme.plain
        do { theme = try ThemeChoice.theme(name, environment) } catch {
            problems.append("\(error)")
            theme = (try? Theme.builtIn(Theme.builtInNames[0])) ?? .plain
        }
        var settings = DashboardSettings(theme: theme, themeName: name)
        settings.glyphs = wishes.isASCII ? .ascii : file.glyphs ?? settings.glyphs
        settings.colors = file.colors ?? settings.colors
        settings.usesMouse = file.mouse ?? settings.usesMouse
        settings.rings = file.bell ?? settings.rings
        settings.timeZone = file.timeZone ?? settings.timeZone
        settings.utcOffset = Self.offset(settings.timeZone)
        settings.timeFormat = file.timeFormat ?? settings.timeFormat
        settings.refresh = file.refresh ?? settings.refresh
        settings.isReadOnly = wishes.isReadOnly || file.readOnly ?? false
        settings.isForScreenReader = wishes.isForScreenReader || file.screenReader ?? false
        settings.confirmation = file.confirm ?? settings.confirmation
        settings.usesBuiltInHighlights = file.builtInHighlights ?? settings.usesBuiltInHighlights
        settings.highlights = file.highlights
        settings.layouts = file.layouts
        settings.alerts = file.alerts ?? settings.alerts
        settings.commands = file.commands
        settings.preset = file.preset ?? settings.preset
        settings.keyChanges = file.keys
        (settings.keys, settings.keyProblems) = KeyMap.make(
            preset: settings.preset, changes: file.keys, commands: file.commands)
        if let view = wishes.view {
            settings.view = view
        } else if let name = file.view {
            if let view = ViewName(rawValue: name) { settings.view = view } else { problems.append(Self.noView(name)) }
        }
        settings.languages = languageNames()
        if let name = file.language { settings.language = language(name, &problems) }
        settings.problems = problems
        return settings
    }

    static func noView(_ name: String) -> String {
        "there is no view \"\(name)\"; there are \(ViewName.allCases.map(\.rawValue).joined(separator: ", "))"
    }

    static func offset(_ zone: TimeZoneChoice) -> Int64 {
        switch zone {
        case .utc: return 0
        case .fixed(let seconds): return seconds
        case .local:
            var now = time(nil)
            var local = tm()
            localtime_r(&now, &local)
            return Int64(local.tm_gmtoff)
        }
    }

    // MARK: Files

    /// The files that what holds now was made from.
    func files(_ settings: DashboardSettings) -> [String] {
        [path, ThemeChoice.file(settings.themeName, environment), languageFile(settings.language.name)].compactMap {
            $0
        }
    }

    /// Remembers the texts; answers whether they are others than before.
    @discardableResult
    private func noteTexts(_ settings: DashboardSettings) -> Bool {
        var texts: [String: String] = [:]
        for file in files(settings) { texts[file] = try? Files.readText(file, limit: 16 << 20) }
        return content.withLock { content in
            defer { content.texts = texts }
            return content.texts != texts
        }
    }

    /// The paths that are to be watched.
    var watchedFiles: [String] { content.withLock { Array($0.texts.keys) } + [path].compactMap { $0 } }

    /// All themes by name: those inside the program, and the person's own.
    func themeNames() -> [String] {
        let own = ConfigurationFile.directory(environment).map { Self.names(in: $0 + "/themes") } ?? []
        return Theme.builtInNames + own.filter { !Theme.builtInNames.contains($0) }
    }

    private static func names(in directory: String) -> [String] {
        let entries = (try? Files.list(directory)) ?? []
        return entries.map(\.name).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }

    // MARK: Languages

    private func languageNames() -> [String] {
        let own = ConfigurationFile.directory(environment).map { Self.names(in: $0 + "/languages") } ?? []
        return [Language.english.name] + own.filter { $0 != Language.english.name }
    }

    private func languageFile(_ name: String) -> String? {
        guard name != Language.english.name, !name.contains("/") else { return nil }
        return ConfigurationFile.directory(environment).map { "\($0)/languages/\(name).yaml" }
    }

    /// The language of that name. What is wrong in its file costs only itself; without a file it says all in English.
    private func language(_ name: String, _ problems: inout [String]) -> Language {
        if name == Language.english.name { return .english }
        guard let path = languageFile(name), let text = try? Files.readText(path, limit: 4 << 20) else {
            let known = languageNames().joined(separator: ", ")
            let missing = EngineError(
                .notFound, "there is no language \"\(name)\"",
                hint: "there are \(known); others are files in languages/ beside config.yaml")
            problems.append("\(missing)")
            return Language(name: name, phrases: [:])
        }
        let file = LanguageFile(yaml: text, path: path)
        problems += file.problems
        return Language(name: name, phrases: file.phrases, counts: file.counts, plural: file.plural)
    }
}

extension YAMLEditor.Value {
    init(_ value: SettingChange.Value) {
        switch value {
        case .text(let text): self = .text(text)
        case .flag(let isSet): self = .flag(isSet)
        case .number(let number): self = .number(number)
        case .list(let texts): self = .list(texts)
        }
    }
}
