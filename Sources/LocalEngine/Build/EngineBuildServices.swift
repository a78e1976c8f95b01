import Build
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Registry
import Synchronization

/// What a build needs of registries and of the web, for as long as it lasts.
final class EngineBuildServices: BuildServices {
    let engine: LocalEngine
    private let opened = Mutex<(client: RegistryClient, web: WebDownload)?>(nil)

    init(_ engine: LocalEngine) { self.engine = engine }

    /// Closes all connections.
    func close() async {
        guard let opened = opened.withLock(\.self) else { return }
        await opened.client.close()
        await opened.web.close()
    }

    /// Made when it is first needed: most builds ask nobody.
    /// - Throws: what is wrong with the configuration of registries.
    private func open() throws -> (client: RegistryClient, web: WebDownload) {
        try opened.withLock { opened in
            if let opened { return opened }
            let configuration = try engine.configuration.registries()
            let made = (RegistryClient(configuration), WebDownload(configuration))
            opened = made
            return made
        }
    }

    func baseImage(
        _ reference: String, platform: Platform, pull: Bool, change: StoreChange, progress: @escaping TransferProgress
    ) async throws -> BaseImage {
        if !pull {
            do throws(EngineError) { return try change.baseImage(reference, platform: platform) } catch {
                // What is here may also be for another platform, or damaged: its registry has it whole.
                guard error.code == .notFound || error.code == .corrupted else { throw error }
            }
        }
        let name = try ImageReference(reference)
        let operation = PullOperation(
            client: try open().client, change: change, reference: name, platform: platform, isPlatformChosen: false,
            layerLimit: engine.store.limits.layers, tell: progress)
        _ = try await operation.run()
        engine.emit("pull", image: name.familiar)
        return try change.baseImage(reference, platform: platform)
    }

    func fetch(_ url: String, into path: String) async throws -> FetchedFile {
        let web = try open().web
        let sink = try DownloadedFile(path)
        do {
            let file = try await web.fetch(url) { bytes in try sink.write(bytes) }
            return FetchedFile(name: file.name, digest: file.digest, size: file.size, modifiedAt: file.modifiedAt)
        } catch {
            try? Files.remove(path)
            throw error
        }
    }

    func importCache(_ location: BuildCacheLocation, change: StoreChange) async throws -> any RemoteCache {
        try await StepCacheSource(try source(location)).read(location)
    }

    func exportCache(
        _ steps: [CachedStep], to location: BuildCacheLocation, change: StoreChange
    ) async throws {
        let artifact = try StepCacheArtifact(steps, store: change.store)
        let destination: any ImageDestination
        let names: [String]
        switch location {
        case .registry(let name, _):
            let reference = try ImageReference(name)
            destination = RegistryDestination(client: try open().client, reference: reference, origin: nil)
            names = [reference.familiar]
        case .directory(let path, _):
            destination = try LayoutDestination(directory: path)
            names = [StepCacheArtifact.layoutName]
        }
        _ = try await ImageCopyOperation(
            from: artifact, to: destination, platform: .host, allPlatforms: false, progress: { _ in }
        ).run(names: names)
    }

    func push(_ name: String, progress: @escaping TransferProgress) async throws {
        _ = try await engine.push(PushRequest(reference: name), progress: progress)
    }

    private func source(_ location: BuildCacheLocation) throws -> any ImageSource {
        switch location {
        case .registry(let name, _): RegistrySource(client: try open().client, reference: try ImageReference(name))
        case .directory(let path, _): try LayoutSource(directory: path, name: StepCacheArtifact.layoutName)
        }
    }
}

/// A file that is being fetched.
private final class DownloadedFile: Sendable {
    private let file: OwnedDescriptor
    private let path: String

    init(_ path: String) throws(EngineError) {
        self.path = path
        file = try inWords("write \(path)") { () throws(SystemError) in
            try .open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        }
    }

    func write(_ bytes: [UInt8]) throws(EngineError) {
        try inWords("write \(path)") { () throws(SystemError) in try file.writeAll(bytes) }
    }
}
