import Foundation

/// Prints the rows of the budget table in docs/ARCHITECTURE.md that can be measured here, as ratios in one run.
///
///     spyhop-benchmarks PROGRAMS [--containers N] [--layer FILE]     all rows; the layer is the image's that is pulled
///     spyhop-benchmarks PROGRAMS --layer FILE --images               the rows of registries alone
///     spyhop-benchmarks PROGRAMS --builds                           the rows of builds alone
///     spyhop-benchmarks PROGRAMS --dashboards [--ctop SCRIPT]       the rows of dashboards alone, ctop among the peers
///     spyhop-benchmarks PROGRAMS --engines [--seconds N]            the rows of watching docker's containers alone
///     spyhop-benchmarks PROGRAMS --logs                             the rows of a log of 500 MB alone
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
            let usage = "usage: spyhop-benchmarks DIRECTORY-OF-SPYHOP [--containers N] [--layer FILE]\n"
            FileHandle.standardError.write(Data(usage.utf8))
            exit(2)
        }
        func value(_ option: String) -> String? {
            guard let flag = arguments.firstIndex(of: option), flag + 1 < arguments.count else { return nil }
            return arguments[flag + 1]
        }
        let count = value("--containers").flatMap(Int.init) ?? 50
        let layer = value("--layer")
        guard let bench = Bench(spyhop: URL(fileURLWithPath: programs + "/spyhop").path, containers: count) else {
            FileHandle.standardError.write(Data("spyhop-benchmarks: cannot make the image to measure with\n".utf8))
            exit(1)
        }
        bench.ctop = value("--ctop")
        if arguments.contains("--dashboards") { return bench.runDashboards() }
        if arguments.contains("--builds") { return bench.runBuilds() }
        if arguments.contains("--engines") {
            return bench.runEngines(seconds: value("--seconds").flatMap(Double.init) ?? 60)
        }
        if arguments.contains("--logs") { return bench.runLogs() }
        if let layer, arguments.contains("--images") { return bench.runImages(layer: layer) }
        bench.runAll(layer: layer)
    }
}
