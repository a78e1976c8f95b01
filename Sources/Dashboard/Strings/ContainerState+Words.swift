import Engine

extension ContainerState {
    /// Its name in the language in force; filters and commands go by the name itself.
    var shownName: String { words(for: name) }
}
