/// What every widget needs to know to draw itself.
public struct Look: Hashable, Sendable {
    /// Colours.
    public var theme: Theme
    /// Characters.
    public var glyphs: Glyphs

    /// A theme with a set of glyphs.
    public init(theme: Theme, glyphs: Glyphs) {
        self.theme = theme
        self.glyphs = glyphs
    }

    /// A theme's style for a role.
    public subscript(_ role: Role) -> Style { theme[role] }
}
