import Engine
import Terminal

/// Pulling, pushing, and looking into registries.
extension DashboardState {
    mutating func toggleTransfers() {
        transfers.isShown.toggle()
        transfers.scroll = 0
    }

    /// Leaves at once, unless something would be cut off.
    mutating func quit() -> [Effect] {
        let running =
            transfers.running.map { words("\(words(for: $0.request.verb)) of \($0.request.reference)") }
            + (builds.running.map { [words("build of \($0.title)")] } ?? [])
        let ended = PaneList.all.flatMap { $0.losses(self) }
        let copying = self[BrowserPane.self].copying
        guard !running.isEmpty || !ended.isEmpty || copying != nil else { return [.quit] }
        let phrases =
            (running.isEmpty ? [] : [words("The \(Self.names(running)) is stopped; the next one goes on from there.")])
            + (copying.map { [words("The copy of \($0.name) is stopped, and what was copied of it taken away.")] } ?? [])
            + (ended.isEmpty ? [] : [words("The \(Self.names(ended)) is ended, with what runs in it.")])
        dialog = .question(
            words("Quit?"), phrases,
            [ChoiceDialog.Item(label: words("Quit"), choice: .quit, isDangerous: true)])
        return []
    }

    // MARK: Asking

    mutating func askPull(_ name: String = "") {
        openPrompt(.pullName)
        prompt?.line = TextLine(name)
    }

    mutating func askTag() {
        guard let image = selectedImage else { return tell(.information, words("no image is selected")) }
        openPrompt(.tagName(image.id))
    }

    mutating func askPush() {
        guard let image = selectedImage else { return tell(.information, words("no image is selected")) }
        openPrompt(.pushName(image.id))
    }

    mutating func showUsers() {
        guard let image = selectedImage else { return tell(.information, words("no image is selected")) }
        guard imageList.users[image.id] != nil else {
            return tell(.information, words("no container is made from \(ImagesState.name(of: image))"))
        }
        let name = ImagesState.name(of: image)
        showContainers(name.hasSuffix(":latest") ? String(name.dropLast(7)) : name)
    }

    /// Enter in a line that asks for an image's name.
    mutating func submitName(_ purpose: Prompt.Purpose, _ name: String) -> [Effect] {
        guard !name.isEmpty else {
            tell(
                .information,
                purpose == .searchRegistry ? words("a search needs a word") : words("an image needs a name"))
            return []
        }
        switch purpose {
        case .pullName:
            transfers.awaited = nil
            return begin(.pull, name)
        case .searchRegistry: return lookUp(name, tags: false)
        case .tagName(let id):
            guard let image = imageList.all.first(where: { $0.id == id }) else { return gone() }
            return [.tagImage(Effect.ImageTarget(image), name)]
        case .pushName(let id):
            guard let image = imageList.all.first(where: { $0.id == id }) else { return gone() }
            let text = image.tags.contains(name) ? [] : [words("It gets that name here, too.")]
            dialog = .question(
                words("Push \(name)?"), text + [words("Whoever may read that repository can fetch it then.")],
                [ChoiceDialog.Item(label: words("Push"), choice: .push(id, name))])
            return []
        default: return []
        }
    }

    private mutating func gone() -> [Effect] {
        tell(.failure, words("the image is gone"))
        return []
    }

    mutating func push(_ id: ImageID, as reference: String) -> [Effect] {
        guard let image = imageList.all.first(where: { $0.id == id }) else { return gone() }
        return begin(.push(tagging: image.tags.contains(reference) ? nil : id), reference)
    }

    private mutating func begin(_ kind: Transfer.Request.Kind, _ reference: String) -> [Effect] {
        let running = transfers.running
        guard running.count < TransfersState.most else {
            tell(.failure, words("\(running.count) transfers are under way already; wait for one of them, or stop one"))
            return []
        }
        guard !running.contains(where: { $0.request.reference == reference && $0.request.kind == kind }) else {
            transfers.isShown = true
            tell(.information, words("that is under way already"))
            return []
        }
        let request = transfers.begin(kind, reference)
        transfers.isShown = true
        transfers.scroll = 0
        return [.transfer(request)]
    }

    // MARK: Registries

    /// Tab in the line that asks what to pull.
    mutating func lookUp(_ text: String, tags: Bool) -> [Effect] {
        let name = text.split(separator: " ").joined(separator: " ")
        guard !name.isEmpty else {
            tell(
                .information,
                tags ? words("first a repository's name, then its tags") : words("first a word, then the search for it")
            )
            return []
        }
        transfers.awaited = name
        tell(.information, tags ? words("asking for the tags of \(name)") : words("searching for \(name)"))
        return [tags ? .remoteTags(name) : .searchRegistry(name)]
    }

    /// More tags than anybody reads.
    private static let mostTags = 1000

