import Foundation
import Harness

extension HostileRegistry {
    /// Registries whose answers are not what they ought to be.
    static let answers: [HostileRegistry] = bodies + documents + conversations

    private static let junk = [UInt8](repeating: 0x78, count: 1 << 20)

    /// Bodies that are not what was asked for.
    private static let bodies = [
        HostileRegistry("another layer of the same size", "digest") { image, request in
            guard request.path.hasSuffix(image.layers[2].digest) else { return nil }
            var bytes = image.layers[2].bytes
            bytes[bytes.count / 2] ^= 1
            return ScriptedRegistry.blob(bytes, request)
        },
        HostileRegistry("another configuration of the same size", "hash to") { image, request in
            guard request.path.hasSuffix(image.identifier) else { return nil }
            var bytes = image.configuration.bytes
            bytes[bytes.count / 2] ^= 1
            return ScriptedRegistry.blob(bytes, request)
        },
        HostileRegistry(
            "another manifest under a digest", "hash to", reference: "box@sha256:" + String(repeating: "5", count: 64)
        ) { image, request in
            guard request.path.contains("/manifests/") else { return nil }
            return .status(200, [("Content-Type", image.manifest.mediaType)], body: image.manifest.bytes)
        },
        HostileRegistry("a layer that is longer than it says", "its manifest says") { image, request in
            guard request.path.hasSuffix(image.layers[2].digest) else { return nil }
            return .status(200, body: image.layers[2].bytes + [0])
        },
        HostileRegistry("a layer that always breaks off", "broke", "closed", "short", mayKeepDownload: true) {
            image, request in
            guard request.path.hasSuffix(image.layers[2].digest) else { return nil }
            let bytes = image.layers[2].bytes
            return .head(200, length: bytes.count, then: [.bytes(Array(bytes.prefix(1000)))], closes: true)
        },
        HostileRegistry("a layer without an end", "size", "more", "long") { image, request in
            guard request.path.hasSuffix(image.layers[2].digest) else { return nil }
            return .head(200, length: nil, then: [.bytes(image.layers[2].bytes), .endless(junk)])
        },
        HostileRegistry("a configuration without an end", "size", "more", "long", "limit") { image, request in
            guard request.path.hasSuffix(image.identifier) else { return nil }
            return .head(200, length: nil, then: [.endless(junk)])
        },
        HostileRegistry("a manifest without an end", "4 MiB", "4194304", "long", "large") { image, request in
            guard request.path.contains("/manifests/") else { return nil }
            return .head(200, [("Content-Type", image.manifest.mediaType)], length: nil, then: [.endless(junk)])
        },
        HostileRegistry("a manifest of 100 MB", "4 MiB", "4194304", "long", "large") { image, request in
            guard request.path.contains("/manifests/") else { return nil }
            let body = image.manifest.bytes + [UInt8](repeating: 0x20, count: 100_000_000)
            return .status(200, [("Content-Type", image.manifest.mediaType)], body: body)
        },
        HostileRegistry("a range that begins elsewhere", "digest", "range", mayKeepDownload: true) { image, request in
            guard request.path.hasSuffix(image.layers[2].digest) else { return nil }
            let bytes = image.layers[2].bytes
            guard ScriptedRegistry.offset(request) != nil else {
                return .head(200, length: bytes.count, then: [.bytes(Array(bytes.prefix(1000)))], closes: true)
            }
            return .status(
                206, [("Content-Range", "bytes 5-\(bytes.count - 1)/\(bytes.count)")], body: Array(bytes[5...]))
        },
    ]

