import ArgumentParser

/// What a shell's completion offers for an argument, asked of this program when the key is pressed.
enum Completions {
    /// Names of all containers.
    static let containers = CompletionKind.shellCommand("spyhop ps -a --format '{{.Names}}' 2>/dev/null")
    /// Names of all networks.
    static let networks = CompletionKind.shellCommand("spyhop network ls --format '{{.Name}}' 2>/dev/null")
    /// Names of all volumes.
    static let volumes = CompletionKind.shellCommand("spyhop volume ls -q 2>/dev/null")
    /// Names of all images.
    static let images = CompletionKind.shellCommand(
        "spyhop images --format '{{.Repository}}:{{.Tag}}' 2>/dev/null")
}
