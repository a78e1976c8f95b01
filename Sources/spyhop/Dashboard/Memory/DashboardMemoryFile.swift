import Dashboard
import Engine
import Glibc
import LinuxSystem
import Synchronization
import Yams

/// `$XDG_STATE_HOME/spyhop/dashboard.yaml`: what the dashboard remembers. Written a moment after a change, in one step;
/// several dashboards share it, and each writes only what was changed in it.
final class DashboardMemoryFile: Sendable {
    private struct Content {
        /// All that this dashboard knows.
        var texts: [String: String] = [:]
        /// What is still to be written.
        var changes: [String: String?] = [:]
        var isDue = false
        var hasTold = false
        var tell: (@Sendable (String) -> Void)?
    }

    /// Where it is; `nil` where the person has no directory for such things, and nothing is kept.
    let path: String?
    private let content = Mutex(Content())
    /// How long changes gather before they are written.
    private let delay: Duration

    init(path: String?, delay: Duration = .milliseconds(400)) {
        self.path = path
        self.delay = delay
    }

    /// In `$XDG_STATE_HOME`, else in `~/.local/state`.
    convenience init(_ environment: ProcessEnvironment) {
        let home = environment.value("HOME") ?? (environment.isRoot ? "/root" : nil)
        let state = environment.value("XDG_STATE_HOME") ?? home.map { $0 + "/.local/state" }
        self.init(path: state.map { environment.absolute($0) + "/spyhop/dashboard.yaml" })
    }

    /// What was remembered, and a sentence when the file was damaged: it is set aside, so that nothing of it is lost.
    func load() -> (memory: DashboardMemory, problem: String?) {
        guard let path, Files.exists(path) else { return (DashboardMemory(), nil) }
        let (texts, problem) = Self.read(path)
        content.withLock { $0.texts = texts }
        return (DashboardMemory(texts), problem)
    }

    /// Keeps a text, or forgets it; on the disk a moment later.
    func remember(_ change: DashboardMemory.Change) {
        guard path != nil else { return }
        let mustBegin = content.withLock { content in
            content.texts[change.key] = change.text
            content.changes.updateValue(change.text, forKey: change.key)
            defer { content.isDue = true }
            return !content.isDue
        }
        guard mustBegin else { return }
        Task.detached {
            try? await Task.sleep(for: self.delay)
            guard let problem = self.write() else { return }
            self.content.withLock { $0.tell }?(problem)
        }
    }

    /// Whom to tell when something cannot be kept.
    func onFailure(_ tell: @escaping @Sendable (String) -> Void) { content.withLock { $0.tell = tell } }

    /// Writes what is still to be written, now. What cannot be written is tried again with the next change.
    /// - Returns: why it could not be written, the first time that it is so.
    @discardableResult
    func write() -> String? {
        guard let path else { return nil }
        return content.withLock { content in
            content.isDue = false
            guard !content.changes.isEmpty else { return nil }
            do throws(SystemError) {
                try Self.merge(content.changes, content.texts, into: path)
                content.changes = [:]
            } catch {
                defer { content.hasTold = true }
                return content.hasTold ? nil : "cannot keep what the dashboard remembers: \(error)"
            }
            return nil
        }
    }

    private static func merge(
        _ changes: [String: String?], _ all: [String: String], into path: String
    ) throws(SystemError) {
        let directory = Files.directory(of: path)
        try Files.makeDirectories(directory, mode: 0o700)
        let lock = try FileLock.ofDirectory(directory)
        defer { withExtendedLifetime(lock) {} }
        // Another dashboard may have written meanwhile; where its words are damaged, this one's stand in for them.
        var texts = all
        if Files.exists(path) {
            let (found, problem) = read(path)
            if problem == nil { texts = found }
        }
        for (key, text) in changes { texts[key] = text }
        let bounded = DashboardMemory(texts).texts
        try Files.writeAtomically(Array(text(bounded).utf8), to: path, mode: 0o600)
    }

    /// The file's text, one line for each key.
    static func text(_ texts: [String: String]) -> String {
        let lines = texts.sorted { $0.key < $1.key }.map {
            "\(YAMLText.quoted($0.key)): \(YAMLText.quoted($0.value))\n"
        }
        return "# What spyhop's dashboard remembers; it writes this file itself.\n" + lines.joined()
    }

    private static func read(_ path: String) -> (texts: [String: String], problem: String?) {
        let text: String
        do throws(SystemError) { text = try Files.readText(path, limit: 8 << 20) } catch {
            guard error.number == EFBIG else { return ([:], "cannot read what the dashboard remembers: \(error)") }
            return ([:], setAside(path, "it is larger than 8 MiB"))
        }
        do throws(EngineError) { return (try parse(text), nil) } catch {
            return ([:], setAside(path, error.message))
        }
    }

    /// Reads the file's text.
    static func parse(_ text: String) throws(EngineError) -> [String: String] {
        let root: Node?
        do { root = try Yams.compose(yaml: text) } catch {
            guard let problem = error as? YamlError, let mark = problem.place else {
                throw EngineError(.invalidArgument, "it is not YAML: \(error)")
            }
            throw EngineError(.invalidArgument, "line \(mark.mark.line) is not YAML: \(mark.words)")
        }
        guard let root else { return [:] }
        guard let mapping = root.mapping else { throw EngineError(.invalidArgument, "it is no map of texts") }
        var texts: [String: String] = [:]
        for (key, value) in mapping {
            guard let key = key.string, let text = value.string else {
                throw EngineError(.invalidArgument, "line \(value.mark?.line ?? 1) is no text")
            }
            texts[key] = text
        }
        return texts
    }

    /// Moves a damaged file out of the way; whoever wants something of it finds it there.
    private static func setAside(_ path: String, _ why: String) -> String {
        let other = "\(path).damaged-\(Clock.realtime() / 1_000_000_000)"
        do throws(SystemError) { try Files.rename(path, to: other) } catch {
            return "\(path) is damaged, \(why), and cannot be set aside: \(error.reason)"
        }
        return "\(path) is damaged: \(why); it was set aside as \(other), and the dashboard begins anew"
    }
}
