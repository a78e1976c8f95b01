/// How everything looks: a style for each role, a gradient for each gradient role, and colours for things side by side.
public struct Theme: Hashable, Sendable {
    /// Its name, as `--theme` takes it.
    public let name: String
    /// Whether it is made for light terminals.
    public let isLight: Bool
    private let styles: [Style]
    private let gradients: [Gradient]
    /// Colours that are told apart beside each other: lines of one graph, containers of one log. Never empty.
    public let series: [Color]

    init(
        name: String, isLight: Bool, styles: [Role: Style], gradients: [GradientRole: Gradient], series: [Color] = []
    ) {
        self.name = name
        self.isLight = isLight
        self.styles = Role.allCases.map { styles[$0] ?? .plain }
        self.gradients = GradientRole.allCases.map { gradients[$0] ?? Gradient([]) }
        self.series = series.isEmpty ? Self.derivedSeries(styles) : series
    }

    /// A theme that names none takes the colours of the roles that differ most.
    private static func derivedSeries(_ styles: [Role: Style]) -> [Color] {
        var colors: [Color] = []
        for role in [Role.secondary, .tertiary, .ok, .accent, .restarting, .warning, .error] {
            guard let color = styles[role]?.foreground, color != .default, !colors.contains(color) else { continue }
            colors.append(color)
        }
        return colors.isEmpty ? [.default] : colors
    }

    /// The colour of the one at `index` of things side by side; after the last the first comes again.
    public func series(_ index: Int) -> Color {
        series[((index % series.count) + series.count) % series.count]
    }

    /// A theme without any colour or attribute, for plain text output.
    public static let plain = Theme(name: "plain", isLight: false, styles: [:], gradients: [:])

    /// The style of a role.
    public subscript(_ role: Role) -> Style { styles[Self.roleIndex[role] ?? 0] }

    /// The gradient of a gradient role.
    public subscript(_ role: GradientRole) -> Gradient { gradients[Self.gradientIndex[role] ?? 0] }

    private static let roleIndex = Dictionary(
        uniqueKeysWithValues: Role.allCases.enumerated().map { ($0.element, $0.offset) })
    private static let gradientIndex = Dictionary(
        uniqueKeysWithValues: GradientRole.allCases.enumerated().map { ($0.element, $0.offset) })

    /// Covers a canvas with this theme's water, top to bottom.
    public func paintBackground(_ canvas: inout Canvas) {
        canvas.fill(canvas.bounds, style: Style(self[.text].foreground, on: .default))
        canvas.gradient(canvas.bounds, stops: self[.background].stops)
    }

    /// The colour of the water in row `row` of `height`.
    public func ground(row: Int, of height: Int) -> Color {
        self[.background].color(at: height > 1 ? Double(row) / Double(height - 1) : 0)
    }
}
