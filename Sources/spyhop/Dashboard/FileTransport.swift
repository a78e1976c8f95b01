import Dashboard
import Engine
import Glibc
import LinuxSystem

/// Copies files between a container and this machine for the file browser; nothing that is there already is written over.
struct FileTransport: Sendable {
    let environment: ProcessEnvironment
    let engine: @Sendable () throws -> any ContainerEngine

    /// Copies a file or a directory out; answers where it is now.
    func download(
        _ container: ContainerID, _ path: ContainerPath, to directory: String,
        telling progress: @Sendable (FileCopyProgress) async -> Void
    ) async -> Result<String, EngineError> {
        await Self.result {
            let engine = try engine()
            let directory = absolute(directory)
            guard let name = path.name else {
                throw EngineError(
                    .invalidArgument, "the whole file system of a container cannot be copied", hint: "spyhop cp does")
            }
            let place: OwnedDescriptor
            do { place = try OwnedDescriptor.open(directory, O_RDONLY | O_DIRECTORY) } catch {
                throw EngineError(.notFound, "there is no directory \(directory)", cause: error)
            }
            let target = "\(directory == "/" ? "" : directory)/\(path.nameText)"
            if try place.status(ofEntry: name) != nil {
                throw EngineError(.conflict, "there is something called \(target) already")
            }
            let parent = try await engine.listDirectory(path.parent, in: container.rawValue, limit: .max)
            guard let file = parent.files.first(where: { $0.name == name }) else {
                throw EngineError(.notFound, "there is no \(path.text) any more")
            }
            guard file.kind == .regular || !path.isText else {
                let copier = FileCopier(engine: engine, directory: directory, followLink: false, keepOwners: false)
                try await copier.copy(.out(container: container.rawValue, path: path.text, to: directory))
                return target
            }
            guard file.kind == .regular else {
                throw EngineError(
                    .invalidArgument, "what has a name that is no text can be copied only when it is a file")
            }
            let made = try place.createEntry(name, mode: 0o600)
            do {
                let number = made.rawValue
                let copy = WatchedCopy(total: file.size) { WatchedCopy.size(of: number) }
                try await copy.run(telling: progress) {
                    _ = try await engine.readFile(path, in: container.rawValue, toDescriptor: number)
                }
                try made.setOwner(getuid(), getgid(), mode: mode_t(file.mode & 0o777))
            } catch {
                try? place.removeEntry(name)
                throw error
            }
            return target
        }
    }

    /// Copies a file or a directory of this machine into a directory of a container; answers its name there.
    func upload(
        _ container: ContainerID, _ source: String, to directory: ContainerPath,
        telling progress: @Sendable (FileCopyProgress) async -> Void
    ) async -> Result<String, EngineError> {
        await Self.result {
            let engine = try engine()
            let source = absolute(source)
            let name = source.split(separator: "/").last.map(String.init) ?? ""
            guard let target = directory.appending(name.utf8) else {
                throw EngineError(.invalidArgument, "\(source) has no name that it could be given there")
            }
            guard let facts = try Files.status(source, followLink: true) else {
                throw EngineError(.notFound, "there is no \(source) on this machine")
            }
            switch facts.kind {
            case .regular:
                let file = try OwnedDescriptor.open(source)
                defer { withExtendedLifetime(file) {} }
                let number = file.rawValue
                let copy = WatchedCopy(total: WatchedCopy.size(of: number)) { WatchedCopy.position(in: number) }
                try await copy.run(telling: progress) {
                    try await engine.createFile(
                        target, in: container.rawValue, fromDescriptor: number, mode: facts.mode & 0o777)
                }
            case .directory:
                guard directory.isText else {
                    throw EngineError(.invalidArgument, "a directory can be copied only to where the path is text")
                }
                let there = try await engine.listDirectory(directory, in: container.rawValue, limit: .max)
                if there.files.contains(where: { $0.name == Array(name.utf8) }) {
                    throw EngineError(.conflict, "there is something called \(target.text) already")
                }
                let copier = FileCopier(engine: engine, directory: "/", followLink: false, keepOwners: false)
                try await copier.copy(.into(container: container.rawValue, path: directory.text, from: source))
            default: throw EngineError(.invalidArgument, "\(source) is neither a file nor a directory")
            }
            return name
        }
    }

    /// As a shell would take it: `~` is the person's home.
    private func absolute(_ path: String) -> String {
        if path == "~" || path.hasPrefix("~/"), let home = environment.value("HOME") {
            return environment.absolute(home + path.dropFirst(1))
        }
        return environment.absolute(path)
    }

    private static func result(_ body: () async throws -> String) async -> Result<String, EngineError> {
        do { return .success(try await body()) } catch let error as EngineError { return .failure(error) } catch {
            return .failure(EngineError(.system, "cannot copy", cause: error))
        }
    }
}
