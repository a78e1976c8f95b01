import Engine
import LinuxSystem

/// `--secret id=NAME,src=FILE` or `id=NAME,env=VARIABLE`, as BuildKit reads it.
enum SecretOption {
    /// The secret and its identifier. Without a source the identifier names the variable, or else the file.
    /// - Throws: `EngineError` `.invalidArgument`, `.system` for a file that is not there.
    static func parse(_ text: String, _ environment: ProcessEnvironment) throws -> (id: String, secret: BuildSecret) {
        var id: String?
        var source: String?
        var variable: String?
        var type: String?
        for (key, value) in try BuildFields.read(text, option: "--secret") {
            switch key {
            case "id": id = value
            case "src", "source": source = value
            case "env": variable = value
            case "type": type = value
            default: throw BuildFields.unknown(key, in: "--secret \(text)", known: "id, src, env, type")
            }
        }
        guard let id, !id.isEmpty else {
            throw EngineError(
                .invalidArgument, "--secret \(text) has no id", hint: "for instance id=token,src=token.txt")
        }
        switch type {
        case nil, "": break
        case "file": if source == nil { source = id }
        case "env":
            if variable == nil { variable = source ?? id }
            source = nil
        case let type?: throw EngineError(.invalidArgument, "--secret \(text): type is file or env, not \(type)")
        }
        guard source == nil || variable == nil else {
            throw EngineError(.invalidArgument, "--secret \(text): src and env contradict each other")
        }
        if let variable { return (id, .value(Array((environment.lookup(variable) ?? "").utf8))) }
        if source == nil, let value = environment.lookup(id) { return (id, .value(Array(value.utf8))) }
        return (id, .file(try file(source ?? id, text, environment)))
    }

    private static func file(_ name: String, _ text: String, _ environment: ProcessEnvironment) throws -> String {
        let path = environment.absolute(name)
        switch try HostFile.kind(path, as: name, of: "--secret \(text)") {
        case nil: throw EngineError(.notFound, "--secret \(text): there is no file \(name)")
        case .directory?: throw EngineError(.invalidArgument, "--secret \(text): \(name) is a directory")
        case _?: return path
        }
    }
}