    /// Documents that say what they must not.
    private static let documents = [
        HostileRegistry("a manifest that is no JSON", "manifest", manifest: { _ in "<html>Welcome!</html>" }),
        HostileRegistry("an empty manifest", "manifest", manifest: { _ in "{}" }),
        HostileRegistry(
            "a manifest of brackets", "manifest", manifest: { _ in String(repeating: "[", count: 1_000_000) }),
        HostileRegistry(
            "a digest that climbs", "digest", "../",
            manifest: { image in
                let manifest = String(decoding: image.manifest.bytes, as: UTF8.self)
                return manifest.replacingOccurrences(of: image.layers[2].digest, with: "sha256:../../../../etc/passwd")
            }),
        HostileRegistry(
            "a layer of a negative size", "size", "manifest",
            manifest: { image in
                let manifest = String(decoding: image.manifest.bytes, as: UTF8.self)
                return manifest.replacingOccurrences(
                    of: #""size":\#(image.layers[2].bytes.count)"#, with: #""size":-1"#)
            }),
        HostileRegistry(
            "fewer layers than the configuration has", "layers",
            manifest: { image in
                var other = image
                other.layers.removeLast()
                return String(decoding: other.manifest.bytes, as: UTF8.self)
            }),
        HostileRegistry(
            "a layer that is not the configuration's", "digest",
            content: { image in
                var other = image
                other.layers[2].bytes = try HandmadeImage.gzip(TarBuilder().bytes)
                return ScriptedRegistry.Content(other)
            }),
        HostileRegistry(
            "a manifest of the first schema", "schema", "v1",
            content: { image in
                var content = ScriptedRegistry.Content(image)
                let text =
                    #"{"schemaVersion":1,"name":"box","tag":"latest","architecture":"amd64","fsLayers":[],"history":[]}"#
                content.manifests["latest"] = HandmadeImage.Blob(
                    mediaType: "application/vnd.docker.distribution.manifest.v1+prettyjws", bytes: Array(text.utf8))
                return content
            }),
        HostileRegistry(
            "an index that holds an index and so on", "index", "nested",
            content: { image in
                var content = ScriptedRegistry.Content(image)
                var entry = image.manifest
                for _ in 0..<20 {
                    let words = image.platform.split(separator: "/")
                    let platform = #","platform":{"os":"\#(words[0])","architecture":"\#(words[1])"}}"#
                    let text =
                        #"{"schemaVersion":2,"mediaType":"\#(image.family.index)","manifests":[\#(entry.descriptor.dropLast())\#(platform)]}"#
                    entry = HandmadeImage.Blob(mediaType: image.family.index, bytes: Array(text.utf8))
                    content.manifests[entry.digest] = entry
                }
                content.manifests["latest"] = entry
                return content
            }),
    ]

    /// Conversations that lead nowhere.
    private static let conversations = [
        HostileRegistry("redirects without an end", "redirect", mayKeepDownload: true) { _, request in
            guard request.path.contains("/blobs/") else { return nil }
            return .status(307, [("Location", request.path + "?again=\(request.query.utf8.count)x\(request.query)")])
        },
        HostileRegistry("a redirect to a file", "redirect", "scheme", "file", mayKeepDownload: true) { _, request in
            guard request.path.contains("/blobs/") else { return nil }
            return .status(307, [("Location", "file:///etc/passwd")])
        },
        HostileRegistry(
            "an error with control characters", "\\u{1b}", "\\x1b", "?[31m", "\u{fffd}[31m", "^[[31m", "manifest"
        ) {
            _, request in
            guard request.path.contains("/manifests/") else { return nil }
            return .status(
                400, [("Content-Type", "application/json")],
                body: #"{"errors":[{"code":"X\u001b]0;owned\u0007","message":"a\u001b[31mred\u0000\r\nroot:x"}]}"#)
        },
        HostileRegistry("a head without an end", "header", "answer", "response") { _, request in
            guard request.path.contains("/manifests/") else { return nil }
            return ScriptedAnswer(
                pieces: [.bytes(Array("HTTP/1.1 200 OK\r\n".utf8)), .endless(Array("X-Fill: whale\r\n".utf8))],
                closes: true)
        },
        HostileRegistry("no HTTP", "answer", "HTTP", "response") { _, _ in .raw(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8))
        },
        HostileRegistry("a challenge that it never takes an answer to", "denied", "401", "unauthorized", "token") {
            _, request in
            if request.path == "/token" { return .status(200, body: #"{"token":"t"}"#) }
            return .status(
                401,
                [("WWW-Authenticate", #"Bearer realm="http://\#(request.header("host") ?? "")/token",service="s""#)])
        },
        HostileRegistry("tokens that are no tokens", "token") { _, request in
            if request.path == "/token" { return .status(200, body: "[[[[") }
            return .status(
                401,
                [("WWW-Authenticate", #"Bearer realm="http://\#(request.header("host") ?? "")/token",service="s""#)])
        },
        HostileRegistry(
            "a challenge with control characters", "not HTTP"
        ) { _, _ in
            .status(401, [("WWW-Authenticate", "Bearer realm=\"http://\u{1b}[31m/\",service=\"")])
        },
    ]
}
