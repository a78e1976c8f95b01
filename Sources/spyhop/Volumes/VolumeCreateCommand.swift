import ArgumentParser
import Engine

/// `volume create`: makes a volume.
struct VolumeCreateCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a volume.", usage: "spyhop volume create [<options>] [<volume>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("d", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("local, the only one there is.", valueName: "driver"))
    var driver = "local"

    @Option(
        name: .long, parsing: .unconditionalSingleValue, help: .init("Set a label.", valueName: "key=value"))
    var label: [String] = []

    @Option(
        name: [.customShort("o", allowingJoined: true), .customLong("opt")], parsing: .unconditionalSingleValue,
        help: .init("type=, device= and o=, as mount(8) takes them.", valueName: "key=value"))
    var options: [String] = []

    @Option(name: .customLong("name"), parsing: .unconditional, help: .hidden)
    var oldName: String?

    @Argument(help: .init("Name; without one 64 digits are made up.", valueName: "volume"))
    var volume: String?

    func execute(_ context: CommandContext) async throws -> Int32 {
        guard volume == nil || oldName == nil else {
            throw EngineError(.invalidArgument, "the volume is named twice: by --name and as an argument")
        }
        var spec = VolumeSpec(name: (volume ?? oldName).flatMap { $0.isEmpty ? nil : $0 })
        spec.driver = driver
        spec.labels = try LabelOption.resolve(label)
        for option in options {
            guard let equals = option.firstIndex(of: "="), equals > option.startIndex else {
                throw EngineError(.invalidArgument, "--opt \"\(option)\" is not of the form key=value")
            }
            spec.options[String(option[..<equals])] = String(option[option.index(after: equals)...])
        }
        try await context.print(try await context.engine.createVolume(spec).name + "\n")
        return 0
    }
}
