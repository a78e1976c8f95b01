import Engine

/// A place to copy from or to, as skopeo spells them: `TRANSPORT:DETAILS` (containers-transports(5)).
enum LocationArgument {
    /// Reads one; a name without a transport is a registry's. Relative paths are seen from `directory`.
    /// - Throws: `EngineError` `.invalidArgument`, `.unsupported` for a transport that only others have.
    static func parse(_ text: String, directory: String) throws(EngineError) -> ImageLocation {
        if let engine = EngineReference(text).engine, !files.contains(engine) { return .store(text) }
        if text.hasPrefix("docker://") { return .registry(try name(text.dropFirst("docker://".count), text)) }
        guard let colon = text.firstIndex(of: ":") else { return .registry(try name(text[...], text)) }
        let details = text[text.index(after: colon)...]
        switch text[..<colon] {
        case "spyhop": return .store(try name(details, text))
        case "oci":
            let (path, name) = try place(details, text, directory)
            return .layout(path: path, name: name)
        case "oci-archive":
            let (path, name) = try place(details, text, directory)
            return .layoutArchive(path: path, name: name)
        case "docker-archive":
            let (path, name) = try place(details, text, directory)
            return .dockerArchive(path: path, name: name)
        case "dir":
            guard !details.isEmpty else { throw lacksPath(text) }
            return .directory(path: HostPath.absolute(String(details), in: directory))
        case "docker-daemon":
            throw foreign(text, hint: "docker::\(details) is the image that docker has")
        case "containers-storage":
            throw foreign(text, hint: "podman::\(details) is the image that podman has")
        case "docker":
            throw EngineError(.invalidArgument, "\"\(text)\" lacks its slashes", hint: "docker://\(details)")
        case let word where details.hasPrefix("//"):
            throw EngineError(
                .invalidArgument, "there is no transport \"\(word)\" in \"\(text)\"",
                hint: "use docker://, spyhop:, oci:, oci-archive:, docker-archive: or dir:")
        default: return .registry(try name(text[...], text))
        }
    }

    private static let files: Set<String> = ["oci", "oci-archive", "docker-archive", "dir"]

    private static func name(_ name: Substring, _ text: String) throws(EngineError) -> String {
        guard !name.isEmpty else { throw EngineError(.invalidArgument, "\"\(text)\" lacks the image's name") }
        return String(name)
    }

    /// `PATH[:name]`: a path has no colon there.
    private static func place(
        _ details: Substring, _ text: String, _ directory: String
    ) throws(EngineError) -> (path: String, name: String?) {
        let path = details.prefix { $0 != ":" }
        guard !path.isEmpty else { throw lacksPath(text) }
        let name = details.dropFirst(path.count + 1)
        return (HostPath.absolute(String(path), in: directory), name.isEmpty ? nil : String(name))
    }

    private static func lacksPath(_ text: String) -> EngineError {
        EngineError(.invalidArgument, "\"\(text)\" lacks a path")
    }

    private static func foreign(_ text: String, hint: String) -> EngineError {
        EngineError(.unsupported, "\"\(text)\" is a place that only its own engine reaches", hint: hint)
    }
}
