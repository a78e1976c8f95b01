import Dockerfile
import Engine
import Images
import LinuxSystem
import OCI

/// What COPY or ADD say once their variables are replaced.
struct ExpandedCopy: Sendable {
    /// Paths, patterns, URLs.
    var paths: [String] = []
    /// Here-documents.
    var documents: [(name: String, bytes: [UInt8])] = []
    /// Absolute; a slash at its end says that it is a directory.
    var destination = "/"
    /// `--chown`.
    var owner = ""
    /// `--chmod`.
    var mode: String?
    /// `--exclude`.
    var excludes: [String] = []
    /// `--checksum`.
    var checksum: String?
    /// As history shows it.
    var text = ""
}

extension StageRunner {
    /// COPY or ADD.
    mutating func carryOut(_ copy: FileCopy, isAdd: Bool, _ step: Step) async throws {
        let expanded = try expand(copy, isAdd: isAdd)
        let link = copy.link
        // A linked layer does not depend on what is below, unless a name is to be looked up there.
        let below = link && Ownership.isNumeric(expanded.owner) ? [] : state.diffIDs
        var quick: Digest?
        var sources: [AddedSource] = []
        if let from = copy.from {
            let origin = try await run.origin(from, from: planned.stage.index, platform: state.platform)
            sources = expanded.paths.map { .files(origin, pattern: $0) }
        } else {
            for path in expanded.paths {
                sources.append(try AddedSource(path, isAdd: isAdd, context: run.context.origin))
            }
        }
        try check(expanded.checksum, sources)
        quick = quickKey(copy, expanded, sources, isAdd: isAdd, below: below)
        let name = shownName(step)
        if let quick, let found = cached(quick) { return take(found, expanded.text, step, name: name) }
        run.reporter.begin(step.id, name: name)
        var job = CopyJob(
            store: run.store, sources: try await files(sources, expanded, copy, isAdd: isAdd, step: step.id),
            destination: expanded.destination, owner: try await owner(expanded.owner, step: step.id),
            mode: expanded.mode)
        job.link = link
        job.parents = copy.parents
        job.excludes = expanded.excludes
        try await addCopy(job, quick: quick, below: link ? [] : state.diffIDs, text: expanded.text, step, name: name)
    }

    /// Makes the layer of a copy, or finds it by what is copied.
    ///
    /// - Parameters:
    ///   - quick: a key that needs no look at files; `nil` when there is none.
    ///   - below: digests of the layers that the result depends on.
    mutating func addCopy(
        _ job: CopyJob, quick: Digest?, below: [Digest], text: String, _ step: Step, name: String? = nil
    ) async throws {
        let name = name ?? run.reporter.step(step.id).name
        var key = key("copy", below: below)
        let content = try await run.gate.run { try await runOnOwnThread { try job.digest() } }
        key.add(content.hex)
        key.add(job.destination)
        key.add(job.owner.map { "\($0.uid):\($0.gid)" })
        key.add(job.mode)
        key.add("\(job.link) \(job.parents)")
        key.add(job.excludes)
        for source in job.sources { key.add(source.unpacks ? "unpack" : "") }
        if let found = cached(key.digest) {
            if let quick {
                let record = found.record
                // Next time nobody has to look at the files.
                if case .here(let layer) = found.layer {
                    run.cache.keep(
                        CachedStep(
                            key: quick, layer: layer, instruction: record.instruction, createdAt: record.createdAt))
                }
            }
            return take(found, text, step, name: name)
        }
        run.reporter.begin(step.id, name: name)
        let layers = try await run.here(job.link ? [] : state.layers, step: step.id)
        let (change, epoch) = (run.change, run.epoch)
        let (layer, isSame) = try await run.gate.run {
            try await runOnOwnThread {
                let draft = try change.makeDraft()
                try job.perform(on: layers, in: draft)
                // Somebody may have written to the files meanwhile: what was copied is then not what the key says.
                let isSame = try job.digest() == content
                return (try change.commit(draft, epoch: epoch), isSame)
            }
        }
        let keys = [key.digest] + (quick.map { [$0] } ?? [])
        take(made: layer, text, step, keys: isSame ? keys : [], name: name)
    }

    // MARK: - Words

