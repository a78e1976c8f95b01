import Dockerfile
import Engine
import Glibc
import Images
import LinuxSystem

/// A build's context as engines want it that do not come and fetch it: one archive, without what `.dockerignore` excludes.
struct EngineContext {
    let request: BuildRequest

    /// Writes the archive; `dockerfile` is what the Dockerfile is called in it.
    func pack(to descriptor: Int32, dockerfile: String) async throws {
        switch request.context {
        case .remote: return
        case .archive(let source): try await runOnOwnThread { try Self.copy(source, to: descriptor) }
        case .empty:
            guard case .text(let text) = request.file else {
                throw EngineError(.invalidArgument, "there is neither a context nor a Dockerfile to build from")
            }
            try await runOnOwnThread { try Self.archive(nil, text, dockerfile, to: descriptor) }
        case .directory(let path):
            let text = try self.text(in: path)
            try await runOnOwnThread { try Self.archive(path, text, dockerfile, to: descriptor) }
        }
    }

    private func text(in directory: String) throws(EngineError) -> [UInt8] {
        let path: String
        switch request.file {
        case .text(let text): return text
        case .path(let chosen): path = chosen.hasPrefix("/") ? chosen : "\(directory)/\(chosen)"
        case .standard: path = directory + "/Dockerfile"
        }
        do { return try Files.read(path, limit: 16 << 20) } catch {
            throw EngineError(
                .notFound, "cannot read the Dockerfile \(path): \(error.reason)", hint: "-f names another one")
        }
    }

    private static func archive(
        _ directory: String?, _ text: [UInt8], _ dockerfile: String, to descriptor: Int32
    ) throws(EngineError) {
        let files = [(name: dockerfile, content: text)]
        guard let directory else {
            return try TreeArchiver().archiveContents(
                of: nil, excluding: { _, _ in false }, adding: files, toDescriptor: descriptor)
        }
        let ignored = try? Files.read(directory + "/.dockerignore", limit: 1 << 20)
        let rules = try IgnoreRules(ignored ?? [])
        let root: OwnedDescriptor
        do throws(SystemError) { root = try OwnedDescriptor.open(directory, O_RDONLY | O_DIRECTORY) } catch {
            throw EngineError(.system, "cannot open the context \(directory)", cause: error)
        }
        // What is in an excluded directory may be included again.
        try TreeArchiver().archiveContents(
            of: root.rawValue,
            excluding: { path, isDirectory in rules.excludes(path) && !(isDirectory && rules.includesAgain) },
            adding: files, toDescriptor: descriptor)
    }

    private static func copy(_ source: Int32, to descriptor: Int32) throws(EngineError) {
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = Glibc.read(source, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw EngineError(.system, "cannot read the context: \(String(cString: strerror(errno)))")
            }
            if count == 0 { return }
            var start = 0
            while start < count {
                let written = buffer.withUnsafeBytes {
                    Glibc.write(descriptor, $0.baseAddress.map { $0 + start }, count - start)
                }
                if written < 0, errno == EINTR { continue }
                guard written > 0 else {
                    throw EngineError(.system, "cannot send the context: \(String(cString: strerror(errno)))")
                }
                start += written
            }
        }
    }
}
