/// Something that changes what is outside of the dashboard: noted in the list of what was done, refused read-only.
struct Deed: Sendable, Hashable {
    /// `stop`, `remove image`.
    var verb: String
    var target: String
    /// The command line that does the same.
    var command: String
}

/// An answer that says whether its errand's deed was done.
protocol DeedAnswer: Sendable {
    /// Why not, in words; `nil` when it was.
    var failure: String? { get }
}
