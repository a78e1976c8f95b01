/// What is known of a stage's variables and settings while its instructions are gone through.
struct StageScope {
    /// Variables and their values.
    var variables: [String: String]
    /// Everything that may be set is in `variables`; otherwise nobody can tell.
    var isComplete: Bool
    /// Names of ARGs, with or without a value.
    var declared: Set<String> = []
    /// SHELL was set.
    var hasShell = false
    /// WORKDIR was set in this file.
    var hasWorkdir = false

    init(variables: [String: String], isComplete: Bool) {
        // The builder sees to it that every stage has one.
        self.variables = ["PATH": ""].merging(variables) { $1 }
        self.isComplete = isComplete
    }
}
