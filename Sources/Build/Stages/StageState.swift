import Engine
import Images
import OCI

/// What a stage has come to: the file system and the configuration that its next instruction finds.
struct StageState: Sendable {
    /// What it is built for.
    var platform: Platform
    /// The configuration so far; `created` of its history's entries is empty until the end where no layer gives it.
    var configuration: ImageConfiguration
    /// Its layers, lowest first.
    var layers: [StepLayer]
    /// How many of them came with the image at the very bottom.
    var inheritedLayers: Int
    /// How many lines of its history came with that image.
    var inheritedHistory = 0
    /// ARGs declared so far, in order.
    var arguments: [StageArgument] = []
    /// A CMD stands in this very stage, so that ENTRYPOINT leaves it alone.
    var commandIsSet = false

    /// What stands where docker finds no PATH.
    static let defaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// `FROM scratch`.
    static func scratch(_ platform: Platform) -> StageState {
        var configuration = ImageConfiguration(
            architecture: platform.architecture, os: platform.os, variant: platform.variant,
            rootfs: .init(diffIDs: []))
        var defaults = ExecutionDefaults()
        defaults.workingDirectory = "/"
        defaults.environment = [defaultPath]
        configuration.config = defaults
        return StageState(platform: platform, configuration: configuration, layers: [], inheritedLayers: 0)
    }

    /// `FROM` an image; its ONBUILD triggers are taken out, to be carried out.
    static func image(_ base: BaseImage, platform: Platform) -> (state: StageState, triggers: [String]) {
        var configuration = base.configuration
        configuration.created = nil
        var defaults = configuration.config ?? ExecutionDefaults()
        let triggers = defaults.onBuild ?? []
        defaults.onBuild = nil
        if !(defaults.environment ?? []).contains(where: { $0.hasPrefix("PATH=") }) {
            defaults.environment = (defaults.environment ?? []) + [defaultPath]
        }
        if let directory = defaults.workingDirectory, !directory.isEmpty {
            defaults.workingDirectory = ContainerPath.clean(directory)
        }
        configuration.config = defaults
        let state = StageState(
            platform: platform, configuration: configuration, layers: base.layers.map(StepLayer.here),
            inheritedLayers: base.layers.count, inheritedHistory: configuration.history?.count ?? 0)
        return (state, triggers)
    }

    /// `FROM` another stage: all that it has come to, its ARGs among it, but not its triggers.
    func inherited() -> StageState {
        var state = self
        state.defaults.onBuild = nil
        state.commandIsSet = false
        return state
    }

    /// The defaults of containers.
    var defaults: ExecutionDefaults {
        get { configuration.config ?? ExecutionDefaults() }
        set { configuration.config = newValue }
    }

    /// Where relative paths begin.
    var workingDirectory: String {
        guard let directory = defaults.workingDirectory, !directory.isEmpty else { return "/" }
        return directory
    }

    /// The shell of shell forms.
    var shell: [String] {
        guard let shell = defaults.shell, !shell.isEmpty else { return ["/bin/sh", "-c"] }
        return shell
    }

    /// A command in either form, as it is run.
    func commandLine(_ command: String) -> [String] { shell + [command] }

    /// Digests of the layers' archives, lowest first.
    var diffIDs: [Digest] { layers.map(\.diffID) }

    // MARK: - Variables

    /// What a variable stands for: the image's environment first, for ENV outdoes ARG.
    func variable(_ name: String) -> String? {
        for entry in defaults.environment ?? [] where entry.utf8.starts(with: name.utf8) {
            let rest = entry.utf8.dropFirst(name.utf8.count)
            if rest.first == UInt8(ascii: "=") { return String(Substring(rest.dropFirst())) }
        }
        return arguments.last { $0.name == name && $0.value != nil }?.value
    }

    /// The environment of RUN: the image's, and the ARGs that it does not outdo.
    var runEnvironment: [String] {
        let environment = defaults.environment ?? []
        let taken = Set(environment.map { String($0.prefix { $0 != "=" }) })
        var added: [String] = []
        var seen: Set<String> = []
        for argument in arguments.reversed() where !taken.contains(argument.name) {
            guard let value = argument.value, seen.insert(argument.name).inserted else { continue }
            added.append("\(argument.name)=\(value)")
        }
        return environment + added.reversed()
    }

    /// `|1 VERSION=2 ` before RUN's command in history: every ARG declared so far with what its name stands for.
    var argumentsText: String {
        var names: [String] = []
        for argument in arguments where !names.contains(argument.name) { names.append(argument.name) }
        guard !names.isEmpty else { return "" }
        return "|\(names.count) " + names.map { "\($0)=\(variable($0) ?? "") " }.joined()
    }

    // MARK: - History

    /// Notes an instruction that has made no layer.
    mutating func note(_ text: String, at place: String, epoch: Timestamp?) {
        append(.init(created: epoch?.goText, createdBy: text, comment: place, emptyLayer: true))
    }

    /// Puts a layer on top, with its line of history.
    mutating func add(_ layer: StepLayer, _ text: String, at place: String, createdAt: Timestamp) {
        layers.append(layer)
        append(.init(created: createdAt.goText, createdBy: text, comment: place))
    }

    private mutating func append(_ entry: ImageConfiguration.History) {
        configuration.history = (configuration.history ?? []) + [entry]
    }
}
