import Harness
import Testing

/// A way in which a registry misbehaves, and what a pull must say of it.
struct HostileRegistry: Sendable, CustomTestStringConvertible {
    typealias Answer = @Sendable (ScriptedRequest) -> ScriptedAnswer?

    /// What it does.
    var testDescription: String
    /// One of these stands in the message.
    var words: [String]
    /// The reference behind the registry's name.
    var reference = "box"
    /// What came before the fault is right as far as it goes, and is kept for the next pull until a prune.
    var mayKeepDownload = false
    /// Bytes that it may have sent before it was left.
    var patience: Int64 = 40 << 20
    /// What it has, and its answers where they are not honest. Made when it is needed.
    var make: @Sendable (HandmadeImage) throws -> (ScriptedRegistry.Content, Answer)

    /// One that has the image and answers some requests in its own way.
    init(
        _ description: String, _ words: String..., reference: String = "box", mayKeepDownload: Bool = false,
        patience: Int64 = 40 << 20, answer: @escaping @Sendable (HandmadeImage, ScriptedRequest) -> ScriptedAnswer?
    ) {
        testDescription = description
        self.words = words
        self.reference = reference
        self.mayKeepDownload = mayKeepDownload
        self.patience = patience
        make = { image in (ScriptedRegistry.Content(image), { request in answer(image, request) }) }
    }

    /// One that is honest but for its content.
    init(
        _ description: String, _ words: String...,
        content: @escaping @Sendable (HandmadeImage) throws -> ScriptedRegistry.Content
    ) {
        testDescription = description
        self.words = words
        make = { image in (try content(image), { _ in nil }) }
    }

    /// One that answers with another manifest under the tag.
    init(_ description: String, _ words: String..., manifest: @escaping @Sendable (HandmadeImage) -> String) {
        testDescription = description
        self.words = words
        make = { image in
            var content = ScriptedRegistry.Content(image)
            content.manifests["latest"] = HandmadeImage.Blob(
                mediaType: image.family.manifest, bytes: Array(manifest(image).utf8))
            return (content, { _ in nil })
        }
    }
}
