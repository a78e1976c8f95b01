import Foundation

/// Prints the rows of the budget table in docs/ARCHITECTURE.md that can be measured here, as ratios in one run.
///
///     spyhop-benchmarks PROGRAMS [--containers N]     all rows
///     spyhop-benchmarks time ROUNDS COMMAND…          the median of a command's run time in ms (used for peers in a namespace)
@main
struct Main {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "time", arguments.count > 2, let rounds = Int(arguments[1]) {
            guard let median = Program.median(rounds, Array(arguments.dropFirst(2))) else { exit(1) }
            print(median)
            return
        }
        guard let programs = arguments.first, access(programs + "/spyhop", X_OK) == 0 else {
            FileHandle.standardError.write(Data("usage: spyhop-benchmarks DIRECTORY-OF-SPYHOP [--containers N]\n".utf8))
            exit(2)
        }
        var count = 50
        if let flag = arguments.firstIndex(of: "--containers"), flag + 1 < arguments.count {
            count = Int(arguments[flag + 1]) ?? count
        }
        guard let bench = Bench(spyhop: URL(fileURLWithPath: programs + "/spyhop").path, containers: count) else {
            FileHandle.standardError.write(Data("spyhop-benchmarks: cannot make the image to measure with\n".utf8))
            exit(1)
        }
        bench.runAll()
    }
}
