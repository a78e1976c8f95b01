import Engine
import LinuxSystem
import OCI

/// The options of a build as the engine's request.
struct BuildRequestReader {
    let options: BuildOptions
    let cache: BuildCacheOptions
    let result: BuildResultOptions
    let steps: BuildStepOptions
    let environment: ProcessEnvironment

    /// What can be read without opening the context.
    /// - Throws: `EngineError` that names the option.
    func request() throws -> BuildRequest {
        var request = BuildRequest(context: .empty)
        request.tags = try options.tag.map(Self.name)
        request.target = options.target.flatMap { $0.isEmpty ? nil : $0 }
        request.labels = try LabelOption.resolve(options.label)
        request.platform = try platform()
        request.pull = options.pull
        for text in options.buildContext { try addContext(text, to: &request) }
        for text in options.secret {
            let (id, secret) = try SecretOption.parse(text, environment)
            request.secrets[id] = secret
        }
        for text in options.ssh {
            let (id, socket) = try SSHOption.parse(text, environment)
            request.sshAgents[id] = socket
        }
        try addEntitlements(to: &request)
        try Self.add(arguments: options.buildArg, environment, to: &request)
        request.noCache = cache.noCache
        request.noCacheFilter = cache.noCacheFilter.flatMap { $0.split(separator: ",").map(String.init) }
        request.cacheFrom = try cache.cacheFrom.map { try BuildCacheOption.source($0, environment) }
        request.cacheTo = try cache.cacheTo.map { try BuildCacheOption.destination($0, environment) }
        request.squash = result.squash
        try addOutputs(to: &request)
        try steps.apply(to: &request)
        return request
    }

    /// A tag, everything spelled out.
    static func name(_ text: String) throws -> String {
        let reference = try ImageReference(text)
        guard reference.digest == nil else {
            throw EngineError(.invalidArgument, "--tag \(text): a digest comes of the build, and cannot be chosen")
        }
        return reference.full
    }

    private func platform() throws -> String? {
        let all = options.platform.flatMap { $0.split(separator: ",").map(String.init) }
        guard all.count <= 1 else {
            throw EngineError(
                .unsupported, "--platform \(all.joined(separator: ",")): a build is for one platform",
                hint: "build once for each, under different tags")
        }
        return all.first == "local" ? nil : all.first
    }

    private func addContext(_ text: String, to request: inout BuildRequest) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw EngineError(
                .invalidArgument, "--build-context \(text) is not name=place", hint: "for instance shared=../shared")
        }
        let place = parts[1]
        let layout = "oci-layout://"
        if place.hasPrefix(layout) {
            request.namedContexts[parts[0]] = layout + environment.absolute(String(place.dropFirst(layout.count)))
        } else if place.contains("://") || BuildContextArgument.isRemote(place) {
            request.namedContexts[parts[0]] = place
        } else {
            let path = environment.absolute(place)
            guard try HostFile.kind(path, as: place, of: "--build-context \(text)") == .directory else {
                throw EngineError(.notFound, "--build-context \(text): there is no directory \(place)")
            }
            request.namedContexts[parts[0]] = path
        }
    }

    private func addEntitlements(to request: inout BuildRequest) throws {
        for right in options.allow.flatMap({ $0.split(separator: ",").map(String.init) }) {
            guard ["network.host", "security.insecure"].contains(right) else {
                throw EngineError(
                    .invalidArgument, "--allow \(right): there is no such right",
                    hint: "there are network.host and security.insecure")
            }
            request.entitlements.insert(right)
        }
    }

    /// Puts the values of ARGs into a request, and what SOURCE_DATE_EPOCH says.
    static func add(
        arguments: [String], _ environment: ProcessEnvironment, to request: inout BuildRequest
    ) throws {
        for text in arguments {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = parts.first, !name.isEmpty else {
                throw EngineError(.invalidArgument, "--build-arg \"\(text)\" has no name")
            }
            // A name that is not in the environment leaves the Dockerfile's default.
            request.arguments[name] = parts.count == 2 ? parts[1] : environment.lookup(name)
        }
        let name = "SOURCE_DATE_EPOCH"
        if request.arguments[name] == nil, let value = environment.value(name) { request.arguments[name] = value }
        guard let value = request.arguments[name], !value.isEmpty else { return }
        guard let seconds = Int64(value), seconds >= 0 else {
            throw EngineError(.invalidArgument, "\(name) is a number of seconds since 1970, not \"\(value)\"")
        }
        request.sourceDateEpoch = seconds
    }

    private func addOutputs(to request: inout BuildRequest) throws {
        var outputs = try result.output.filter { !$0.isEmpty }.map { try BuildOutputOption.parse($0, environment) }
        if result.push {
            if let place = outputs.firstIndex(where: { if case .image = $0 { true } else { false } }),
                case .image(let names, _) = outputs[place]
            {
                outputs[place] = .image(names: names, push: true)
            } else {
                outputs.append(.image(names: [], push: true))
            }
        } else if result.load, !outputs.isEmpty {
            outputs.append(.image(names: [], push: false))
        }
        for case .image(let names, push: true) in outputs where names.isEmpty && request.tags.isEmpty {
            throw EngineError(
                .invalidArgument, "an image without a name cannot be pushed", hint: "-t NAME gives it one")
        }
        let streams = outputs.count { output in
            switch output {
            case .tar(.descriptor), .oci(.descriptor, _), .docker(.descriptor): true
            default: false
            }
        }
        guard streams <= 1 else {
            throw EngineError(.invalidArgument, "two results cannot both go to standard output")
        }
        request.outputs = outputs
    }
}
