import Foundation

/// An image of one finished layer, as a directory in the OCI image layout.
struct LayerImage {
    /// The layer, compressed by gzip.
    let layer: String
    let layout: String

    /// Digests are `unpacking`'s, so that nobody who is measured has made the image.
    init?(layer: String, unpacking: String, in directory: String) {
        self.layer = layer
        layout = directory + "/layout"
        let digests = Program.output([unpacking, layer]).split(separator: "\n").map(String.init)
        let blobs = layout + "/blobs/sha256"
        guard digests.count == 2, let size = Self.size(of: layer),
            (try? FileManager.default.createDirectory(atPath: blobs, withIntermediateDirectories: true)) != nil,
            Program.run(["cp", layer, "\(blobs)/\(digests[0])"]) == 0
        else { return nil }
        let configuration = """
            {"architecture":"\(Self.architecture)","os":"linux","config":{"Cmd":["python3"]},\
            "rootfs":{"type":"layers","diff_ids":["sha256:\(digests[1])"]}}
            """
        guard let configured = Self.put(configuration, blobs) else { return nil }
        let manifest = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
            "config":{"mediaType":"application/vnd.oci.image.config.v1+json",\(configured)},\
            "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip",\
            "digest":"sha256:\(digests[0])","size":\(size)}]}
            """
        guard let named = Self.put(manifest, blobs) else { return nil }
        let index = """
            {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",\(named),\
            "annotations":{"org.opencontainers.image.ref.name":"latest"}}]}
            """
        guard Self.write(index, layout + "/index.json"),
            Self.write(#"{"imageLayoutVersion":"1.0.0"}"#, layout + "/oci-layout")
        else { return nil }
    }

    private static var architecture: String {
        Program.output(["uname", "-m"]) == "aarch64" ? "arm64" : "amd64"
    }

    /// Writes a document under its digest; answers the half of its descriptor.
    private static func put(_ text: String, _ blobs: String) -> String? {
        let path = blobs + "/new"
        guard write(text, path), case let digest = Program.output(["sha256sum", path]).prefix(64), digest.count == 64,
            rename(path, "\(blobs)/\(digest)") == 0
        else { return nil }
        return #""digest":"sha256:\#(digest)","size":\#(text.utf8.count)"#
    }

    private static func write(_ text: String, _ path: String) -> Bool {
        (try? text.write(toFile: path, atomically: true, encoding: .utf8)) != nil
    }

    static func size(of path: String) -> Int? {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int(facts.st_size) : nil
    }
}
