import Foundation
import Harness

extension Workplace {
    private struct Index: Decodable {
        struct Entry: Decodable {
            var digest: String
            var mediaType: String?
        }

        var manifests: [Entry]
    }

    private struct Manifest: Decodable {
        var config: Index.Entry
        var layers: [Index.Entry]
    }

    /// What index.json leads to and is not there: the OCI image layout read by somebody else than Spyhop.
    func missingContent() throws -> [String] {
        guard let index = FileManager.default.contents(atPath: root + "/index.json") else { return ["index.json"] }
        var missing: [String] = []
        for entry in try JSONDecoder().decode(Index.self, from: index).manifests {
            guard let bytes = FileManager.default.contents(atPath: file(of: entry.digest)) else {
                missing.append("manifest \(entry.digest)")
                continue
            }
            let manifest = try JSONDecoder().decode(Manifest.self, from: bytes)
            for blob in [manifest.config] + manifest.layers
            where !FileManager.default.fileExists(atPath: file(of: blob.digest)) {
                missing.append("\(blob.mediaType ?? "blob") \(blob.digest)")
            }
        }
        return missing
    }

    /// The file of a blob in the store.
    func file(of digest: String) -> String { "\(root)/blobs/sha256/\(digest.dropFirst("sha256:".count))" }

    /// Bytes of a file; none where there is none.
    static func size(of path: String) -> Int {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int(facts.st_size) : 0
    }

    /// Changes one bit in the middle of a file, behind everybody's back.
    func flipBit(in path: String) throws {
        guard let file = FileHandle(forUpdatingAtPath: path) else { throw HarnessError("no \(path)") }
        defer { try? file.close() }
        let middle = try file.seekToEnd() / 2
        try file.seek(toOffset: middle)
        guard let byte = try file.read(upToCount: 1)?.first else { throw HarnessError("\(path) is empty") }
        try file.seek(toOffset: middle)
        try file.write(contentsOf: Data([byte ^ 0x10]))
    }
}
