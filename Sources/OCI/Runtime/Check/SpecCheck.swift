import Engine

/// Looks for what is missing, unknown or contradictory in a configuration, before anything is made of it.
///
/// Each finding names the member by its path (`linux.namespaces[2].path`). What the specification calls for a warning,
/// or what runc takes with one, is a warning here too.
public struct SpecCheck: Sendable {
    let host: SpecHost
    private(set) var problems: [String] = []
    private(set) var warnings: [String] = []

    init(host: SpecHost) { self.host = host }

    /// Checks a whole configuration.
    /// - Parameter name: what it is, for the error: the file's path.
    /// - Returns: sentences for the person.
    /// - Throws: `.invalidArgument` with every problem that was found.
    public static func warnings(
        of spec: Spec, on host: SpecHost, name: String = "config.json"
    ) throws(EngineError) -> [String] {
        var check = SpecCheck(host: host)
        check.look(at: spec)
        return try check.finished(name)
    }

    /// Checks a process that is to run in a container that is there (`exec`).
    /// - Throws: `.invalidArgument` with every problem that was found.
    public static func warnings(
        of process: Process, on host: SpecHost, name: String = "process.json"
    ) throws(EngineError) -> [String] {
        var check = SpecCheck(host: host)
        check.look(at: process, "")
        if process.args?.isEmpty != false { check.problem("args", "required, but missing or empty") }
        return try check.finished(name)
    }

    /// Checks limits by themselves (`update`).
    /// - Throws: `.invalidArgument` with every problem that was found.
    public static func warnings(
        of resources: LinuxResources, on host: SpecHost, name: String = "resources"
    ) throws(EngineError) -> [String] {
        var check = SpecCheck(host: host)
        check.look(at: resources, "")
        return try check.finished(name)
    }

    private func finished(_ name: String) throws(EngineError) -> [String] {
        guard problems.isEmpty else {
            throw EngineError(.invalidArgument, "\(name): \(problems.joined(separator: "; "))")
        }
        return warnings
    }

    mutating func problem(_ path: String, _ words: String) { problems.append("\(path): \(words)") }

    mutating func warning(_ path: String, _ words: String) { warnings.append("\(path): \(words)") }

    /// The value must be one of those that the specification names.
    mutating func expect(_ value: String, among known: [String], _ path: String) {
        if !known.contains(value) {
            problem(path, "unknown value '\(value)'; known are \(known.joined(separator: ", "))")
        }
    }

    mutating func expectAbsolute(_ path: String, _ place: String) {
        if !path.hasPrefix("/") { problem(place, "'\(path)' is not an absolute path") }
        expectText(path, place)
    }

    /// What goes to the kernel as a C string.
    mutating func expectText(_ text: String, _ place: String) {
        if text.utf8.contains(0) { problem(place, "contains a NUL character") }
    }

    private mutating func look(at spec: Spec) {
        lookAtVersion(spec.ociVersion)
        if let root = spec.root {
            if root.path.isEmpty { problem("root.path", "empty") }
            expectText(root.path, "root.path")
        } else {
            problem("root", "required, but missing")
        }
        if let process = spec.process {
            look(at: process, "process.")
            if process.args?.isEmpty != false { problem("process.args", "required, but missing or empty") }
        }
        let linux = spec.linux ?? Linux()
        let namespaces = NamespaceSet(linux.namespaces ?? [])
        lookAtNames(spec, namespaces)
        for (index, mount) in (spec.mounts ?? []).enumerated() { look(at: mount, "mounts[\(index)]") }
        look(at: spec.hooks ?? Hooks())
        look(at: linux, namespaces)
    }

    /// Major version 1 in SemVer's form; a newer minor version has members that are passed over.
    private mutating func lookAtVersion(_ version: String) {
        let core = version.prefix { $0 != "-" && $0 != "+" }
        let numbers = core.split(separator: ".", omittingEmptySubsequences: false).map { UInt32($0) }
        guard numbers.count == 3, !numbers.contains(nil) else {
            problem("ociVersion", "'\(version)' is not a version such as 1.2.0")
            return
        }
        if numbers[0] != 1 { problem("ociVersion", "version \(version) is not supported; known are 1.0.0 to 1.2.1") }
    }

    private mutating func lookAtNames(_ spec: Spec, _ namespaces: NamespaceSet) {
        for (name, value) in [("hostname", spec.hostname), ("domainname", spec.domainname)] {
            guard let value, !value.isEmpty else { continue }
            if !namespaces.has(.uts) { problem(name, "needs a uts namespace in linux.namespaces") }
            if value.utf8.count > 64 { problem(name, "longer than 64 bytes") }
            expectText(value, name)
        }
    }

    private mutating func look(at hooks: Hooks) {
        let lists: [(String, [Hook]?)] = [
            ("prestart", hooks.prestart), ("createRuntime", hooks.createRuntime),
            ("createContainer", hooks.createContainer), ("startContainer", hooks.startContainer),
            ("poststart", hooks.poststart), ("poststop", hooks.poststop),
        ]
        for (name, list) in lists {
            for (index, hook) in (list ?? []).enumerated() {
                let place = "hooks.\(name)[\(index)]"
                expectAbsolute(hook.path, place + ".path")
                if let timeout = hook.timeout, timeout <= 0 { problem(place + ".timeout", "must be more than zero") }
                for (index, text) in (hook.args ?? []).enumerated() { expectText(text, "\(place).args[\(index)]") }
                for (index, text) in (hook.env ?? []).enumerated() { expectText(text, "\(place).env[\(index)]") }
            }
        }
    }
}

/// The kinds of namespaces that a configuration asks for.
struct NamespaceSet {
    private var paths: [LinuxNamespace.Kind: String?] = [:]

    init(_ namespaces: [LinuxNamespace]) {
        for namespace in namespaces { paths[namespace.type] = .some(namespace.path.flatMap { $0.isEmpty ? nil : $0 }) }
    }

    func has(_ kind: LinuxNamespace.Kind) -> Bool { paths.keys.contains(kind) }

    /// It is made for the container, not joined.
    func makes(_ kind: LinuxNamespace.Kind) -> Bool { paths[kind] == .some(.none) }
}
