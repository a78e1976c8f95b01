import ArgumentParser

/// How a dashboard looks, shared by `dashboard` and `demo`.
struct DashboardLookOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: .init("abyss, coral, daylight, mono, or a theme's file.", valueName: "theme"))
    var theme: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: .init(
            "overview, containers, images, layers, volumes, networks, graphs, logs or details.", valueName: "view"))
    var view: String?

    @Flag(help: "Draw with ASCII characters only.")
    var ascii = false
}
