import Foundation
import Harness

extension HostileRegistry {
    /// Registries that are honest, with layers that are not.
    static let layers: [HostileRegistry] = [
        layer("a path that climbs", "\"..\"") { $0.add("../../../tmp/spyhop-escape", content: "x") },
        layer("a path that climbs later", "\"..\"") { $0.add("a/b/../../../../tmp/spyhop-escape", content: "x") },
        layer("an absolute path that climbs", "\"..\"") { $0.add("/../tmp/spyhop-escape", content: "x") },
        layer("a hard link to the host's file", "hard link") { $0.add("shadow", type: "1", link: "/etc/passwd") },
        layer("a hard link that climbs", "\"..\"") { $0.add("shadow", type: "1", link: "../../../../../etc/passwd") },
        layer("a hard link through a link", "hard link") {
            $0.add("etc", type: "2", link: "/")
            $0.add("shadow", type: "1", link: "etc/etc/passwd")
        },
        layer("a whiteout of the parent", "whiteout") { $0.add(".wh...") },
        layer("a whiteout of nothing", "whiteout") { $0.add(".wh.") },
        layer("overlayfs's own whiteout", "overlayfs") { $0.add("mark", type: "3", device: (0, 0)) },
        layer("overlayfs's own attribute", "trusted.overlay") {
            $0.add("f", content: "x", attributes: [("trusted.overlay.redirect", "/etc")])
        },
        layer("a root that is a link", "root") { $0.add("./", type: "2", link: "/tmp") },
        HostileRegistry(
            "a layer that is no archive", "archive", "tar",
            content: { image in
                try content(image, tar: [UInt8](repeating: 0x41, count: 10_000))
            }),
        HostileRegistry(
            "a layer that is no gzip", "gzip", "compress", "archive",
            content: { image in
                let bytes = [UInt8](repeating: 0x41, count: 10_000)
                return ScriptedRegistry.Content(
                    HandmadeImage(
                        blobs: [HandmadeImage.Blob(mediaType: image.family.layer, bytes: bytes)],
                        diffIDs: [HandmadeImage.digest(bytes)]))
            }),
        HostileRegistry(
            "a layer of gzip that breaks off", "gzip", "compress", "end", "archive",
            content: { image in
                var blob = image.layers[1]
                blob.bytes.removeLast(blob.bytes.count / 2)
                return ScriptedRegistry.Content(
                    HandmadeImage(blobs: [blob], diffIDs: [HandmadeImage.digest(TarBuilder().bytes)]))
            }),
        HostileRegistry(
            "a layer that swells", "decompression bomb",
            content: { _ in
                ScriptedRegistry.Content(try bomb())
            }),
    ]

    private static func layer(
        _ description: String, _ words: String, build: @escaping @Sendable (inout TarBuilder) -> Void
    ) -> HostileRegistry {
        HostileRegistry(
            description, words,
            content: { image in
                var tar = TarBuilder()
                build(&tar)
                return try content(image, tar: tar.bytes)
            })
    }

    private static func content(_ image: HandmadeImage, tar: [UInt8]) throws -> ScriptedRegistry.Content {
        ScriptedRegistry.Content(try HandmadeImage([HandmadeImage.busybox, tar], family: image.family))
    }

    /// Four gibibytes of zeros in a few kilobytes.
    private static func bomb() throws -> HandmadeImage {
        let path = "/tmp/spyhop-bomb-\(getpid()).zst"
        defer { unlink(path) }
        let words = [
            "/bin/sh", "-c",
            "truncate -s 4G \(path).hole && tar -C /tmp -cf - \((path as NSString).lastPathComponent).hole | zstd -q >\(path); rm \(path).hole",
        ]
        let outcome = try Command.run(words, scratch: "/tmp")
        guard outcome.code == 0 else { throw HarnessError("no bomb: \(outcome.errors)") }
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        return HandmadeImage(
            blobs: [HandmadeImage.Blob(mediaType: "application/vnd.oci.image.layer.v1.tar+zstd", bytes: bytes)],
            diffIDs: [HandmadeImage.digest(bytes)])
    }
}
