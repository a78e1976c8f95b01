import Engine
import Images

/// What comes of a request and its image together, by docker's rules.
struct MergedConfiguration: Sendable, Hashable {
    /// Entrypoint and arguments.
    var command: [String]
    /// `KEY=VALUE`.
    var environment: [String]
    var workingDirectory: String
    var user: String
    var labels: [String: String]
    var stopSignal: Int32
    var healthCheck: HealthCheck?

    init(_ spec: ContainerSpec, _ image: ResolvedImage) throws(EngineError) {
        // An entrypoint in the request speaks of another program: the image's arguments are not for it.
        let entrypoint = spec.entrypoint ?? image.entrypoint
        let arguments = spec.command.isEmpty && spec.entrypoint == nil ? image.command : spec.command
        command = entrypoint.filter { !$0.isEmpty } + arguments
        guard !command.isEmpty else {
            throw EngineError(
                .invalidArgument, "no command: neither the request nor image \(image.reference) names one",
                hint: "put a command behind the image's name")
        }
        environment = Self.environment(request: spec.environment, image: image.environment)
        user = spec.user ?? image.user
        labels = image.labels.merging(spec.labels) { _, own in own }
        let directory = spec.workingDirectory ?? image.workingDirectory
        workingDirectory = directory.isEmpty ? "/" : directory
        guard workingDirectory.hasPrefix("/") else {
            throw EngineError(.invalidArgument, "working directory \(workingDirectory) is not an absolute path")
        }
        healthCheck = spec.healthCheck?.filled(from: image.healthCheck) ?? image.healthCheck
        // Of the image's: the request was checked before.
        guard
            !(command + environment + [workingDirectory, user] + (healthCheck?.test ?? [])).contains(where: {
                $0.utf8.contains(0)
            })
        else {
            throw EngineError(.invalidArgument, "the configuration of image \(image.reference) holds a NUL byte")
        }
        stopSignal = spec.stopSignal ?? image.stopSignal.flatMap(StopSignal.number) ?? 15
    }

    /// The request's variables, then those of the image that it does not name; of one name the later value counts.
    /// A name without `=` takes the variable away.
    private static func environment(request: [String], image: [String]) -> [String] {
        var places: [String: Int] = [:]
        var variables: [String?] = []
        for variable in request {
            let name = String(variable.prefix { $0 != "=" })
            let value = name.utf8.count == variable.utf8.count ? nil : variable
            if let place = places[name] {
                variables[place] = value
            } else {
                places[name] = variables.count
                variables.append(value)
            }
        }
        for variable in image {
            let name = String(variable.prefix { $0 != "=" })
            guard places[name] == nil else { continue }
            places[name] = variables.count
            variables.append(variable)
        }
        return variables.compactMap { $0 }
    }
}
