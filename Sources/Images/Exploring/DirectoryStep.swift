/// What one layer does with a directory as a whole.
enum DirectoryStep: Hashable {
    /// The layer has the directory; an opaque one hides all that was in it below.
    case lists(layer: Int, isOpaque: Bool)
    /// The layer hides the directory or one above it, or has something else in its place.
    case vanishes(layer: Int)
}
