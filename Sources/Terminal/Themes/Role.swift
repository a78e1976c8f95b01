/// What a piece of text is for; a theme says how it looks. The raw value is the key in a theme file.
public enum Role: String, CaseIterable, Hashable, Sendable {
    /// Ordinary text; text that steps back; text that is hardly there.
    case text, muted, faint
    /// The three accents, coral, light blue and orange in the default theme.
    case accent, secondary, tertiary
    /// A pane's title, frame, and the frame of the pane with the focus.
    case title, border, focus
    /// The row under the cursor, a marked row, a table's header.
    case selection, marked, header
    /// Tabs, and the chosen one.
    case tab, activeTab
    /// The footer's ground, and the keys named in it.
    case footer, key
    /// A dialog's ground and text, its frame, a button, the chosen button.
    case dialog, dialogBorder, button, activeButton
    /// A text line, and found text in logs.
    case input, match
    /// Outcomes.
    case ok, warning, error, info
    /// Container states, as docker spells them.
    case running, paused, restarting, created, exited, dead
    /// A graph's axis and labels; the empty part of a meter; a scrollbar.
    case axis, track, scrollbar
    /// The whale, and bubbles.
    case whale, bubble
    /// What a container wrote to standard error, and time stamps in logs.
    case stderr, timestamp
}
