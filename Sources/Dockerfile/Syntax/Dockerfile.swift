/// A Dockerfile, read (BuildKit's Dockerfile reference). Nothing in it is expanded yet.
public struct Dockerfile: Sendable, Hashable {
    /// Its name for messages: `Dockerfile`.
    public var name: String
    /// Its lines, without their ends.
    public var lines: [String]
    /// What its first comments say of how it is to be read.
    public var directives: Directives
    /// The ARGs before the first FROM.
    public var globalArguments: [Instruction]
    /// Its stages; at least one.
    public var stages: [Stage]
    /// Instructions that have empty lines among those that continue them.
    public var emptyContinuations: [SourceRange] = []

    /// A FROM and what follows it.
    public struct Stage: Sendable, Hashable {
        /// From 0.
        public var index: Int
        /// Behind AS, in lower case.
        public var name: String?
        /// What it stands on, not expanded: an image, an earlier stage's name, `scratch`.
        public var base: String
        /// `--platform`, not expanded.
        public var platform: String?
        /// Where its FROM stands.
        public var range: SourceRange
        /// Its FROM, as it is written.
        public var original: String
        /// The comment above FROM that begins with the stage's name, without that name.
        public var comment: String?
        /// All comment lines above FROM.
        public var comments: [String] = []
        /// What follows.
        public var instructions: [Instruction]

        /// Makes a stage.
        public init(
            index: Int, name: String?, base: String, platform: String?, range: SourceRange, original: String,
            comment: String? = nil, instructions: [Instruction] = []
        ) {
            self.index = index
            self.name = name
            self.base = base
            self.platform = platform
            self.range = range
            self.original = original
            self.comment = comment
            self.instructions = instructions
        }
    }

    /// Parser directives.
    public struct Directives: Sendable, Hashable {
        /// `# syntax=`: an image of a frontend, which is of no concern here.
        public var syntax: String?
        /// `# escape=`.
        public var escape: Character = "\\"
        /// `# check=skip=…`: rules that are not to be checked; `all` is every one.
        public var skippedChecks: Set<String> = []
        /// `# check=experimental=…`: rules that are checked only when asked for; `all` is every one.
        public var experimentalChecks: Set<String> = []
        /// `# check=error=true`: a warning stops the build.
        public var warningsAreErrors = false

        /// The usual way.
        public init() {}
    }

    /// Makes a Dockerfile.
    public init(
        name: String, lines: [String], directives: Directives, globalArguments: [Instruction], stages: [Stage]
    ) {
        self.name = name
        self.lines = lines
        self.directives = directives
        self.globalArguments = globalArguments
        self.stages = stages
    }
}
