/// What a person has filled in to build an image, each field as it was typed.
public struct BuildForm: Sendable, Hashable {
    /// The fields, in the order of the form.
    public enum Field: String, Sendable, Hashable, CaseIterable {
        case context, file, tags, target, arguments, noCache
    }

    /// Why it cannot be built: a sentence for each field that is wrong.
    public struct Refusal: Error, Sendable, Hashable {
        /// By field.
        public var reasons: [Field: String]

        /// Makes a refusal.
        public init(_ reasons: [Field: String]) { self.reasons = reasons }
    }

    /// A directory, or what else `build` takes as its context.
    public var context = "."
    /// What `-f` takes; empty is `Dockerfile` in the context.
    public var file = ""
    /// What `-t` takes, with blanks between; empty: the image has no name.
    public var tags = ""
    /// What `--target` takes; empty is the last stage.
    public var target = ""
    /// What `--build-arg` takes, with blanks between.
    public var arguments = ""
    /// `--no-cache`.
    public var noCache = false

    /// A form with docker's defaults.
    public init() {}
}
