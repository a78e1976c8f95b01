import ArgumentParser

/// Which images go and how, shared by `rmi` and `image rm`.
struct ImageRemovalOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Remove an image with several names, or used by stopped containers.")
    var force = false

    @Flag(name: .customLong("no-prune"), help: "Accepted as docker's: there are no untagged parents to keep.")
    var noPrune = false

    @Argument(help: .init("Names or identifiers.", valueName: "image"), completion: Completions.images)
    var images: [String]
}
