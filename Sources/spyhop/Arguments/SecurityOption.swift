import Engine

/// `--security-opt`.
enum SecurityOption: Equatable {
    case noNewPrivileges(Bool)
    case seccompUnconfined
    /// The default profile by its name.
    case seccompStandard
    case seccompFile(String)

    /// Reads one option.
    /// - Throws: `EngineError` `.invalidArgument`, or `.unsupported` for AppArmor and SELinux.
    init(_ text: String) throws {
        let mark = text.firstIndex { $0 == "=" || $0 == ":" }
        let key = mark.map { String(text[..<$0]) } ?? text
        let value = mark.map { String(text[text.index(after: $0)...]) }
        switch (key, value) {
        case ("no-new-privileges", nil), ("no-new-privileges", "true"): self = .noNewPrivileges(true)
        case ("no-new-privileges", "false"): self = .noNewPrivileges(false)
        case ("seccomp", "unconfined"): self = .seccompUnconfined
        case ("seccomp", "builtin"), ("seccomp", "default"): self = .seccompStandard
        case ("seccomp", let path?) where !path.isEmpty: self = .seccompFile(path)
        case ("apparmor", _), ("label", _), ("systempaths", _):
            throw EngineError(.unsupported, "--security-opt \(text) asks for \(key), which there is not here")
        default:
            throw EngineError(
                .invalidArgument, "--security-opt \"\(text)\" is not known",
                hint: "use seccomp=unconfined, seccomp=FILE or no-new-privileges")
        }
    }
}
