/// What helps while a line is typed.
struct LineGuide: Sendable, Hashable {
    var text = ""
    /// What Tab makes of the line.
    var completion: String?
    /// The characters that are wrong; `text` says how.
    var problem: Range<Int>?
}
