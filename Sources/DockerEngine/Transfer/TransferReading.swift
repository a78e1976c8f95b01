import Engine

/// The progress of a pull or push, told by layers, as progress of ours.
struct TransferReading {
    private let progress: TransferProgress
    private var blobs: [String: BlobProgress] = [:]
    /// The digest of what came, once it has been told.
    private(set) var digest = ""
    private(set) var size: Int64 = 0
    private(set) var isUpToDate = false

    init(_ progress: @escaping TransferProgress) {
        self.progress = progress
    }

    /// - Throws: what the engine tells as an error.
    mutating func take(_ node: JSONNode) throws(EngineError) {
        if let words = node["errorDetail"]?["message"]?.words ?? node["error"]?.words {
            throw EngineError(Self.code(words), words)
        }
        if let aux = node["aux"] {
            digest = aux["Digest"]?.words ?? digest
            size = aux["Size"]?.integer ?? size
        }
        let status = node["status"]?.string ?? node["stream"]?.string ?? ""
        if let id = node["id"]?.words, let phase = phase(status, node) {
            return tell(id, node, phase)
        }
        if let range = status.firstRange(of: "Digest: ") ?? status.firstRange(of: "digest: ") {
            digest = String(status[range.upperBound...].prefix { $0 != " " })
        } else if status.contains("Image is up to date") {
            isUpToDate = true
        }
    }

    private mutating func tell(_ id: String, _ node: JSONNode, _ phase: BlobProgress.Phase) {
        let known = blobs[id]
        let detail = node["progressDetail"]
        let total = detail?["total"]?.integer ?? known?.size ?? 0
        var done = detail?["current"]?.integer ?? known?.done ?? 0
        if case .done = phase { done = total }
        // The short identifier is all that is told; what is shown of a digest is its beginning.
        let blob = BlobProgress(digest: "sha256:\(id)", size: total, done: done, phase: phase)
        guard blob != known else { return }
        blobs[id] = blob
        if known == nil {
            progress(.manifest(digest: digest, blobs: blobs.values.sorted { $0.digest < $1.digest }))
        } else {
            progress(.blob(blob))
        }
    }

    private func phase(_ status: String, _ node: JSONNode) -> BlobProgress.Phase? {
        switch status {
        case "Pulling fs layer", "Waiting", "Preparing": .waiting
        case "Downloading": .downloading
        case "Verifying Checksum", "Download complete", "Extracting": .extracting
        case "Pushing": .uploading
        case "Pull complete", "Pushed": .done
        case "Already exists", "Layer already exists": .exists
        case _ where status.hasPrefix("Mounted from "): .mounted(from: String(status.dropFirst(13)))
        case _ where status.hasPrefix("Retrying in"): .retrying(reason: status)
        default: nil
        }
    }

    private static func code(_ words: String) -> EngineError.Code {
        let lower = words.lowercased()
        if lower.contains("not found") || lower.contains("manifest unknown") { return .notFound }
        if lower.contains("denied") || lower.contains("unauthorized") || lower.contains("no basic auth") {
            return .denied
        }
        if lower.contains("connection refused") || lower.contains("no such host") || lower.contains("i/o timeout") {
            return .unreachable
        }
        return .system
    }
}
