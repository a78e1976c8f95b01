import Engine

extension Dockerfile {
    /// The stages that can be named as a target, and the ARGs and secrets of what `graph` has chosen.
    public func outline(_ graph: BuildGraph) -> BuildOutline {
        let targets = stages.map { stage in
            BuildOutline.Target(
                name: stage.name ?? String(stage.index), base: stage.base, description: stage.comment ?? "",
                isDefault: stage.index == stages.count - 1)
        }
        var secrets: [String] = []
        for stage in graph.stages {
            for case .run(let run) in stage.stage.instructions.map(\.kind) {
                for mount in run.mounts where mount.kind == .secret {
                    let path = mount.target ?? mount.environment ?? ""
                    let identifier = mount.id ?? mount.source ?? path.split(separator: "/").last.map(String.init) ?? ""
                    if !identifier.isEmpty, !secrets.contains(identifier) { secrets.append(identifier) }
                }
            }
        }
        return BuildOutline(targets: targets, arguments: OutlineArguments(self, graph).arguments, secrets: secrets)
    }
}

/// Finds the ARGs that a build can be given.
private struct OutlineArguments {
    private(set) var arguments: [BuildOutline.Argument] = []

    init(_ dockerfile: Dockerfile, _ graph: BuildGraph) {
        let expansion = WordExpansion(escape: dockerfile.directives.escape)
        let globals = GlobalScope(dockerfile).declarations.map(\.declaration)
        var used = Self.usedGlobals(dockerfile, graph, globals, expansion)
        var own: [BuildOutline.Argument] = []
        var seen: Set<String> = []
        for stage in graph.stages {
            var variables: [String: String] = [:]
            for case .arg(let declarations) in stage.stage.instructions.map(\.kind) {
                for declaration in declarations {
                    let name = declaration.name
                    let expanded = declaration.value.flatMap { text in
                        try? expansion.word(text) { variables[$0] }
                    }
                    let value = graph.arguments[name] ?? expanded ?? graph.globalArguments[name]
                    variables[name] = value
                    if declaration.value == nil, graph.globalArguments[name] != nil {
                        used.insert(name)
                    } else if seen.insert(name).inserted {
                        own.append(
                            BuildOutline.Argument(name: name, value: value, description: declaration.comment ?? ""))
                    }
                }
            }
        }
        var shown: Set<String> = []
        for declaration in globals where used.contains(declaration.name) && shown.insert(declaration.name).inserted {
            arguments.append(
                BuildOutline.Argument(
                    name: declaration.name, value: graph.globalArguments[declaration.name],
                    description: declaration.comment ?? ""))
        }
        arguments += own.filter { !shown.contains($0.name) }
    }

    /// ARGs before the first FROM that the needed stages' FROM lines use, and those that the ARGs' defaults use.
    private static func usedGlobals(
        _ dockerfile: Dockerfile, _ graph: BuildGraph, _ globals: [ArgumentDeclaration], _ expansion: WordExpansion
    ) -> Set<String> {
        var used: Set<String> = []
        func note(_ text: String) {
            _ = try? expansion.word(text) { name in
                used.insert(name)
                return graph.globalArguments[name]
            }
        }
        for stage in graph.stages {
            note(stage.stage.base)
            if let platform = stage.stage.platform { note(platform) }
        }
        // A default can only use what stands before it, so once backwards is enough.
        for declaration in globals.reversed() where used.contains(declaration.name) {
            if let value = declaration.value { note(value) }
        }
        return used
    }
}
