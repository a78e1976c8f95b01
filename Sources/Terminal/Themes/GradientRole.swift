/// What a run of colours is for, from low to high; the raw value is the key in a theme file.
public enum GradientRole: String, CaseIterable, Hashable, Sendable {
    /// The ground of the screen, top to bottom.
    case background
    /// Graphs and meters.
    case cpu, memory, network, io, pids
}
