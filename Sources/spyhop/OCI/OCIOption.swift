/// One option of the runtime command line, as runc has them.
struct OCIOption: Sendable {
    /// Its names without dashes, the long one first.
    let names: [String]
    /// What its value is; `nil` for one that is there or not.
    let value: String?
    /// For the help.
    let help: String

    init(_ names: String..., value: String? = nil, help: String) {
        self.names = names
        self.value = value
        self.help = help
    }
}
