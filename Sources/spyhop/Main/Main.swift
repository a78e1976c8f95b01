import SpyhopCommands

/// The program `spyhop`. Everything it does is in `SpyhopCommands`, which tests can link: this target alone is linked
/// statically, and a test bundle cannot be.
@main
enum Main {
    static func main() { CommandRunner.main() }
}
