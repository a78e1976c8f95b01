import Foundation
import Harness

extension HandmadeImage {
    /// Puts it into a registry by skopeo(1), byte for byte.
    func put(as reference: String, scratch: String) throws {
        try Self.put(manifest, of: [self], as: reference, scratch: scratch)
    }

    /// The same with an index and all its images.
    static func put(_ root: Blob, of images: [HandmadeImage], as reference: String, scratch: String) throws {
        let directory = "\(scratch)/image-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try write(root, of: images, to: directory)
        let copied = try Skopeo.copy(
            "--all", "--preserve-digests", "dir:\(directory)", "docker://\(reference)", scratch: scratch)
        guard copied.code == 0 else { throw HarnessError("skopeo copy: \(copied.errors)") }
    }

    /// skopeo's transport `dir`, which takes both families.
    private static func write(_ root: Blob, of images: [HandmadeImage], to directory: String) throws {
        func put(_ bytes: [UInt8], _ name: String) throws {
            try Data(bytes).write(to: URL(filePath: "\(directory)/\(name)"))
        }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try put(Array("Directory Transport Version: 1.1\n".utf8), "version")
        try put(root.bytes, "manifest.json")
        for image in images {
            try put(image.manifest.bytes, "\(image.digest.dropFirst("sha256:".count)).manifest.json")
            for blob in image.blobs { try put(blob.bytes, String(blob.digest.dropFirst("sha256:".count))) }
        }
    }
}
