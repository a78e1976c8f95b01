import Engine
import Images
import LinuxSystem
import Runtime

/// Images are the image store's business; here they meet the containers that use them, and the events.
extension LocalEngine {
    /// All images, newest first.
    public func images() async throws -> [Image] {
        let store = store
        return try await runOnOwnThread { try store.images() }
    }

    /// The image that `reference` names. See `ImageManaging`.
    public func inspectImage(_ reference: String) async throws -> ImageDetails {
        let store = store
        return try await runOnOwnThread { try store.inspect(reference) }
    }

    /// Reads a docker or OCI archive; returns the names or identifiers loaded.
    public func load(fromDescriptor descriptor: Int32) async throws -> [String] {
        let store = store
        let loaded = try await runOnOwnThread { try store.load(fromDescriptor: descriptor) }
        for name in loaded { emit("load", image: name) }
        return loaded
    }

    /// Reads a directory. See `ImageManaging`.
    public func load(fromDirectory path: String) async throws -> [String] {
        let loaded = try await store.load(fromDirectory: path)
        for name in loaded { emit("load", image: name) }
        return loaded
    }

    /// Makes an image of one layer. See `ImageManaging`.
    public func importRoot(_ source: ImageImport) async throws -> ImageID {
        let store = store
        let id = try await runOnOwnThread { try store.importRoot(source) }
        emit("import", image: id.rawValue, name: source.reference)
        return id
    }

    /// Writes images as an archive that docker and skopeo read.
    public func save(_ references: [String], toDescriptor descriptor: Int32) async throws {
        let store = store
        try await runOnOwnThread { try store.save(references, toDescriptor: descriptor) }
        for reference in references { emit("save", image: reference) }
    }

    /// Writes images in a format that others know. See `ImageManaging`.
    public func save(_ references: [String], as format: ImageFormat, to target: ImageSaveTarget) async throws {
        try await store.export(references, as: format, to: target)
        for reference in references { emit("save", image: reference) }
    }

    /// Gives an image a further name.
    public func tag(_ reference: String, as newReference: String) async throws {
        let store = store
        let id = try await runOnOwnThread {
            try store.tag(reference, as: newReference)
            return try store.inspect(newReference).image.id
        }
        emit("tag", image: id.rawValue, name: newReference)
    }

    /// Removes a name, and the image with its last name; one that containers use is protected as docker does it.
    public func removeImage(_ reference: String, force: Bool) async throws -> [ImageRemoval] {
        let store = store
        let done = try await runOnOwnThread { [self] in
            try store.remove(reference, force: force) { () throws(EngineError) in try imageUse() }
        }
        for removal in done {
            switch removal {
            case .untagged(let name): emit("untag", image: name)
            case .deleted(let id): emit("delete", image: id)
            }
        }
        return done
    }

    /// Removes what no image needs. See `ImageManaging`.
    public func removeUnusedContent() async throws -> Int64 {
        let store = store
        return try await runOnOwnThread { try store.pruneUnused() ?? 0 }
    }

    private func imageUse() throws(EngineError) -> ImageUse {
        var use = ImageUse()
        for record in try allRecords() {
            if status(record.id)?.hasMonitor == true {
                use.running[record.imageID, default: []].append(record.name)
            } else {
                use.stopped[record.imageID, default: []].append(record.name)
            }
        }
        return use
    }

    private func allRecords() throws(EngineError) -> [ContainerRecord] {
        do { return try records.all() } catch let error as EngineError { throw error } catch {
            throw EngineError(.system, "cannot list containers", cause: error)
        }
    }

    func emit(_ action: String, image: String, name: String? = nil) {
        emit(Event(time: .now, type: .image, action: action, actorID: image, attributes: ["name": name ?? image]))
    }
}
