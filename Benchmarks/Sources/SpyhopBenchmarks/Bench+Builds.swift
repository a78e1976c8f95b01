import Foundation

extension Bench {
    /// One who builds: the words before the context, and how a cold build is asked for.
    private struct Builder {
        var name: String
        var words: [String]
        var environment = Program.environment

        /// Milliseconds; `nil` when it fails.
        func time(cold: Bool, _ context: String) -> Double? {
            Program.time(words + (cold ? ["--no-cache"] : []) + [context], environment: environment)
        }
    }

    /// The rows of builds alone.
    func runBuilds() {
        defer { cleanUp() }
        report.add("| what | Spyhop | budget | peers in the same run |")
        report.add("|---|---|---|---|")
        buildTimes(Docker(in: directory, rootfs: bundle.path + "/rootfs"))
    }

    /// Cold and cached builds; the contenders take turns.
    func buildTimes(_ docker: Docker?) {
        guard let set = BuildSet(in: directory) else { return }
        let ours = Builder(
            name: "spyhop", words: [spyhop, "build", "-q", "--network", "none", "-t", "built"], environment: environment
        )
        let builders = [ours] + builders(docker)
        for (cold, rounds) in [(true, 5), (false, 9)] {
            var times = [[Double]](repeating: [], count: builders.count)
            for round in 0..<rounds + 2 {
                for (index, builder) in builders.enumerated() {
                    // The first two do not count, and leave everybody's cache filled.
                    if let time = builder.time(cold: cold, set.context), round >= 2 { times[index].append(time) }
                }
            }
            let medians = times.map { $0.count == rounds ? $0.sorted()[rounds / 2] : nil }
            report.row(
                "build of ten instructions and a thousand small files, \(cold ? "cold" : "cached")", unit: "ms",
                ours: medians.first.flatMap { $0 },
                budget: cold ? "under docker's" : "50 ms and a tenth of docker's",
                peers: Array(zip(builders.dropFirst().map(\.name), medians.dropFirst())))
        }
    }

    private func builders(_ docker: Docker?) -> [Builder] {
        var builders: [Builder] = []
        if let docker {
            let words =
                ["/usr/bin/docker"] + docker.command.dropFirst() + ["build", "-q", "--network", "none", "-t", "built"]
            builders += [("docker, its own builder", "0"), ("docker, BuildKit", "1")].map {
                Builder(name: $0, words: words, environment: Program.environment + ["DOCKER_BUILDKIT=\($1)"])
            }
        }
        if let buildah = buildah() { builders.append(buildah) }
        return builders
    }

    /// buildah with a store of its own that has the same base.
    private func buildah() -> Builder? {
        guard Program.exists("buildah"), Program.exists("runc") else { return nil }
        let home = directory + "/buildah"
        // Its own limits are above the ones of this process, which takes CAP_SYS_RESOURCE.
        let limits = "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=4096:4096\"]\n"
        try? FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        try? limits.write(toFile: home + "/containers.conf", atomically: true, encoding: .utf8)
        let environment = Program.environment + ["CONTAINERS_CONF=\(home)/containers.conf", "TMPDIR=\(home)"]
        let words = [
            "unshare", "--mount", "buildah", "--root", home + "/root", "--runroot", home + "/run", "--storage-driver",
            "overlay",
        ]
        try? "FROM scratch\nCOPY . /\n".write(toFile: home + "/base", atomically: true, encoding: .utf8)
        let base = words + ["bud", "-q", "-t", "busybox", "-f", home + "/base", bundle.path + "/rootfs"]
        guard Program.run(base, environment: environment) == 0 else { return nil }
        let build = [
            "bud", "-q", "--layers", "--isolation", "oci", "--runtime", "runc", "--network", "none", "-t", "built",
        ]
        return Builder(name: "buildah", words: words + build, environment: environment)
    }
}
