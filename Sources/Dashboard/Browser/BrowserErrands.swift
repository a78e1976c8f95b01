import Engine

/// What comes back to the file browser.
enum BrowserAnswer: Sendable {
    case listed(ContainerID, ContainerPath, choosing: [UInt8]?, Result<DirectoryContent, EngineError>)
    case stretch(ContainerPath, Result<FileStretch, EngineError>)
    case edited(FileEdit, FileEditOutcome)
    /// Something was changed: a sentence, or what went wrong; and which name is to be chosen then.
    case changed(Result<String, EngineError>, choosing: [UInt8]?)
    /// The same of a copy; and how far one has come.
    case copied(ChangeFiles, Result<String, EngineError>, choosing: [UInt8]?)
    case copying(ChangeFiles, FileCopyProgress)
}

extension BrowserAnswer: DeedAnswer {
    var failure: String? {
        switch self {
        case .edited(_, .failed(let why, _)): why
        case .edited(_, .conflict): words("somebody else has changed it meanwhile")
        case .changed(.failure(let error), _), .copied(_, .failure(let error), _): error.description
        case .listed, .stretch, .edited, .changed, .copied, .copying: nil
        }
    }
}

/// Lists a directory of a container.
struct ListDirectory: Errand {
    var container: ContainerID
    var path: ContainerPath
    var choosing: [UInt8]?
    var slot: String? { "list" }

    /// Nobody looks through more.
    private static let limit = 50_000

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let result = await services.result {
            try await services.engine.listDirectory(path, in: container.rawValue, limit: Self.limit)
        }
        await answer(BrowserAnswer.listed(container, path, choosing: choosing, result))
    }
}

/// Reads a stretch of a file.
struct ReadStretch: Errand {
    var container: ContainerID
    var path: ContainerPath
    var range: Range<Int64>
    var slot: String? { "stretch" }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let result = await services.result {
            try await services.engine.readFile(
                path, in: container.rawValue, from: range.lowerBound, count: range.count)
        }
        await answer(BrowserAnswer.stretch(path, result))
    }
}

/// Lets a person edit a file; has the terminal meanwhile.
struct EditFile: Errand {
    var edit: FileEdit

    var deed: Deed? {
        Deed(
            verb: phrase("edit"), target: "\(edit.container.short):\(printable(edit.path.text))",
            command: "spyhop cp \(edit.container.short):\(printable(edit.path.text)) .")
    }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let outcome =
            await services.host.editFile?(edit)
            ?? .failed(words("this dashboard knows no way to an editor"), draft: nil)
        await answer(BrowserAnswer.edited(edit, outcome))
    }
}

/// Writes over what somebody else has made of the file meanwhile.
struct WriteDraft: Errand {
    var edit: FileEdit
    var draft: String

    var deed: Deed? {
        let place = "\(edit.container.short):\(printable(edit.path.text))"
        return Deed(verb: phrase("overwrite"), target: place, command: "spyhop cp \(printable(draft)) \(place)")
    }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let outcome =
            await services.host.writeDraft?(edit, draft)
            ?? .failed(words("this dashboard knows no way to write files"), draft: draft)
        await answer(BrowserAnswer.edited(edit, outcome))
    }
}

/// Changes something in a container's file system.
struct ChangeFiles: Errand {
    enum Change: Sendable, Hashable {
        case remove(ContainerPath)
        case makeDirectory(ContainerPath)
        case rename(ContainerPath, ContainerPath)
        case download(ContainerPath, to: String)
        case upload(String, ContainerPath)
    }

    var container: ContainerID
    var change: Change

    /// A copy can be stopped; the rest is done in a moment.
    var slot: String? {
        switch change {
        case .download, .upload: Self.copyPlace
        case .remove, .makeDirectory, .rename: nil
        }
    }

    /// Bringing a file out changes nothing in the container.
    var deed: Deed? {
        let name = container.short
        func text(_ path: ContainerPath) -> String { printable(path.text) }
        switch change {
        case .remove(let path):
            return Deed(
                verb: phrase("remove file"), target: "\(name):\(text(path))",
                command: "spyhop exec \(name) rm -r \(text(path))"
            )
        case .makeDirectory(let path):
            return Deed(
                verb: phrase("make directory"), target: "\(name):\(text(path))",
                command: "spyhop exec \(name) mkdir \(text(path))")
        case .rename(let path, let other):
            return Deed(
                verb: phrase("rename file"), target: "\(name):\(text(path))",
                command: "spyhop exec \(name) mv \(text(path)) \(text(other))")
        case .upload(let file, let path):
            return Deed(
                verb: phrase("upload"), target: "\(name):\(text(path))",
                command: "spyhop cp \(printable(file)) \(name):\(text(path))")
        case .download: return nil
        }
    }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let engine = services.engine
        let reference = container.rawValue
        var choosing: [UInt8]?
        let result: Result<String, EngineError>
        switch change {
        case .remove(let path):
            result = await services.result {
                try await engine.removeFile(path, in: reference)
                return words("removed \(printable(path.text))")
            }
        case .makeDirectory(let path):
            choosing = path.name
            result = await services.result {
                try await engine.makeDirectory(path, in: reference)
                return words("made \(printable(path.text))")
            }
        case .rename(let path, let other):
            choosing = other.name
            result = await services.result {
                try await engine.renameFile(path, to: other, in: reference)
                return words("renamed \(printable(path.nameText)) to \(printable(other.text))")
            }
        case .download(let path, let directory):
            let copied = await services.host.downloadFile?(container, path, directory) { progress in
                await answer(BrowserAnswer.copying(self, progress))
            }
            result = (copied ?? .failure(Self.noWay)).map {
                words("copied \(printable(path.nameText)) to \(printable($0))")
            }
            return await answer(BrowserAnswer.copied(self, result, choosing: path.name))
        case .upload(let file, let path):
            let copied = await services.host.uploadFile?(container, file, path) { progress in
                await answer(BrowserAnswer.copying(self, progress))
            }
            if case .success(let name) = copied { choosing = Array(name.utf8) }
            result = (copied ?? .failure(Self.noWay)).map {
                words("copied \(printable(file)) to \(printable(path.text)) as \(printable($0))")
            }
            return await answer(BrowserAnswer.copied(self, result, choosing: choosing))
        }
        await answer(BrowserAnswer.changed(result, choosing: choosing))
    }

    private static let noWay = EngineError(.unsupported, "this dashboard knows no way to the files of this machine")
}
