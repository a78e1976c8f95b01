import Crypto
import Foundation
import Harness

/// An image written by hand: its documents and layers as bytes, to be put into archives or told by a scripted registry.
struct HandmadeImage: Sendable {
    /// What has a digest.
    struct Blob: Sendable {
        var mediaType: String
        var bytes: [UInt8]

        var digest: String { HandmadeImage.digest(bytes) }
        /// `{"mediaType":…}` as manifests name it.
        var descriptor: String {
            #"{"mediaType":"\#(mediaType)","digest":"\#(digest)","size":\#(bytes.count)}"#
        }
    }

    /// The family of media types.
    enum Family: Sendable {
        case oci
        case docker

        var manifest: String {
            self == .oci
                ? "application/vnd.oci.image.manifest.v1+json" : "application/vnd.docker.distribution.manifest.v2+json"
        }
        var index: String {
            self == .oci
                ? "application/vnd.oci.image.index.v1+json"
                : "application/vnd.docker.distribution.manifest.list.v2+json"
        }
        var configuration: String {
            self == .oci
                ? "application/vnd.oci.image.config.v1+json" : "application/vnd.docker.container.image.v1+json"
        }
        var layer: String {
            self == .oci
                ? "application/vnd.oci.image.layer.v1.tar+gzip" : "application/vnd.docker.image.rootfs.diff.tar.gzip"
        }
    }

    var family: Family
    var configuration: Blob
    var layers: [Blob]
    /// `os/architecture`.
    var platform: String

    /// An image of uncompressed tar files, lowest first, which are compressed here.
    init(
        _ tars: [[UInt8]], family: Family = .oci, platform: String = HandmadeImage.hostPlatform,
        command: [String] = ["sh"]
    ) throws {
        let blobs = try tars.map { Blob(mediaType: family.layer, bytes: try Self.gzip($0)) }
        self.init(
            blobs: blobs, diffIDs: tars.map(Self.digest), family: family, platform: platform, command: command)
    }

    /// An image of finished layers.
    init(
        blobs: [Blob], diffIDs: [String], family: Family = .oci, platform: String = HandmadeImage.hostPlatform,
        command: [String] = ["sh"]
    ) {
        self.family = family
        self.platform = platform
        layers = blobs
        let words = platform.split(separator: "/")
        let text = """
            {"architecture":"\(words.last ?? "")","os":"\(words.first ?? "")","created":"2026-01-02T03:04:05Z",\
            "config":{"Cmd":\(Self.list(command)),"Env":["PATH=/bin"]},\
            "rootfs":{"type":"layers","diff_ids":\(Self.list(diffIDs))},\
            "history":[\(diffIDs.map { _ in #"{"created_by":"by hand"}"# }.joined(separator: ","))]}
            """
        configuration = Blob(mediaType: family.configuration, bytes: Array(text.utf8))
    }

    /// A root file system with busybox, and beneath `/layers` a file of random bytes for each of `sizes`, a layer each.
    static func box(_ sizes: Int..., seed: UInt64 = 1, family: Family = .oci) throws -> HandmadeImage {
        var numbers = SeededNumbers(seed: seed)
        let layers = sizes.enumerated().map { number, size in
            var tar = TarBuilder()
            tar.add("layers/\(number)", bytes: (0..<size).map { _ in UInt8.random(in: 0...255, using: &numbers) })
            return tar.bytes
        }
        return try HandmadeImage([busybox] + layers, family: family)
    }

    /// The layer of a root file system with busybox.
    static let busybox: [UInt8] = {
        let path = "/tmp/spyhop-busybox-\(getpid()).tar"
        defer { unlink(path) }
        let words = ["/bin/tar", "-C", BusyboxRoot.path, "--owner=0", "--group=0", "--sort=name", "-cf", path, "."]
        _ = try? Command.run(words, scratch: "/tmp")
        return Array((try? Data(contentsOf: URL(filePath: path))) ?? Data())
    }()

    var manifest: Blob {
        let text = """
            {"schemaVersion":2,"mediaType":"\(family.manifest)","config":\(configuration.descriptor),\
            "layers":[\(layers.map(\.descriptor).joined(separator: ","))]}
            """
        return Blob(mediaType: family.manifest, bytes: Array(text.utf8))
    }

    /// Its manifest's digest.
    var digest: String { manifest.digest }
    /// The image's identifier.
    var identifier: String { configuration.digest }
    var blobs: [Blob] { [configuration] + layers }

    /// An index of several images.
    static func index(_ images: [HandmadeImage], family: Family = .oci) -> Blob {
        let entries = images.map { image in
            let words = image.platform.split(separator: "/")
            return """
                {"mediaType":"\(image.manifest.mediaType)","digest":"\(image.digest)",\
                "size":\(image.manifest.bytes.count),\
                "platform":{"os":"\(words.first ?? "")","architecture":"\(words.last ?? "")"}}
                """
        }
        let text = """
            {"schemaVersion":2,"mediaType":"\(family.index)","manifests":[\(entries.joined(separator: ","))]}
            """
        return Blob(mediaType: family.index, bytes: Array(text.utf8))
    }

    static var hostPlatform: String {
        var facts = utsname()
        uname(&facts)
        let machine = withUnsafeBytes(of: facts.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return "linux/" + (["x86_64": "amd64", "aarch64": "arm64"][machine] ?? machine)
    }

    static func digest(_ bytes: [UInt8]) -> String {
        "sha256:" + SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        let path = "/tmp/spyhop-layer-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        defer { for suffix in ["", ".gz"] { unlink(path + suffix) } }
        try Data(bytes).write(to: URL(filePath: path))
        let outcome = try Command.run(["/bin/gzip", "-n1", path], scratch: "/tmp")
        guard outcome.code == 0 else { throw HarnessError("gzip: \(outcome.errors)") }
        return Array(try Data(contentsOf: URL(filePath: path + ".gz")))
    }

    private static func list(_ words: [String]) -> String {
        "[" + words.map { "\"\($0)\"" }.joined(separator: ",") + "]"
    }
}
