import Engine
import FoundationEssentials
import Images
import OCI

/// A finished stage as an image's documents.
struct ImageAssembly: Sendable {
    /// The configuration's bytes.
    var configuration: [UInt8]
    /// The manifest's bytes.
    var manifest: [UInt8]

    /// - Parameter layers: all of them, lowest first.
    init(_ state: StageState, layers: [BuiltLayer], request: BuildRequest) throws(EngineError) {
        let finished = try Self.configuration(state, layers: layers, request: request)
        configuration = try Self.encode(finished)
        let descriptor = Descriptor(
            mediaType: MediaType.configuration, digest: Digest(of: configuration).description,
            size: Int64(configuration.count))
        manifest = try Self.encode(ImageManifest(config: descriptor, layers: layers.map(\.descriptor)))
    }

    /// The configuration as docker would give it: no empty fields, times in every line of history.
    static func configuration(
        _ state: StageState, layers: [BuiltLayer], request: BuildRequest
    ) throws(EngineError) -> ImageConfiguration {
        var configuration = state.configuration
        if request.platform != nil {
            let platform = try Platform(text: BuildPlatform.target(of: request))
            let isSame = configuration.os == platform.os && configuration.architecture == platform.architecture
            configuration.os = platform.os
            configuration.architecture = platform.architecture
            if platform.variant != nil || !isSame { configuration.variant = platform.variant }
        }
        var defaults = state.defaults
        if !request.labels.isEmpty { defaults.labels = (defaults.labels ?? [:]).merging(request.labels) { $1 } }
        configuration.config = defaults.withoutEmptyFields
        configuration.rootfs = .init(diffIDs: layers.map(\.diffID.description))
        configuration.history = dated(state.configuration.history ?? [])
        let epoch = request.epoch.map { Timestamp(seconds: $0).goText }
        configuration.created = epoch ?? configuration.history?.last { $0.created != nil }?.created
        return configuration
    }

    /// Fills in the times of lines that made no layer: that of the next layer that was made here, else of the last before.
    static func dated(_ history: [ImageConfiguration.History]) -> [ImageConfiguration.History] {
        var dated = history
        var time: String?
        var sawUndated = false
        for entry in history {
            if let created = entry.created {
                time = created
                if sawUndated { break }
            } else {
                sawUndated = true
            }
        }
        sawUndated = false
        for index in dated.indices {
            if let created = dated[index].created {
                if sawUndated { time = created }
            } else {
                sawUndated = true
                dated[index].created = time
            }
        }
        return dated
    }

    private static func encode(_ value: some Encodable) throws(EngineError) -> [UInt8] {
        let encoder = JSONEncoder()
        // Sorted keys: the same image gets the same digest again.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(value)) } catch {
            throw EngineError(.system, "cannot write the image's documents", cause: error)
        }
    }
}

extension ExecutionDefaults {
    /// What says nothing is not written.
    fileprivate var withoutEmptyFields: ExecutionDefaults {
        var defaults = self
        if user == "" { defaults.user = nil }
        if workingDirectory == "" { defaults.workingDirectory = nil }
        if stopSignal == "" { defaults.stopSignal = nil }
        if exposedPorts?.isEmpty == true { defaults.exposedPorts = nil }
        if environment?.isEmpty == true { defaults.environment = nil }
        if entrypoint?.isEmpty == true { defaults.entrypoint = nil }
        if command?.isEmpty == true { defaults.command = nil }
        if volumes?.isEmpty == true { defaults.volumes = nil }
        if labels?.isEmpty == true { defaults.labels = nil }
        if onBuild?.isEmpty == true { defaults.onBuild = nil }
        if shell?.isEmpty == true { defaults.shell = nil }
        return defaults
    }
}
