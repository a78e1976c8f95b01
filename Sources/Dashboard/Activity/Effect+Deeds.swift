import Engine

extension Effect {
    /// What the effect changes outside of the dashboard; `nil` for one that only looks.
    var deed: Deed? { deeds.first }

    /// One for each thing that it is done to.
    var deeds: [Deed] {
        switch self {
        case .perform(let operation, let targets):
            targets.map {
                Deed(verb: operation.verb, target: $0.name, command: CommandSpelling.operation(operation, $0.name))
            }
        case .removeImages(let targets, let force):
            targets.map { Self.removal($0, force: force) }
        case .pruneImages(let targets): targets.map { Self.removal($0, force: false) }
        case .tagImage(let image, let name):
            [
                Deed(
                    verb: phrase("tag"), target: "\(image.name) as \(name)",
                    command: CommandSpelling.line(["tag", image.name, name]))
            ]
        case .transfer(let request):
            [
                Deed(
                    verb: request.verb, target: request.reference,
                    command: CommandSpelling.line([request.verb, request.reference]))
            ]
        case .run(let form): [Deed(verb: phrase("run"), target: form.image, command: form.spelling)]
        case .build(let id, let form):
            [Deed(verb: phrase("build"), target: "\(form.title) (\(id))", command: form.spelling)]
        case .change(let change): [change.deed]
        case .shell(let id):
            [
                Deed(
                    verb: phrase("shell"), target: id.short,
                    command: CommandSpelling.line(["exec", "-it", id.short, "sh"]))
            ]
        case .attach(let id):
            [Deed(verb: phrase("attach"), target: id.short, command: CommandSpelling.line(["attach", id.short]))]
        case .errand(let errand), .terminal(let errand): errand.errand.deed.map { [$0] } ?? []
        case .pinned(_, let effect): effect.deeds
        default: []
        }
    }

    private static func removal(_ image: ImageTarget, force: Bool) -> Deed {
        Deed(
            verb: phrase("remove image"), target: image.name,
            command: CommandSpelling.line(["rmi"] + (force ? ["-f"] : []) + [image.name]))
    }
}

extension RunForm {
    /// The command line that makes the same container.
    var spelling: String {
        func each(_ flag: String, _ text: String) -> [String] {
            text.split(separator: " ").flatMap { [flag, String($0)] }
        }
        func one(_ flag: String, _ text: String) -> [String] { text.isEmpty ? [] : [flag, text] }
        let options =
            one("--name", name) + each("-p", ports) + each("-e", environment) + each("-v", volumes)
            + one("--network", network)
            + (restart == "no" || restart.isEmpty ? [] : ["--restart", restart]) + (autoRemove ? ["--rm"] : [])
        // The command was typed as a shell reads it.
        return CommandSpelling.line(["run", "-d"] + options + [image]) + (command.isEmpty ? "" : " \(command)")
    }
}

extension BuildForm {
    /// The command line that builds the same.
    var spelling: String {
        func each(_ flag: String, _ text: String) -> [String] {
            text.split(separator: " ").flatMap { [flag, String($0)] }
        }
        func one(_ flag: String, _ text: String) -> [String] { text.isEmpty ? [] : [flag, text] }
        return CommandSpelling.line(
            ["build"] + each("-t", tags) + one("-f", file) + one("--target", target) + each("--build-arg", arguments)
                + (noCache ? ["--no-cache"] : []) + [context])
    }
}

extension ResourceChange {
    fileprivate var deed: Deed {
        func line(_ words: String...) -> String { CommandSpelling.line(words) }
        switch self {
        case .removeNetworks(let targets):
            let names = targets.map(\.name)
            return Deed(
                verb: phrase("remove network"), target: names.joined(separator: ", "),
                command: CommandSpelling.line(["network", "rm"] + names))
        case .removeVolumes(let names):
            return Deed(
                verb: phrase("remove volume"), target: names.joined(separator: ", "),
                command: CommandSpelling.line(["volume", "rm"] + names))
        case .createNetwork(let spec):
            let options =
                spec.subnets.flatMap { ["--subnet", "\($0.prefix)"] } + (spec.isInternal ? ["--internal"] : [])
                + (spec.ipv6 ? ["--ipv6"] : [])
            return Deed(
                verb: phrase("make network"), target: spec.name,
                command: CommandSpelling.line(["network", "create"] + options + [spec.name]))
        case .createVolume(let spec):
            return Deed(
                verb: phrase("make volume"), target: spec.name ?? "",
                command: CommandSpelling.line(["volume", "create"] + (spec.name.map { [$0] } ?? [])))
        case .connect(let container, let network):
            return Deed(
                verb: phrase("connect"), target: "\(container.name) to \(network.name)",
                command: line("network", "connect", network.name, container.name))
        case .disconnect(let container, let network):
            return Deed(
                verb: phrase("disconnect"), target: "\(container.name) from \(network.name)",
                command: line("network", "disconnect", network.name, container.name))
        }
    }
}
