import Engine
import Terminal

/// What is done to files, and what comes back.
extension BrowserPane {
    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        if action == .browser {
            guard let container = state.selected else {
                state.tell(.information, words("no container is selected"))
                return []
            }
            let own = state[BrowserPane.self]
            let path = own.container == container.id ? own.path : .root
            return show(container.id, container.name, at: path, choosing: own.list.selected?.name, &state)
        }
        guard state.focus == pane else { return nil }
        switch action {
        case .fileUp: return up(&state)
        case .fileGo: state.ask(pane, BrowserWord.go, words("go to"), text: state[BrowserPane.self].path.text)
        case .fileOrder: state[BrowserPane.self].list.stepOrder()
        case .fileHidden: state[BrowserPane.self].list.toggleHidden()
        case .fileAgain:
            return list(state[BrowserPane.self].path, choosing: state[BrowserPane.self].list.selected?.name, &state)
        case .fileCopy: return selectedPath(state[BrowserPane.self]).map { state.copy($0.text) } ?? []
        case .fileHex: state[BrowserPane.self].viewer?.toggleHex()
        case .fileWrap: state[BrowserPane.self].viewer?.toggleWrap()
        case .fileStop:
            guard state[BrowserPane.self].viewer?.isSearching == true else { return stopCopy(&state) }
            state[BrowserPane.self].viewer?.isSearching = false
            state.tell(.information, words("searching is stopped"))
            return [.endErrand(pane, slot: SearchFile.place)]
        case .fileEdit: return edit(&state)
        case .fileDownload: askDownload(&state)
        case .fileUpload:
            guard !state.refuseIfReadOnly(words("bring files into a container")) else { return [] }
            state.ask(pane, BrowserWord.upload(state[BrowserPane.self].path), words("file of this machine"))
        case .fileMakeDirectory:
            guard !state.refuseIfReadOnly(words("make directories")) else { return [] }
            state.ask(pane, BrowserWord.makeDirectory, words("new directory's name"))
        case .fileRename: askRename(&state)
        case .remove: askRemove(&state)
        default: return nil
        }
        return []
    }

    private static func edit(_ state: inout DashboardState) -> [Effect] {
        let own = state[BrowserPane.self]
        guard let container = own.container, let path = selectedPath(own) else { return [] }
        guard own.viewer != nil || own.list.selected?.leadsToFile == true else {
            state.tell(.information, words("this is no file that could be edited"))
            return []
        }
        guard !state.refuseIfReadOnly(words("edit files")) else { return [] }
        return [.terminal(PaneErrand(pane: pane, errand: EditFile(edit: FileEdit(container: container, path: path))))]
    }

    private static func askDownload(_ state: inout DashboardState) {
        guard let path = selectedPath(state[BrowserPane.self]) else { return }
        state.ask(pane, BrowserWord.download(path), words("into which directory of this machine"), text: ".")
    }

    private static func askRename(_ state: inout DashboardState) {
        guard state[BrowserPane.self].viewer == nil, let path = selectedPath(state[BrowserPane.self]) else { return }
        guard !state.refuseIfReadOnly(words("rename files")) else { return }
        state.ask(
            pane, BrowserWord.rename(path), words("new name or path"), text: path.isText ? path.nameText : "")
    }

    private static func askRemove(_ state: inout DashboardState) {
        let own = state[BrowserPane.self]
        guard own.viewer == nil, let container = own.container, let file = own.list.selected,
            let path = own.path.appending(file.name)
        else { return }
        guard !state.refuseIfReadOnly(words("remove files")) else { return }
        let isDirectory = file.kind == .directory
        let text = [
            SafeText.string(path.bytes), words("in \(own.name)"),
            isDirectory ? words("With all that is in it; there is no way back.") : words("There is no way back."),
        ]
        let word = BrowserWord.change(ChangeFiles(container: container, change: .remove(path)))
        state.dialog = .question(
            isDirectory
                ? words("Remove this directory?")
                : file.link == nil ? words("Remove this file?") : words("Remove this link?"), text,
            [ChoiceDialog.Item(label: words("Remove"), choice: .tell(pane, PaneWord(word)), isDangerous: true)])
    }

    // MARK: What was said

    static func hear(_ word: PaneWord, _ state: inout DashboardState) -> [Effect] {
        switch word.value as? BrowserWord {
        case .change(let errand):
            guard !state.refuseIfReadOnly(words("change files")) else { return [] }
            return [.errand(pane, errand)]
        case .overwrite(let errand):
            guard !state.refuseIfReadOnly(words("change files")) else { return [] }
            return [.errand(pane, errand)]
        default: return []
        }
    }

    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect] {
        guard let word = word.value as? BrowserWord, let container = state[BrowserPane.self].container else {
            return []
        }
        func change(_ change: ChangeFiles.Change) -> [Effect] {
            [.errand(pane, ChangeFiles(container: container, change: change))]
        }
        switch word {
        case .filter:
            state[BrowserPane.self].list.setFilter(text)
            return []
        case .search:
            state[BrowserPane.self].viewer?.needle = text
            guard !text.isEmpty, let viewer = state[BrowserPane.self].viewer else { return [] }
            return search(viewer, from: viewer.isHex ? viewer.hexTop : viewer.anchor.line, 1, &state)
        default: break
        }
        guard isFinal, !text.isEmpty else { return [] }
        switch word {
        case .go: return list(path(text, state), &state)
        case .makeDirectory: return change(.makeDirectory(path(text, state)))
        case .rename(let old):
            let new = path(text, state)
            return new == old ? [] : change(.rename(old, new))
        case .download(let path):
            let errand = ChangeFiles(container: container, change: .download(path, to: text))
            return beginCopy(errand, called: printable(path.nameText), &state)
        case .upload(let directory):
            let errand = ChangeFiles(container: container, change: .upload(text, directory))
            return beginCopy(errand, called: printable(text), &state)
        case .filter, .search, .change, .overwrite: return []
        }
    }

    /// A path as it was typed: from the root, or from the directory that is shown.
    private static func path(_ text: String, _ state: DashboardState) -> ContainerPath {
        let typed = ContainerPath(text)
        return text.hasPrefix("/") ? typed : typed.behind(state[BrowserPane.self].path)
    }

    // MARK: What comes back

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        if let found = answer as? SearchFile.Answer { return receive(found, &state) }
        guard let answer = answer as? BrowserAnswer else { return [] }
        switch answer {
        case .listed(let container, let path, let name, let result):
            guard container == state[BrowserPane.self].container else { return [] }
            receive(path, name, result, &state)
        case .stretch(let path, let result):
            guard path == state[BrowserPane.self].viewer?.path else { return [] }
            let (width, height) = room(state)
            switch result {
            case .success(let stretch):
                state[BrowserPane.self].viewer?.take(stretch, width: width, height: height)
            case .failure(let error):
                state[BrowserPane.self].viewer?.failure = error
                state[BrowserPane.self].viewer?.awaited = nil
            }
        case .edited(let edit, let outcome): return receive(edit, outcome, &state)
        case .copying(let errand, let progress): receive(progress, of: errand, &state)
        case .copied(let errand, let result, let name):
            var failure: String?
            if case .failure(let error) = result { failure = "\(error)" }
            endCopy(errand, failure, &state)
            return receive(.changed(result, choosing: name) as BrowserAnswer, &state)
        case .changed(let result, let name):
            switch result {
            case .success(let phrases): state.tell(.success, phrases)
            case .failure(let error): state.tell(.failure, "\(error)")
            }
            let own = state[BrowserPane.self]
            return list(own.path, choosing: name ?? own.list.selected?.name, &state)
        }
        return []
    }

    private static func receive(
        _ path: ContainerPath, _ name: [UInt8]?, _ result: Result<DirectoryContent, EngineError>,
        _ state: inout DashboardState
    ) {
        state[BrowserPane.self].isReading = false
        switch result {
        case .success(let content):
            let isSame = state[BrowserPane.self].path == path && state[BrowserPane.self].isLoaded
            state[BrowserPane.self].path = path
            state[BrowserPane.self].isLoaded = true
            state[BrowserPane.self].failure = nil
            if !isSame {
                state[BrowserPane.self].list.setFilter("")
                state[BrowserPane.self].list.select(0)
            }
            state[BrowserPane.self].list.take(content, choosing: name)
        case .failure(let error):
            // Where one was stays on the screen.
            if state[BrowserPane.self].isLoaded {
                state.tell(.failure, "\(error)")
            } else {
                state[BrowserPane.self].failure = error
            }
        }
    }

    private static func receive(
        _ edit: FileEdit, _ outcome: FileEditOutcome, _ state: inout DashboardState
    ) -> [Effect] {
        let name = printable(edit.path.text)
        switch outcome {
        case .unchanged: state.tell(.information, words("\(name) was not changed"))
        case .written: state.tell(.success, words("wrote \(name)"))
        case .failed(let why, let draft):
            state.tell(.failure, why + (draft.map { words("; your text is in \(printable($0))") } ?? ""))
        case .conflict(let draft):
            let word = BrowserWord.overwrite(WriteDraft(edit: edit, draft: draft))
            state.dialog = .question(
                words("Write over what somebody else has changed?"),
                [
                    words("\(SafeText.string(edit.path.bytes)) is not what it was when you began to edit it."),
                    words("Your text is in \(draft)"),
                ],
                [ChoiceDialog.Item(label: words("Overwrite"), choice: .tell(pane, PaneWord(word)), isDangerous: true)])
            return []
        }
        if let viewer = state[BrowserPane.self].viewer, viewer.path == edit.path {
            state[BrowserPane.self].viewer = FileViewer(edit.path)
        }
        return list(state[BrowserPane.self].path, choosing: edit.path.name, &state)
    }

    private static func receive(_ answer: SearchFile.Answer, _ state: inout DashboardState) -> [Effect] {
        guard let viewer = state[BrowserPane.self].viewer else { return [] }
        switch answer {
        case .progress(let path, let place) where path == viewer.path:
            state[BrowserPane.self].viewer?.searched = place
        case .found(let path, let place) where path == viewer.path:
            state[BrowserPane.self].viewer?.isSearching = false
            if let place {
                state[BrowserPane.self].viewer?.go(to: place)
            } else {
                state.tell(.information, words("'\(viewer.needle)' is nowhere further"))
            }
        case .failed(let path, let error) where path == viewer.path:
            state[BrowserPane.self].viewer?.isSearching = false
            state.tell(.failure, "\(error)")
        default: break
        }
        return []
    }
}
