import Dashboard
import Engine

/// Reads the dashboard's form as `run -d` reads its options.
struct RunFormReader: Sendable {
    let environment: ProcessEnvironment
    let cgroupParent: String?

    /// The request, or what is wrong with every field that is.
    func spec(_ form: RunForm) -> Result<ContainerSpec, RunForm.Refusal> {
        var spec = ContainerSpec(image: form.image.trimmed)
        var reasons: [RunForm.Field: String] = [:]
        func read(_ field: RunForm.Field, _ body: () throws -> Void) {
            do { try body() } catch { reasons[field] = "\(error)" }
        }
        read(.image) {
            if spec.image.isEmpty { throw EngineError(.invalidArgument, "a container needs an image") }
        }
        let name = form.name.trimmed
        spec.name = name.isEmpty ? nil : name
        read(.command) { spec.command = try words(form.command) }
        read(.environment) {
            spec.environment = try EnvironmentOption.resolve(try words(form.environment), lookup: environment.lookup)
        }
        read(.volumes) { spec.mounts = try mounts(form.volumes) }
        read(.network) {
            var network = NetworkWords()
            network.network = try words(form.network)
            try network.apply(to: &spec)
        }
        read(.ports) {
            var network = NetworkWords()
            network.network = reasons[.network] == nil ? try words(form.network) : []
            network.publish = try words(form.ports)
            if let warning = network.warnings.first { throw EngineError(.invalidArgument, warning) }
            try network.apply(to: &spec)
        }
        read(.restart) { spec.restartPolicy = try policy(form.restart) }
        read(.autoRemove) {
            spec.autoRemove = form.autoRemove
            guard form.autoRemove, spec.restartPolicy != .no else { return }
            throw EngineError(
                .invalidArgument, "--rm and --restart \(spec.restartPolicy) contradict each other",
                hint: "leave one out")
        }
        if let parent = cgroupParent, !parent.isEmpty {
            var system = SystemOptions()
            system.cgroupParent = parent
            spec.system = system
        }
        return reasons.isEmpty ? .success(spec) : .failure(RunForm.Refusal(reasons))
    }

    private func words(_ text: String) throws -> [String] {
        guard let words = ShellWords.split(text) else {
            throw EngineError(.invalidArgument, "a quote is not closed, or nothing follows a backslash")
        }
        return words
    }

    private func mounts(_ text: String) throws -> [MountSpec] {
        let mounts = try words(text).map { try VolumeOption.parse($0, directory: environment.workingDirectory) }
        var targets: Set<String> = []
        for mount in mounts where !targets.insert(mount.target).inserted {
            throw EngineError(.invalidArgument, "two mounts have the target \(mount.target)")
        }
        return mounts
    }

    private func policy(_ text: String) throws -> RestartPolicy {
        guard let policy = RestartPolicy(text) else {
            throw EngineError(
                .invalidArgument, "\"\(text)\" is not a policy",
                hint: "use no, on-failure[:n], always or unless-stopped")
        }
        return policy
    }
}

extension String {
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
