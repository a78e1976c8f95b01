import Runtime

/// The help of the runtime command line.
enum OCIHelp {
    /// The help of a command, or of the whole.
    static func text(of name: String?) -> String {
        guard let name, let verb = OCIVerb.all.first(where: { $0.name == name }) else { return overview }
        let usage = "Usage: \(OCIProgram.name) [global options] \(verb.name) [options] \(verb.usage)\n"
        return usage + "\n\(verb.help)\n" + section("Options", verb.options)
    }

    private static var overview: String {
        let width = OCIVerb.all.map(\.name.count).max() ?? 0
        let commands = OCIVerb.all.map { "  \(padded($0.name, width))  \($0.help)\n" }.joined()
        return """
            Usage: \(OCIProgram.name) [global options] command [options] [arguments]

            An OCI runtime (runtime-spec \(BundleRuntime.specificationVersion)) with runc's commands and options.

            Commands:
            \(commands)
            """ + section("Global options", OCIGlobal.options)
    }

    private static func section(_ title: String, _ options: [OCIOption]) -> String {
        guard !options.isEmpty else { return "" }
        let spelled = options.map { option in
            let names = option.names.map { $0.count == 1 ? "-\($0)" : "--\($0)" }.joined(separator: ", ")
            return names + (option.value.map { " <\($0)>" } ?? "")
        }
        let width = spelled.map(\.count).max() ?? 0
        let lines = zip(spelled, options).map { "  \(padded($0, width))  \($1.help)\n" }
        return "\n\(title):\n" + lines.joined()
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
