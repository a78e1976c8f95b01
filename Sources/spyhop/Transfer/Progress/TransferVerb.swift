import Engine
import OCI

/// What a transfer does, and docker's words for it.
enum TransferVerb: String, Sendable {
    case pull, push, copy

    /// What stands above the blobs of a reference; `nil` when nothing new is to be said.
    func heading(_ reference: String) -> String? {
        guard self != .copy, let name = try? ImageReference(reference) else { return "Copying \(reference)" }
        switch self {
        case .pull: return "\(name.digest.map { _ in name.full } ?? name.tag ?? "latest"): Pulling from \(name.path)"
        case .push: return "The push refers to repository [\(name.domain)/\(name.path)]"
        case .copy: return "Copying \(reference)"
        }
    }

    /// Where a blob stands, for a screen that is painted again and again.
    func words(_ phase: BlobProgress.Phase) -> String {
        switch (phase, self) {
        case (.waiting, _): "Waiting"
        case (.awaitingOther, _): "Waiting for another pull of it"
        case (.downloading, .copy), (.uploading, .copy): "Copying"
        case (.downloading, _): "Downloading"
        case (.extracting, _): "Extracting"
        case (.uploading, _): "Pushing"
        case (.retrying(let reason), _): "Retrying: \(reason)"
        case (.exists, .push): "Layer already exists"
        case (.exists, _): "Already exists"
        case (.mounted(let source), _): "Mounted from \(source)"
        case (.done, .pull): "Pull complete"
        case (.done, .push): "Pushed"
        case (.done, .copy): "Copied"
        }
    }

    /// The line that says that a blob has come to a phase, where nothing can be painted over; `nil` for a phase of which
    /// only the bytes would be told.
    func plainWords(_ phase: BlobProgress.Phase) -> String? {
        switch (phase, self) {
        // Of a layer that turns out to be here nothing else is said.
        case (.waiting, .pull), (.waiting, .copy), (.uploading, .push): nil
        case (.waiting, .push): "Preparing"
        case (.downloading, .pull): "Pulling fs layer"
        case (.extracting, .pull): "Download complete"
        case (.extracting, _): nil
        default: words(phase)
        }
    }

    /// What to say when a person has broken it off.
    var interruption: String {
        switch self {
        case .pull: "the pull was interrupted; what has come is kept, and the next pull goes on from there"
        case .push: "the push was interrupted; what the registry has whole it keeps"
        case .copy: "the copy was interrupted; what has come whole is kept"
        }
    }
}

extension BlobProgress {
    /// Nothing more will happen to it.
    var isOver: Bool {
        switch phase {
        case .exists, .mounted, .done: true
        default: false
        }
    }

    /// Its bytes come or go.
    var isMoving: Bool { phase == .downloading || phase == .uploading }

    /// Bytes that still have to come or go.
    var left: Int64 {
        switch phase {
        case .exists, .mounted, .done, .extracting: 0
        default: max(0, size - done)
        }
    }
}
