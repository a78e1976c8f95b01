import Engine

/// The context and the Dockerfile as they stand on the command line.
struct BuildSources {
    let context: String
    let file: String?
    let environment: ProcessEnvironment

    /// Puts them into the request. Standard input is read for it.
    /// - Throws: `EngineError`.
    func open(_ request: inout BuildRequest) async throws {
        let place = try BuildContextArgument.place(context, environment)
        if let file, BuildContextArgument.isRemote(file), file.contains("://") {
            throw EngineError(
                .unsupported, "-f \(file): a Dockerfile does not come from a URL", hint: "curl … | spyhop build -f - .")
        }
        guard file != "-" || place != .standardInput else {
            throw EngineError(.invalidArgument, "context and Dockerfile cannot both come on standard input")
        }
        if place == .standardInput || file == "-" {
            guard !RawTerminal.isInput else {
                throw EngineError(
                    .invalidArgument, "neither archive nor Dockerfile comes from a terminal",
                    hint: "spyhop build - < Dockerfile")
            }
        }
        switch place {
        case .directory(let path):
            request.context = .directory(path)
            request.file = try await dockerfile { environment.absolute($0) }
        case .remote(let url):
            request.context = .remote(url)
            request.file = try await dockerfile { $0 }
        case .standardInput:
            switch try await StandardInputContext.read() {
            case .archive(let descriptor):
                request.context = .archive(descriptor: descriptor)
                request.file = file.map { .path($0) } ?? .standard
            case .dockerfile(let text):
                guard file == nil else {
                    throw EngineError(
                        .invalidArgument, "there are two Dockerfiles: one on standard input, and -f \(file ?? "")")
                }
                request.context = .empty
                request.file = .text(text)
            }
        }
    }

    private func dockerfile(_ path: (String) -> String) async throws -> BuildRequest.File {
        switch file {
        case nil, "": .standard
        case "-": .text(try await StandardInputContext.text())
        case let file?: .path(path(file))
        }
    }
}
