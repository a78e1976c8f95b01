import Foundation
import Harness

/// A registry that has what a test gives it and can be told to misbehave: the reading half of the distribution specification.
final class ScriptedRegistry: Sendable {
    /// What it has.
    struct Content: Sendable {
        /// Manifests by tag and by digest.
        var manifests: [String: HandmadeImage.Blob] = [:]
        /// Blobs by digest.
        var blobs: [String: [UInt8]] = [:]

        init() {}

        /// An image under a tag.
        init(_ image: HandmadeImage, tag: String = "latest") { add(image, tag: tag) }

        mutating func add(_ image: HandmadeImage, tag: String) {
            manifests[tag] = image.manifest
            manifests[image.digest] = image.manifest
            for blob in image.blobs { blobs[blob.digest] = blob.bytes }
        }
    }

    let server: ScriptedServer

    /// Starts it in the calling thread's network namespace. `answer` is asked first; nil is the honest answer.
    init(_ content: Content, answer: @escaping @Sendable (ScriptedRequest) -> ScriptedAnswer? = { _ in nil }) throws {
        server = try ScriptedServer { request in answer(request) ?? Self.honest(request, content) }
    }

    /// `HOST:PORT`, as in image names.
    var address: String { server.host }

    /// Ends it.
    func stop() { server.stop() }

    /// What an honest registry says.
    static func honest(_ request: ScriptedRequest, _ content: Content) -> ScriptedAnswer {
        let words = request.path.split(separator: "/").map(String.init)
        guard words.first == "v2" else { return .status(404) }
        guard words.count > 3, let name = words.last else { return .status(200, body: "{}") }
        switch words[words.count - 2] {
        case "manifests":
            guard let manifest = content.manifests[name] else { return missing("MANIFEST_UNKNOWN") }
            return .status(
                200, [("Content-Type", manifest.mediaType), ("Docker-Content-Digest", manifest.digest)],
                body: manifest.bytes)
        case "blobs":
            guard let blob = content.blobs[name] else { return missing("BLOB_UNKNOWN") }
            return self.blob(blob, request)
        default: return missing("NAME_UNKNOWN")
        }
    }

    /// A blob, or its end when a range is asked for.
    static func blob(_ bytes: [UInt8], _ request: ScriptedRequest) -> ScriptedAnswer {
        let type = ("Content-Type", "application/octet-stream")
        guard let start = offset(request) else { return .status(200, [type, ("Accept-Ranges", "bytes")], body: bytes) }
        guard start < bytes.count else { return .status(416) }
        return .status(
            206, [type, ("Content-Range", "bytes \(start)-\(bytes.count - 1)/\(bytes.count)")],
            body: Array(bytes[start...]))
    }

    /// Where the range of a request begins: `Range: bytes=N-`.
    static func offset(_ request: ScriptedRequest) -> Int? {
        guard let range = request.header("range"), range.hasPrefix("bytes=") else { return nil }
        return Int(range.dropFirst("bytes=".count).prefix { $0 != "-" })
    }

    private static func missing(_ code: String) -> ScriptedAnswer {
        .status(
            404, [("Content-Type", "application/json")], body: #"{"errors":[{"code":"\#(code)","message":"unknown"}]}"#)
    }
}
