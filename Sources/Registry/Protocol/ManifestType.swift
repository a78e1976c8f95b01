import Engine
import FoundationEssentials
import OCI

/// Which kind of manifest a document is.
enum ManifestType {
    /// What tells the kinds apart.
    private struct Probe: Decodable {
        /// Any value: that it is there is what counts.
        struct Anything: Decodable { init(from decoder: any Decoder) {} }

        let schemaVersion: Int?
        let mediaType: String?
        let manifests: Anything?
        let layers: Anything?
        let config: Anything?
    }

    /// A Content-Type without its parameters, lower case.
    static func name(_ contentType: String?) -> String? {
        guard let contentType else { return nil }
        let name = contentType.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
        return name.isEmpty ? nil : name
    }

    /// The media type of a manifest by its header field and its own word, which must agree: a document that is one
    /// thing to one reader and another to the next can hide what it is (image-spec's advisory GHSA-77vh-xpmg-72qh).
    /// - Throws: `.unsupported` for docker's schema 1 and for what is no image, `.corrupted` for what is no manifest.
    static func check(
        _ bytes: [UInt8], told: String?, name: String, registry: String
    ) throws(EngineError) -> String {
        guard let probe = try? JSONDecoder().decode(Probe.self, from: Data(bytes)) else {
            throw EngineError(.corrupted, "what \(registry) has for \(name) is no manifest")
        }
        let header = Self.name(told)
        let isOld = header.map { $0.hasPrefix("application/vnd.docker.distribution.manifest.v1+") } ?? false
        guard !isOld, probe.schemaVersion != 1 else {
            throw EngineError(
                .unsupported,
                "\(name) is kept by \(registry) in docker's manifest schema 1, which is no longer supported",
                hint: "push the image anew with a current tool")
        }
        guard probe.manifests == nil || (probe.layers == nil && probe.config == nil) else {
            throw EngineError(
                .corrupted, "what \(registry) has for \(name) is an index and a manifest at once; refused")
        }
        let known = header.flatMap { MediaType.isIndex($0) || MediaType.isManifest($0) ? $0 : nil }
        if let known, let own = probe.mediaType, own != known {
            throw EngineError(
                .corrupted, "\(registry) sends \(name) as \(known), but it calls itself \(shown(own, limit: 100))")
        }
        let type = known ?? probe.mediaType ?? (probe.manifests != nil ? MediaType.index : MediaType.manifest)
        guard MediaType.isIndex(type) ? probe.manifests != nil : MediaType.isManifest(type) && probe.manifests == nil
        else {
            throw EngineError(.unsupported, "\(name) is no image but \(shown(type, limit: 100))")
        }
        return type
    }
}
