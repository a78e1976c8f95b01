import Foundation

/// The rows of networks: what one costs a start, and how fast bytes go between containers. The benchmark runs in a network
/// namespace of its own, where both engines make their bridges.
extension Bench {
    func networkTimes(_ docker: Docker?) {
        let ours = added { network in
            Program.time([spyhop, "run", "--rm", "--network", network, "busybox", "true"], environment: environment)
        }
        let theirs = docker.flatMap { docker in
            added(rounds: 10) { docker.time(["run", "--rm", "--network", $0, "busybox", "true"]) }
        }
        report.row(
            "what the network adds to run --rm IMAGE true", unit: "ms", ours: ours, budget: "3 ms",
            peers: [("docker", theirs)])
    }

    /// How much longer a run takes with a bridge than without; the two take turns, so that both meet the same machine.
    private func added(rounds: Int = 40, _ run: (String) -> Double?) -> Double? {
        var with: [Double] = []
        var without: [Double] = []
        for round in 0..<rounds + 2 {
            guard let one = run("bridge"), let other = run("none") else { return nil }
            guard round >= 2 else { continue }
            with.append(one)
            without.append(other)
        }
        return with.sorted()[rounds / 2] - without.sorted()[rounds / 2]
    }

    /// Gigabits a second by iperf3, between two containers and from the host to one.
    func throughput(_ docker: Docker?) {
        guard let image = IperfRoot(in: directory),
            Program.run([spyhop, "import", image.path, "iperf"], environment: environment) == 0
        else {
            report.add("| throughput | not measured: iperf3 is not installed | docker's | |")
            return
        }
        let ours = Throughput(
            command: [spyhop], environment: environment, addressTemplate: "{{.NetworkSettings.IPAddress}}")
        let theirs = docker.flatMap { docker -> Throughput? in
            guard docker.importImage(image.path, as: "iperf") else { return nil }
            return Throughput(
                command: docker.command, environment: Program.environment,
                addressTemplate: "{{.NetworkSettings.IPAddress}}")
        }
        let own = ours.measure()
        let peer = theirs?.measure()
        report.row(
            "container to container", unit: "Gbit/s", ours: own?.between, budget: "docker's",
            peers: [("docker", peer?.between)])
        report.row(
            "host to container", unit: "Gbit/s", ours: own?.fromHost, budget: "docker's",
            peers: [("docker", peer?.fromHost)])
        report.row(
            "loopback to a published port", unit: "Gbit/s", ours: own?.published, budget: "docker's",
            peers: [("docker", peer?.published)])
    }
}

/// A root file system with iperf3 and the libraries it wants.
struct IperfRoot {
    let path: String

    init?(in directory: String) {
        path = directory + "/iperf"
        let script = """
            set -e; mkdir -p '\(path)/bin' '\(path)/tmp'; cp /usr/bin/iperf3 /bin/busybox '\(path)/bin'
            ln -s busybox '\(path)/bin/sh'
            for file in $(ldd /usr/bin/iperf3 | grep -o '/[^ )]*'); do
                mkdir -p "\(path)$(dirname $file)"; cp -L $file "\(path)$file"
            done
            """
        guard Program.run(["sh", "-c", script]) == 0 else { return nil }
    }
}

/// An engine whose throughput is measured.
struct Throughput {
    let command: [String]
    let environment: [String]
    let addressTemplate: String

    /// The median of three.
    func measure() -> (between: Double?, fromHost: Double?, published: Double?)? {
        let name = "iperf-server"
        defer { run(["rm", "-f", name]) }
        guard
            run(["run", "-d", "--name", name, "-p", "127.0.0.1:5299:5201", "iperf", "iperf3", "-s"]) == 0,
            case let address = output(["inspect", "-f", addressTemplate, name]), !address.isEmpty
        else { return nil }
        usleep(300_000)
        return (
            median { output(["run", "--rm", "iperf"] + Self.client(address)) },
            median { Program.output(Self.client(address)) },
            median { Program.output(Self.client("127.0.0.1") + ["-p", "5299"]) }
        )
    }

    private static func client(_ address: String) -> [String] { ["iperf3", "-c", address, "-t", "2", "-J"] }

    private func median(_ measure: () -> String) -> Double? {
        let values = (0..<3).compactMap { _ in Self.gigabits(measure()) }.sorted()
        return values.count == 3 ? values[1] : nil
    }

    private static func gigabits(_ json: String) -> Double? {
        struct Answer: Decodable {
            struct End: Decodable { var sum_received: Sum }
            struct Sum: Decodable { var bits_per_second: Double }
            var end: End
        }
        return (try? JSONDecoder().decode(Answer.self, from: Data(json.utf8))).map {
            $0.end.sum_received.bits_per_second / 1e9
        }
    }

    @discardableResult
    private func run(_ words: [String]) -> Int32 { Program.run(command + words, environment: environment) }

    private func output(_ words: [String]) -> String { Program.output(command + words, environment: environment) }
}
