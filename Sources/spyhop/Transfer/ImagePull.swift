import Engine
import OCI

/// A pull as commands make it: progress, and docker's last lines.
struct ImagePull: Sendable {
    var request: PullRequest
    var isQuiet = false
    /// Where progress and last lines go: standard error for a pull on the way to something else.
    var stream = StandardStream.output

    /// Carries it out; answers what came.
    func run(_ engine: any ImageTransferring) async throws -> [PulledImage] {
        if !isQuiet, !request.allTags, ImageName.lacksTag(request.reference) {
            try await stream.write("Using default tag: latest\n")
        }
        let request = request
        let images = try await TransferSession(verb: .pull, stream: stream, isQuiet: isQuiet).run { progress in
            try await engine.pull(request, progress: progress)
        }
        if !isQuiet { try await stream.write(try lastLines(images)) }
        return images
    }

    /// Digest and status, as docker tells them.
    func lastLines(_ images: [PulledImage]) throws -> String {
        if images.count == 1, !request.allTags, let image = images.first {
            return "Digest: \(image.digest)\n" + Self.status(image.reference, isUpToDate: image.isUpToDate)
        }
        let digests = images.map { "\(ImageRow.split($0.reference).1): digest: \($0.digest)\n" }
        return digests.joined()
            + Self.status(try ImageReference(request.reference).repository, isUpToDate: images.allSatisfy(\.isUpToDate))
    }

    private static func status(_ name: String, isUpToDate: Bool) -> String {
        "Status: \(isUpToDate ? "Image is up to date" : "Downloaded newer image") for \(name)\n"
    }
}
