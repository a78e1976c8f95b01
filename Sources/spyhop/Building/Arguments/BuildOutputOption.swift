import Engine
import OCI

/// `--output`: `type=…,key=value,…`, a directory's path, or `-` for a tar archive on standard output.
struct BuildOutputOption {
    /// The place that was said; `-` is standard output.
    private var destination: String?
    private var names: [String] = []
    private var pushes = false
    private var isUnpacked = false
    private let text: String
    private var type = ""

    /// What is to be made.
    /// - Throws: `EngineError` `.invalidArgument` or `.unsupported`.
    static func parse(_ text: String, _ environment: ProcessEnvironment) throws -> BuildOutput {
        if text == "-" { return .tar(try BuildOutputOption(text).standardOutput()) }
        guard text.contains("=") else {
            guard !text.isEmpty else { throw EngineError(.invalidArgument, "--output names no directory") }
            return .local(path: environment.absolute(text))
        }
        var option = BuildOutputOption(text)
        for (key, value) in try BuildFields.read(text, option: "--output") { try option.take(key, value) }
        return try option.output(environment)
    }

    private init(_ text: String) { self.text = text }

    private mutating func take(_ key: String, _ value: String) throws {
        switch key {
        case "type": type = value
        case "dest": destination = value
        case "name": names += try value.split(separator: ",").map { try ImageReference(String($0)).full }
        case "push": pushes = try truth(value, key)
        case "tar": isUnpacked = try !truth(value, key)
        // So it is, whatever is said: media types are OCI's, the image is kept, unpacked, and its times follow
        // SOURCE_DATE_EPOCH.
        case "oci-mediatypes", "store", "unpack", "rewrite-timestamp", "name-canonical", "force-compression":
            _ = try truth(value, key)
        case "compression" where value == "uncompressed": break
        case "compression", "compression-level":
            throw EngineError(
                .unsupported, "--output \(text): layers are kept as they are; registries get them compressed",
                hint: "leave \(key) out")
        default: throw BuildFields.unknown(key, in: "--output \(text)", known: "type, dest, name, push, tar")
        }
    }

    private func truth(_ value: String, _ key: String) throws -> Bool {
        try BuildFields.truth(value, of: key, in: "--output \(text)")
    }

    private func output(_ environment: ProcessEnvironment) throws -> BuildOutput {
        guard names.isEmpty || ["image", "registry", "docker", "oci"].contains(type) else {
            throw EngineError(.invalidArgument, "--output \(text): files get no name", hint: "type=image does")
        }
        switch type {
        case "local":
            guard let destination, !destination.isEmpty, destination != "-" else {
                throw EngineError(.invalidArgument, "--output \(text) names no directory", hint: "dest=DIR does")
            }
            return .local(path: environment.absolute(destination))
        case "tar": return .tar(try target(environment))
        case "oci": return .oci(try target(environment, isDirectory: isUnpacked), unpacked: isUnpacked)
        case "docker":
            // Without a place docker loads it into the engine, and here that is where it is.
            guard destination != nil else { return .image(names: names, push: false) }
            return .docker(try target(environment))
        case "image": return .image(names: names, push: pushes)
        case "registry": return .image(names: names, push: true)
        case "cacheonly": return .none
        case "": throw EngineError(.invalidArgument, "--output \(text) has no type", hint: known)
        default: throw EngineError(.invalidArgument, "--output \(text): there is no type \(type)", hint: known)
        }
    }

    private var known: String { "local, tar, oci, docker, image, registry, cacheonly" }

    private func target(_ environment: ProcessEnvironment, isDirectory: Bool = false) throws -> ImageSaveTarget {
        guard let destination, !destination.isEmpty, destination != "-" else {
            guard !isDirectory else {
                throw EngineError(.invalidArgument, "--output \(text) names no directory", hint: "dest=DIR does")
            }
            return try standardOutput()
        }
        return .path(environment.absolute(destination))
    }

    private func standardOutput() throws -> ImageSaveTarget {
        guard !StandardStream.output.isTerminal else {
            throw EngineError(
                .invalidArgument, "an archive is nothing for a terminal", hint: "use dest=FILE, or a pipe")
        }
        return .descriptor(StandardStream.output.rawValue)
    }
}
