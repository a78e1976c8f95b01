import ArgumentParser

/// `oci` in the list of commands. Its words are read by `OCIProgram`, before this parser is asked.
struct OCICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "oci",
        abstract: "The OCI runtime that dockerd, podman and containerd can call, with runc's commands.",
        discussion: "spyhop oci --help shows its commands; spyhop-oci is the same under a name of its own.")

    @Argument(parsing: .captureForPassthrough, help: .hidden)
    var words: [String] = []

    func run() throws { throw CleanExit.message(OCIHelp.text(of: nil)) }
}
