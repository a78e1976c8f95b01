/// The ARGs before the first FROM.
struct GlobalScope {
    private let dockerfile: Dockerfile

    init(_ dockerfile: Dockerfile) { self.dockerfile = dockerfile }

    /// Names that an ARG declares, whether it has a value or not.
    var declared: Set<String> { Set(declarations.map(\.declaration.name)) }

    /// Every ARG with its instruction's place.
    var declarations: [(declaration: ArgumentDeclaration, range: SourceRange)] {
        dockerfile.globalArguments.flatMap { instruction -> [(ArgumentDeclaration, SourceRange)] in
            guard case .arg(let declarations) = instruction.kind else { return [] }
            return declarations.map { ($0, instruction.range) }
        }
    }

    /// The values, each default expanded with those before it.
    func values(
        arguments: [String: String], buildPlatform: String, targetPlatform: String, target: String?
    ) throws(DockerfileError) -> [String: String] {
        var values = PredefinedArguments.values(
            buildPlatform: buildPlatform, targetPlatform: targetPlatform,
            target: target ?? dockerfile.stages.last?.name)
        for (name, value) in arguments where values[name] != nil { values[name] = value }
        let expansion = WordExpansion(escape: dockerfile.directives.escape)
        for (declaration, range) in declarations {
            if let value = arguments[declaration.name] {
                values[declaration.name] = value
            } else if let text = declaration.value {
                do {
                    values[declaration.name] = try expansion.word(text) { values[$0] }
                } catch {
                    throw dockerfile.error(error.message, at: range)
                }
            }
        }
        return values
    }
}
