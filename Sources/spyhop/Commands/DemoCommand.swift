import ArgumentParser
import Engine

/// `demo`: five containers that are worth watching.
struct DemoCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Start five containers that are worth watching, or remove them again.",
        usage: "spyhop demo [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions
    @OptionGroup var looks: DashboardLookOptions

    @Flag(help: "Open the dashboard; without a terminal print one frame.")
    var open = false

    @Flag(help: "Remove the demo: containers, network, volume and image.")
    var stop = false

    func validate() throws {
        guard !(open && stop) else { throw ValidationError("--open and --stop contradict each other") }
    }

    func execute(_ context: CommandContext) async throws -> Int32 {
        let demo = Demo(context: context, engine: try context.engine)
        if stop {
            try await demo.stop()
            return 0
        }
        let launcher = try DashboardLauncher(looks.looks, context)
        try await demo.start()
        guard open else {
            try await context.print("watch them:  spyhop\nremove them: spyhop demo --stop\n")
            return 0
        }
        if RawTerminal.isInput && StandardStream.output.isTerminal { return try await launcher.open() }
        try await context.print("\n")
        try await launcher.draw(
            DashboardLauncher.Frame(size: try DashboardLauncher.size("120x40"), container: nil, pictureFile: nil),
            warmUp: .seconds(4))
        try await context.print(
            "\nThere is no terminal here, so this was one frame. In a terminal, spyhop opens the dashboard;\n"
                + "spyhop demo --stop removes the demo.\n")
        return 0
    }
}