    mutating func receiveTransfers(_ message: Message) -> [Effect] {
        switch message {
        case .transfer(let id, let report): transfers.change(id) { $0.report = report }
        case .transferEnded(let id, let result): return end(id, result)
        case .found(let term, .success(let found)):
            offer(
                term, words("Found for \(term)"), found.isEmpty ? words("nothing is found for \(term)") : nil,
                found.map { item($0) })
        case .remoteTags(let name, .success(let tags)):
            let base = Self.repository(name)
            let items = tags.prefix(Self.mostTags).map {
                ChoiceDialog.Item(label: $0, choice: .askPull("\(base):\($0)"))
            }
            offer(name, words("Tags of \(base)"), tags.isEmpty ? words("\(base) has no tags") : nil, items)
        case .found(let term, .failure(let error)): tell(.failure, words("cannot search for \(term): \(error)"))
        case .remoteTags(let name, .failure(let error)):
            tell(.failure, words("cannot list the tags of \(name): \(error)"))
        default: break
        }
        return []
    }

    private func item(_ repository: FoundRepository) -> ChoiceDialog.Item {
        let note =
            repository.isOfficial
            ? words("\(repository.stars) stars, official") : words("\(repository.stars) stars")
        return ChoiceDialog.Item(label: repository.name, note: note, choice: .askPull(repository.name))
    }

    /// Shows what a registry answered to whoever still asks.
    private mutating func offer(
        _ asked: String, _ title: String, _ nothing: String?, _ items: [ChoiceDialog.Item]
    ) {
        guard transfers.awaited == asked, dialog == nil, form == nil else { return }
        transfers.awaited = nil
        if let nothing { return tell(.information, nothing) }
        notice = nil
        dialog = ChoiceDialog(kind: .list, title: title, items: items)
    }

    /// The name without its tag or digest.
    static func repository(_ name: String) -> String {
        let plain = name.split(separator: "@", maxSplits: 1).first.map(String.init) ?? name
        guard let colon = plain.lastIndex(of: ":"), !plain[colon...].contains("/") else { return plain }
        return String(plain[..<colon])
    }

    // MARK: Ends

    private mutating func end(_ id: Int, _ result: Result<String, EngineError>) -> [Effect] {
        guard let transfer = transfers.all.first(where: { $0.id == id }) else { return [] }
        let what = "\(words(for: transfer.request.verb)) \(transfer.request.reference)"
        switch result {
        case .success(let phrases):
            transfers.change(id) { $0.phase = .done(phrases) }
            tell(.success, phrases)
        case .failure(let error) where error.code == .cancelled || transfer.phase == .stopping:
            transfers.change(id) { $0.phase = .stopped }
            tell(.information, words("\(what): stopped"))
        case .failure(let error):
            transfers.change(id) { $0.phase = .failed(Format.shorteningDigests("\(error)")) }
            // Most engines say themselves what they could not do.
            tell(
                .failure,
                error.message.hasPrefix("cannot \(transfer.request.verb)")
                    ? "\(error)" : words("cannot \(what): \(error)"))
        }
        return [.loadImages]
    }

    // MARK: The panel

    /// `nil`: the key is none of the panel's.
    mutating func pressInTransfers(_ key: Key) -> [Effect]? {
        switch key {
        case .character("d"), .delete: return stopSelected()
        case .character("c"):
            transfers.forgetEnded()
            return []
        default: break
        }
        switch keys.action(for: key.mapName, in: .images) {
        case .up: transfers.select(transfers.selected - 1)
        case .down: transfers.select(transfers.selected + 1)
        case .top: transfers.select(0)
        case .bottom: transfers.select(.max)
        case .detailUp, .pageUp: transfers.scroll = max(0, transfers.scroll - 1)
        case .detailDown, .pageDown: transfers.scroll = min(transfers.scroll + 1, TransferReport.blobLimit)
        case .back, .transfers, .open: transfers.isShown = false
        case .pull: askPull()
        // All views stay within reach.
        case .help, .redraw, .suspend, .quit: return nil
        case .overview, .containers, .images, .volumes, .networks, .graphs, .logs, .details, .builds:
            transfers.isShown = false
            return nil
        default: break
        }
        return []
    }

    mutating func pressInTransfers(_ target: HitTarget?) -> [Effect] {
        switch target {
        case .transferRow(let place): transfers.select(place)
        case .transferStop: return stopSelected()
        case .transferForget: transfers.forgetEnded()
        case .overlay: break
        default: transfers.isShown = false
        }
        return []
    }

    private mutating func stopSelected() -> [Effect] {
        guard transfers.all.indices.contains(transfers.selected) else { return [] }
        let transfer = transfers.all[transfers.selected]
        guard transfer.phase == .running else { return [] }
        transfers.change(transfer.id) { $0.phase = .stopping }
        return [.stopTransfer(transfer.id)]
    }
}

extension Effect.ImageTarget {
    init(_ image: Image) { self.init(id: image.id, name: ImagesState.name(of: image), tags: image.tags) }
}
