import ArgumentParser
import Dashboard
import Engine

/// Reads the dashboard's form as `build` reads its options.
struct BuildFormReader: Sendable {
    let environment: ProcessEnvironment

    /// The request, or what is wrong with every field that is.
    func request(_ form: BuildForm) -> Result<BuildRequest, BuildForm.Refusal> {
        var request = BuildRequest(context: .empty)
        var reasons: [BuildForm.Field: String] = [:]
        func read(_ field: BuildForm.Field, _ body: () throws -> Void) {
            do { try body() } catch { reasons[field] = "\(error)" }
        }
        let file = form.file.trimmingBlanks
        read(.context) {
            switch try BuildContextArgument.place(form.context.trimmingBlanks, environment) {
            case .directory(let path):
                request.context = .directory(path)
                if !file.isEmpty { request.file = .path(environment.absolute(file)) }
            case .remote(let url):
                request.context = .remote(url)
                if !file.isEmpty { request.file = .path(file) }
            case .standardInput: throw Self.noStandardInput
            }
        }
        read(.file) { if file == "-" { throw Self.noStandardInput } }
        read(.tags) { request.tags = try options("-t", form.tags).tags }
        read(.arguments) {
            let read = try options("--build-arg", form.arguments)
            request.arguments = read.arguments
            request.sourceDateEpoch = read.sourceDateEpoch
        }
        let target = form.target.trimmingBlanks
        request.target = target.isEmpty ? nil : target
        request.noCache = form.noCache
        return reasons.isEmpty ? .success(request) : .failure(BuildForm.Refusal(reasons))
    }

    private static let noStandardInput = EngineError(
        .invalidArgument, "standard input belongs to the dashboard", hint: "spyhop build - takes what comes there")

    /// What the command makes of an option that is given once for each word.
    private func options(_ name: String, _ text: String) throws -> BuildRequest {
        guard let words = ShellWords.split(text) else {
            throw EngineError(.invalidArgument, "a quote is not closed, or nothing follows a backslash")
        }
        return try BuildRequestReader(
            options: try BuildOptions.parse(words.flatMap { [name, $0] }), cache: try BuildCacheOptions.parse([]),
            result: try BuildResultOptions.parse([]), steps: try BuildStepOptions.parse([]), environment: environment
        ).request()
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        var rest = self[...]
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
