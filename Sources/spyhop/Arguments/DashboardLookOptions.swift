import ArgumentParser

/// How a dashboard looks, shared by `dashboard` and `demo`.
struct DashboardLookOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: .init(
            "abyss, coral, daylight, mono, nord, … (see docs/themes.md), or a theme's file.", valueName: "theme"))
    var theme: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: .init(
            "overview, containers, images, layers, volumes, networks, graphs, logs or details.", valueName: "view"))
    var view: String?

    @Flag(help: "Draw with ASCII characters only.")
    var ascii = false

    @Flag(help: "Change nothing: look, but neither start nor stop nor remove.")
    var readOnly = false

    @Flag(help: "Tell in plain lines, for a screen reader or a braille display.")
    var screenReader = false
}

extension DashboardLookOptions {
    /// What was asked for.
    var looks: DashboardLooks {
        DashboardLooks(
            theme: theme, view: view, isASCII: ascii, isReadOnly: readOnly, isForScreenReader: screenReader)
    }
}

/// What a command line says of a dashboard's looks.
struct DashboardLooks: Sendable, Equatable {
    var theme: String?
    var view: String?
    var isASCII = false
    var isReadOnly = false
    var isForScreenReader = false
}
