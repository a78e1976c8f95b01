import Engine
import Terminal

/// Finds the theme that was asked for.
enum ThemeChoice {
    /// The theme called `name`: built in, else a file in the configuration's `themes`, else a file by its path.
    /// - Throws: `EngineError` `.invalidArgument` with the place of what is wrong in a file, or `.notFound`.
    static func theme(_ name: String, _ environment: ProcessEnvironment) throws -> Theme {
        do {
            if let theme = try Theme.builtIn(name) { return theme }
            let path = path(name, environment)
            guard let text = try? environment.readText(path) else {
                throw EngineError(
                    .notFound, "there is no theme \"\(name)\"",
                    hint: "use \(Theme.builtInNames.joined(separator: ", ")), or the path of a theme's file")
            }
            return try Theme(yaml: text, file: path)
        } catch let error as ThemeError {
            throw EngineError(.invalidArgument, error.description)
        }
    }

    /// The file of a theme that is not inside the program.
    static func file(_ name: String, _ environment: ProcessEnvironment) -> String? {
        Theme.builtInNames.contains(name) ? nil : path(name, environment)
    }

    private static func path(_ name: String, _ environment: ProcessEnvironment) -> String {
        guard !name.contains("/"), !name.hasSuffix(".yaml"), let directory = ConfigurationFile.directory(environment)
        else { return environment.absolute(name) }
        return "\(directory)/themes/\(name).yaml"
    }
}