    private func expand(_ copy: FileCopy, isAdd: Bool) throws(EngineError) -> ExpandedCopy {
        var expanded = ExpandedCopy()
        expanded.owner = try copy.owner.map { text throws(EngineError) in try word(text) } ?? ""
        expanded.mode = try copy.mode.map { text throws(EngineError) in try word(text) }
        expanded.checksum = try copy.checksum.map { text throws(EngineError) in try word(text) }
        for pattern in copy.excludes { expanded.excludes.append(try word(pattern)) }
        var text = isAdd ? "ADD" : "COPY"
        if copy.parents { text += " --parents" }
        if !expanded.owner.isEmpty { text += " --chown=\(expanded.owner)" }
        if let mode = expanded.mode { text += " --chmod=\(mode)" }
        for source in copy.sources {
            switch source {
            case .path(let path):
                let path = try word(path)
                expanded.paths.append(path)
                text += " \(path)"
            case .hereDocument(let document):
                let bytes = Array(try content(document).utf8)
                let name = try word(document.name)
                expanded.documents.append((name, bytes))
                text += " <<\(name)"
            }
        }
        let destination = try word(copy.destination)
        expanded.destination = ContainerPath.destination(destination, from: state.workingDirectory)
        expanded.text = "\(text) \(destination)"
        return expanded
    }

    private func content(_ document: HereDocument) throws(EngineError) -> String {
        guard document.expands else { return document.content }
        do throws(WordError) {
            return try surroundings.expansion.hereDocument(document.content, state.variable)
        } catch {
            throw EngineError(.invalidArgument, error.message)
        }
    }

    private func check(_ checksum: String?, _ sources: [AddedSource]) throws(EngineError) {
        guard checksum != nil else { return }
        guard sources.count == 1, let source = sources.first else {
            throw EngineError(.invalidArgument, "checksum can't be specified for multiple sources")
        }
        guard source.isRemote else { throw EngineError(.invalidArgument, "checksum requires HTTP(S) or Git sources") }
    }

    /// A key of what is known without looking at files: layers, and what is fetched by its checksum. `nil` when a context or
    /// something fetched without one is among the sources.
    private func quickKey(
        _ copy: FileCopy, _ expanded: ExpandedCopy, _ sources: [AddedSource], isAdd: Bool, below: [Digest]
    ) -> Digest? {
        var key = key("quick copy", below: below)
        for source in sources {
            switch source {
            case .files(.layers(let layers), let pattern):
                key.add(layers.map(\.diffID))
                key.add(pattern)
            case .files: return nil
            case .url(let text), .git(_, let text):
                guard let checksum = expanded.checksum else { return nil }
                key.add(text)
                key.add(checksum)
            }
        }
        for document in expanded.documents {
            key.add(document.name)
            key.add(document.bytes)
        }
        key.add(expanded.destination)
        key.add(expanded.owner)
        key.add(expanded.mode)
        key.add(expanded.excludes)
        key.add("\(copy.link) \(copy.parents) \(copy.keepGitDirectory) \(copy.unpack.map(String.init) ?? "-") \(isAdd)")
        return key.digest
    }

    private func owner(_ text: String, step: Int) async throws -> FileOwner? {
        guard !text.isEmpty else { return nil }
        if Ownership.isNumeric(text) { return try Ownership.resolve(text, in: [], of: run.store) }
        let layers = try await run.here(state.layers, step: step)
        let store = run.store
        return try await runOnOwnThread { try Ownership.resolve(text, in: layers, of: store) }
    }

    // MARK: - Sources

    private func files(
        _ sources: [AddedSource], _ expanded: ExpandedCopy, _ copy: FileCopy, isAdd: Bool, step: Int
    ) async throws -> [CopySource] {
        var found: [CopySource] = []
        for source in sources {
            switch source {
            case .files(.files(let origin), let pattern):
                found.append(.files(origin, pattern: pattern, unpack: copy.unpack ?? isAdd))
            case .files(.layers(let layers), let pattern):
                let here = try await run.here(layers, step: step)
                found.append(.files(.layers(here), pattern: pattern, unpack: copy.unpack ?? isAdd))
            case .url(let url):
                let download = try await run.download(url, checksum: expanded.checksum)
                found.append(.fetched(download.file, path: download.path, unpack: copy.unpack ?? false))
            case .git(let git, _):
                var git = git
                git.agent = run.request.sshAgents["default"]
                let path = try await run.checkOut(
                    git, checksum: expanded.checksum, keepsGitDirectory: copy.keepGitDirectory)
                // A directory within is resolved as within a root: a link in the repository leads nowhere else.
                found.append(
                    git.subdirectory.isEmpty
                        ? .tree(path: path)
                        : .files(
                            .directory(path: path, ignore: nil, memory: nil), pattern: git.subdirectory, unpack: false))
            }
        }
        return found + expanded.documents.map { .text(name: $0.name, bytes: $0.bytes) }
    }
}

extension CopySource {
    fileprivate var unpacks: Bool {
        switch self {
        case .files(_, _, let unpack), .fetched(_, _, let unpack): unpack
        case .text, .tree: false
        }
    }
}
