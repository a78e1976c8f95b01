import Engine

/// What the engine answers about images, registries and new containers.
extension EffectAnswers {
    func imageMessages(for effect: Effect) async -> [Message] {
        switch effect {
        case .removeImages(let targets, let force): return [.imagesRemoved(await remove(targets, force: force))]
        case .pruneImages(let targets): return [.imagesRemoved(await prune(targets))]
        case .tagImage(let image, let name):
            switch await result({ try await engine.tag(image.id.rawValue, as: name) }) {
            case .success: return [.imageTagged(image, name, nil)]
            case .failure(let error): return [.imageTagged(image, name, error)]
            }
        case .loadShares: return [.shares(await result { ImageShare.all(in: try await engine.imageTree()) })]
        case .explore(let id):
            async let history = result { try await engine.imageHistory(id.rawValue) }
            let files = await result { ImageFiles(try await engine.imageLayers(id.rawValue)) }
            return [.imageHistory(id, await history), .imageFiles(id, files)]
        case .prepareFiles(let request): return request.prepared().map { [.filesPrepared(request, $0)] } ?? []
        case .searchRegistry(let term):
            return [.found(term, await result { try await engine.search(RegistrySearch(term: term)) })]
        case .remoteTags(let name):
            return [.remoteTags(name, await result { try await engine.remoteTags(name) })]
        case .run(let form): return [.ran(await run(form))]
        default: return []
        }
    }

    private func remove(_ targets: [Effect.ImageTarget], force: Bool) async -> [Message.ImageOutcome] {
        var outcomes: [Message.ImageOutcome] = []
        for target in targets {
            var failure: EngineError?
            do { _ = try await engine.removeImage(target.id.rawValue, force: force) } catch {
                failure = Self.engineError(error)
            }
            outcomes.append(Message.ImageOutcome(id: target.id, name: target.name, error: failure))
        }
        return outcomes
    }

    /// Name by name: force would take images from containers that have come meanwhile.
    private func prune(_ targets: [Effect.ImageTarget]) async -> [Message.ImageOutcome] {
        var outcomes: [Message.ImageOutcome] = []
        for target in targets {
            var failure: EngineError?
            for reference in target.tags.isEmpty
                ? [target.id.rawValue]
                : target.tags.map({ tag in
                    EngineReference.text(tag, in: EngineReference(target.id.rawValue).engine)
                })
            {
                do { _ = try await engine.removeImage(reference, force: false) } catch {
                    failure = failure ?? Self.engineError(error)
                }
            }
            outcomes.append(Message.ImageOutcome(id: target.id, name: target.name, error: failure))
        }
        return outcomes
    }

    // MARK: Transfers

    /// Does it, and says in a sentence what has come of it.
    func carryOut(
        _ request: Transfer.Request, progress: @escaping TransferProgress
    ) async -> Result<String, EngineError> {
        switch request.kind {
        case .pull:
            return await result {
                let images = try await engine.pull(PullRequest(reference: request.reference), progress: progress)
                guard images.count == 1, let image = images.first else {
                    return words("pulled \(Format.count(images.count, "image")) of \(request.reference)")
                }
                return image.isUpToDate ? words("\(image.reference) is up to date") : words("pulled \(image.reference)")
            }
        case .push(let tagging):
            return await result {
                if let tagging { try await engine.tag(tagging.rawValue, as: request.reference) }
                let images = try await engine.push(PushRequest(reference: request.reference), progress: progress)
                return words("pushed \(images.first?.reference ?? request.reference)")
            }
        }
    }

    // MARK: A new container

    private func run(_ form: RunForm) async -> RunOutcome {
        guard let makeSpec else {
            return .failed(EngineError(.unsupported, words("this dashboard cannot read the form")))
        }
        let spec: ContainerSpec
        switch makeSpec(form) {
        case .failure(let refusal): return .refused(refusal.reasons)
        case .success(let made): spec = made
        }
        let id: ContainerID
        do { id = try await engine.create(spec) } catch { return .failed(Self.engineError(error)) }
        do {
            try await engine.start(id.rawValue)
            return .created(id, failure: nil)
        } catch {
            return .created(id, failure: Self.engineError(error))
        }
    }
}
