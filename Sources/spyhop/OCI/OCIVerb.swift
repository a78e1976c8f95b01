import Engine

/// One command of the runtime command line.
struct OCIVerb: Sendable {
    let name: String
    /// The words after the options, for the help.
    let usage: String
    let help: String
    let options: [OCIOption]
    /// How many words it takes.
    let words: ClosedRange<Int>
    /// The first word ends the options: the rest belongs to the container.
    let stopsAtWord: Bool
    /// Of failures of its own.
    let failureCode: Int32
    let work: @Sendable (OCIContext, OCIArguments) throws(EngineError) -> Int32

    init(
        _ name: String, _ usage: String, help: String, options: [OCIOption] = [], words: ClosedRange<Int> = 1...1,
        stopsAtWord: Bool = false, failureCode: Int32 = 1,
        work: @escaping @Sendable (OCIContext, OCIArguments) throws(EngineError) -> Int32
    ) {
        self.name = name
        self.usage = usage
        self.help = help
        self.options = options
        self.words = words
        self.stopsAtWord = stopsAtWord
        self.failureCode = failureCode
        self.work = work
    }

    static let all: [OCIVerb] =
        OCICreation.verbs + [OCIExec.verb] + OCILifecycle.verbs + OCIListing.verbs + [OCIUpdate.verb, OCIEvents.verb]
        + OCIDescribing.verbs
}
