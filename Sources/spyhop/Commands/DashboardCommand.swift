import ArgumentParser
import Engine

/// `dashboard`: the live panes; what opens without a command.
struct DashboardCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard", abstract: "Open the dashboard (also without any command).",
        usage: "spyhop dashboard [<options>]")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions
    @OptionGroup var looks: DashboardLookOptions

    @Flag(help: "Draw one frame without a terminal, as text or with --svg as a picture.")
    var once = false

    @Option(name: .long, parsing: .unconditional, help: .init("Size of the frame.", valueName: "WxH"))
    var size: String?

    @Option(name: .long, parsing: .unconditional, help: .init("Container to select.", valueName: "container"))
    var container: String?

    @Option(name: .long, parsing: .unconditional, help: .init("Write the frame as an SVG picture.", valueName: "file"))
    var svg: String?

    func validate() throws {
        guard once || (size == nil && svg == nil && container == nil) else {
            throw ValidationError("--size, --svg and --container need --once")
        }
    }

    var request: DashboardRequest {
        DashboardRequest(looks: looks.looks, isOnce: once, size: size, container: container, pictureFile: svg)
    }

    func execute(_ context: CommandContext) async throws -> Int32 { try await request.carryOut(context) }
}
