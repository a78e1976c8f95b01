import Engine
import Images
import OCI

/// A file that ADD has fetched.
struct Download: Sendable {
    var file: FetchedFile
    var path: String
}

extension BuildRun {
    /// Fetches a URL, once in a build.
    func download(_ url: String, checksum: String?) async throws -> Download {
        let wanted = try checksum.map { (text) throws(EngineError) -> Digest in
            guard let digest = Digest(text) else {
                throw EngineError(
                    .invalidArgument, "\"\(printable(text))\" is not a checksum",
                    hint: "sha256: and 64 hexadecimal digits")
            }
            return digest
        }
        let download = try await downloads.value(url) { [self] in
            let path = change.newPath()
            return Download(file: try await services.fetch(url, into: path), path: path)
        }
        if let wanted, download.file.digest != wanted {
            throw EngineError(.corrupted, "digest mismatch \(download.file.digest): \(wanted)")
        }
        return download
    }

    /// Checks a repository out, anew for each ADD; answers the directory of its top.
    func checkOut(_ git: GitSource, checksum: String?, keepsGitDirectory: Bool) async throws -> String {
        let commit = try await git.commit()
        if let checksum, checksum.count < 7 || !commit.hasPrefix(checksum.lowercased()) {
            throw EngineError(
                .corrupted, "expected checksum to match \(printable(checksum)), got \(commit)")
        }
        let path = change.newPath()
        try await git.checkOut(commit, into: path, keepsGitDirectory: keepsGitDirectory)
        return path
    }
}
