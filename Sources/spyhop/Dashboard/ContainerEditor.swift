import Dashboard
import Engine
import Glibc
import LinuxSystem

/// Lets a person edit a file of a container with his own editor: the file is copied out to a place that nobody else sees, and
/// written back only when it was changed.
struct ContainerEditor: Sendable {
    let environment: ProcessEnvironment
    let engine: @Sendable () throws -> any ContainerEngine

    /// Nobody edits a larger one by hand.
    private static let largest: Int64 = 64 << 20

    /// Copies the file out, runs the editor, writes back what was changed.
    func edit(_ edit: FileEdit) async -> FileEditOutcome {
        let name = printable(edit.path.text)
        let words: [String]
        let place: String
        do {
            words = try editor()
            place = try privateDirectory()
        } catch { return .failed("cannot edit \(name): \(error)", draft: nil) }
        let draft = place + "/" + Self.safeName(edit.path)
        do {
            let engine = try engine()
            let version = try await copyOut(edit, to: draft, engine)
            let before = try Files.read(draft, limit: Int(Self.largest))
            let code = try await ChildProcess.run(words + [draft])
            guard try Files.read(draft, limit: Int(Self.largest)) != before else {
                try? Files.removeTree(place)
                return code == 0 ? .unchanged : .failed("\(words[0]) ended with exit code \(code)", draft: nil)
            }
            return await write(draft, back: edit, expecting: version)
        } catch {
            // What was typed before it went wrong is worth keeping.
            let isThere = Files.exists(draft)
            if !isThere { try? Files.removeTree(place) }
            return .failed("cannot edit \(name): \(error)", draft: isThere ? draft : nil)
        }
    }

    /// Writes a draft over whatever the file is by now.
    func overwrite(_ edit: FileEdit, _ draft: String) async -> FileEditOutcome {
        await write(draft, back: edit, expecting: nil)
    }

    private func write(_ draft: String, back edit: FileEdit, expecting version: FileVersion?) async -> FileEditOutcome {
        do {
            let engine = try engine()
            let file = try OwnedDescriptor.open(draft)
            do {
                _ = try await engine.replaceFile(
                    edit.path, in: edit.container.rawValue, fromDescriptor: file.rawValue, expecting: version)
            } catch let error as EngineError where error.code == .conflict && version != nil {
                let present = try await engine.readFile(edit.path, in: edit.container.rawValue, from: 0, count: 0)
                // Something else may stand in the way, which writing over it would not change.
                guard present.version != version else { throw error }
                return .conflict(draft: draft)
            }
            try? Files.removeTree(Files.directory(of: draft))
            return .written
        } catch { return .failed("cannot write \(printable(edit.path.text)): \(error)", draft: draft) }
    }

    private func copyOut(_ edit: FileEdit, to draft: String, _ engine: any ContainerEngine) async throws -> FileVersion
    {
        let reference = edit.container.rawValue
        let size = try await engine.readFile(edit.path, in: reference, from: 0, count: 0).version.size
        guard size <= Self.largest else {
            throw EngineError(
                .invalidArgument, "it has \(size >> 20) MiB, and \(Self.largest >> 20) are the most",
                hint: "save it on this machine and edit it there")
        }
        let file = try OwnedDescriptor.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        let version = try await engine.readFile(edit.path, in: reference, toDescriptor: file.rawValue)
        try file.close()
        return version
    }

    /// `$VISUAL`, `$EDITOR`, or what most machines have; the program by its path.
    private func editor() throws -> [String] {
        for variable in ["VISUAL", "EDITOR"] {
            guard let line = environment.value(variable), !line.isEmpty else { continue }
            guard let words = ShellWords.split(line), let first = words.first else {
                throw EngineError(.invalidArgument, "$\(variable) is no command line: \(line)")
            }
            guard let path = find(first) else {
                throw EngineError(.notFound, "$\(variable) names \(first), which is not here")
            }
            return [path] + words.dropFirst()
        }
        for name in ["sensible-editor", "vi", "nano"] {
            if let path = find(name) { return [path] }
        }
        throw EngineError(.notFound, "there is no editor here", hint: "set EDITOR")
    }

    private func find(_ name: String) -> String? {
        if name.contains("/") { return access(name, X_OK) == 0 ? environment.absolute(name) : nil }
        return InstalledProgram.find(name, searchPath: environment.value("PATH"))
    }

    private func privateDirectory() throws -> String {
        let named = ["XDG_RUNTIME_DIR", "TMPDIR"].compactMap { environment.value($0) }
        let parent: String = named.first { !$0.isEmpty && access($0, W_OK) == 0 } ?? "/tmp"
        var template = Array("\(parent)/spyhop-edit-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw EngineError(.system, "cannot make a directory in \(parent): \(SystemError.words(errno))")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The file's name, so that the editor knows its kind, without what could mean something to it or to a terminal.
    static func safeName(_ path: ContainerPath) -> String {
        let name = (path.name ?? []).map { byte -> Character in
            let isHarmless =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x2E || byte == 0x5F || byte == 0x2D
            return isHarmless ? Character(UnicodeScalar(byte)) : "_"
        }
        let text = String(name.suffix(100))
        return text.isEmpty || text.hasPrefix("-") || text == "." || text == ".." ? "file" + text : text
    }
}
