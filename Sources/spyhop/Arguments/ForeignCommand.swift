/// Commands that docker has and this engine has not, each with the way to the same end.
enum ForeignCommand {
    private static let instead: [String: String] = [
        "commit": "spyhop cp NAME:/ - writes out the container's files, spyhop import makes an image of them",
        "export": "spyhop cp NAME:/ - writes out the container's files",
        "history": "spyhop image inspect shows the layers",
        "compose": "start the containers one by one with spyhop run",
        "swarm": "containers run on this machine only", "service": "containers run on this machine only",
        "stack": "containers run on this machine only", "node": "containers run on this machine only",
        "secret": "mount a file with -v",
        "config": "mount a file with -v", "plugin": "there are no plugins",
    ]

    /// What to do instead of `command`; `nil` when docker does not know it either.
    static func advice(_ command: String) -> String? { instead[command] }
}
