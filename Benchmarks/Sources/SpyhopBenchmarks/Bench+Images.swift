import Foundation

/// The rows of registries: an image of some 250 MB, unpacked, on its way from a registry on loopback and to one.
extension Bench {
    private static let rounds = 5

    /// - Parameter layer: the image's one layer, a tar file compressed by gzip.
    func imageTimes(_ docker: Docker?, layer: String) {
        guard let registry = LoopbackRegistry(in: directory, port: 5000), let unpacking = program("unpacking"),
            let image = LayerImage(layer: layer, unpacking: unpacking, in: directory)
        else {
            report.add("| pull | not measured: docker-registry is not installed, or there is no image | | |")
            return
        }
        let name = "\(registry.address)/debian"
        guard Self.copy(["oci:\(image.layout):latest", "docker://\(name)"]) != nil else {
            report.add("| pull | not measured: skopeo cannot put the image into the registry | | |")
            return
        }
        pulls(docker, name, image, unpacking)
        lookingInside(name)
        pushes(docker, name, image)
    }

    // MARK: - Pull

    /// Everybody takes turns, from an empty store each time.
    private func pulls(_ docker: Docker?, _ name: String, _ image: LayerImage, _ unpacking: String) {
        var ours = Rounds()
        var floor = Rounds()
        var theirs = (docker: Rounds(), podman: Rounds(), skopeo: Rounds())
        for _ in 0..<Self.rounds {
            emptyStore()
            ours.add(settled { Measurement.of([spyhop, "pull", "-q", name], environment: pulling) })
            floor.add(settled { Measurement.of([unpacking, image.layer]) })
            theirs.docker.add(docker.flatMap { docker in settled { docker.pull(name) } })
            theirs.podman.add(settled { podman(["pull", "-q", "--tls-verify=false", name]) })
            remove("podman")
            theirs.skopeo.add(settled { Self.copy(["docker://\(name)", "oci:\(directory)/skopeo:latest"]) })
            remove("skopeo")
        }
        let peers = [("docker pull", theirs.docker), ("podman pull", theirs.podman)]
        let copied = [("skopeo copy to oci:, not unpacked", theirs.skopeo)]
        let alone = [("decompress and SHA-256 alone, one thread", floor)]
        report.row(
            "pull of a 250 MB image", unit: "ms", ours: ours.milliseconds,
            budget: "half of docker's, 1.3 of the digests'",
            peers: (peers + copied + alone).map { ($0.0, $0.1.milliseconds) })
        report.row(
            "its peak memory", unit: "MiB", ours: ours.peakMemory, budget: "150 MiB",
            peers: (peers + copied).map { ($0.0 == "docker pull" ? "dockerd" : $0.0, $0.1.peakMemory) })
    }

    /// What the image that is here now answers.
    private func lookingInside(_ name: String) {
        let peer = Program.median(Self.rounds, podmanWords(["pull", "-q", "--tls-verify=false", name]))
        remove("podman")
        report.row(
            "pull of what is up to date", unit: "ms",
            ours: Program.median(Self.rounds, [spyhop, "pull", "-q", name], environment: pulling), budget: "podman's",
            peers: [("podman pull", peer)])
        report.row(
            "image layers", unit: "ms",
            ours: Program.median(Self.rounds, [spyhop, "image", "layers", name], environment: pulling), budget: "–")
    }

    // MARK: - Push

    /// To a registry that is empty each time.
    private func pushes(_ docker: Docker?, _ name: String, _ image: LayerImage) {
        var ours = Rounds()
        var theirs = (docker: Rounds(), podman: Rounds(), skopeo: Rounds())
        let target = "127.0.0.1:5001/debian"
        Program.run([spyhop, "tag", name, target], environment: pulling)
        if let docker {
            Program.run(docker.command + ["pull", "-q", name])
            Program.run(docker.command + ["tag", name, target])
        }
        _ = podman(["pull", "-q", "--tls-verify=false", name])
        for _ in 0..<Self.rounds {
            ours.add(toEmptyRegistry { Measurement.of([spyhop, "push", "-q", target], environment: pulling) })
            theirs.docker.add(
                docker.flatMap { docker in
                    toEmptyRegistry { Measurement.of(docker.command + ["push", "-q", target]) }
                })
            theirs.podman.add(toEmptyRegistry { podman(["push", "-q", "--tls-verify=false", name, target]) })
            theirs.skopeo.add(toEmptyRegistry { Self.copy(["oci:\(image.layout):latest", "docker://\(target)"]) })
        }
        remove("podman")
        report.row(
            "push of the same image", unit: "ms", ours: ours.milliseconds, budget: "–",
            peers: [
                ("docker push", theirs.docker.milliseconds), ("podman push", theirs.podman.milliseconds),
                ("skopeo copy from oci:", theirs.skopeo.milliseconds),
            ])
    }

    private func toEmptyRegistry(_ measure: () -> Measurement?) -> Measurement? {
        guard let registry = LoopbackRegistry(in: directory, port: 5001) else { return nil }
        return withExtendedLifetime(registry) { settled(measure) }
    }

    // MARK: - Contenders

    /// A store of its own, so that what comes after does not meet this image.
    private var pulling: [String] { Program.environment + ["SPYHOP_ROOT=\(directory)/pulling"] }

    private func emptyStore() { remove("pulling") }

    /// What earlier rounds have left to be written is written before, so that nobody pays for another.
    private func settled(_ measure: () -> Measurement?) -> Measurement? {
        sync()
        return measure()
    }

    private func remove(_ name: String) { Program.run(["rm", "-rf", "\(directory)/\(name)"]) }

    private func podman(_ words: [String]) -> Measurement? {
        Program.exists("podman") ? Measurement.of(podmanWords(words)) : nil
    }

    /// In a mount namespace of its own, where its overlays go with it.
    private func podmanWords(_ words: [String]) -> [String] {
        ["unshare", "--mount", "podman", "--root", "\(directory)/podman/root", "--runroot", "\(directory)/podman/run"]
            + ["--tmpdir", "\(directory)/podman/tmp", "--storage-driver", "overlay"] + words
    }

    private static func copy(_ words: [String]) -> Measurement? {
        let trust = ["--insecure-policy", "copy", "-q", "--src-tls-verify=false", "--dest-tls-verify=false"]
        return Program.exists("skopeo") ? Measurement.of(["skopeo"] + trust + words) : nil
    }

    /// A program of this package, beside this one.
    private func program(_ name: String) -> String? {
        ownExecutable.map { ($0 as NSString).deletingLastPathComponent + "/" + name }
    }
}

extension Docker {
    /// A pull that finds nothing here; the memory is the daemon's peak meanwhile.
    func pull(_ name: String) -> Measurement? {
        Program.run(command + ["rmi", "-f", name])
        // proc(5): resets the peak.
        try? "5".write(toFile: "/proc/\(process)/clear_refs", atomically: false, encoding: .utf8)
        guard let time = time(["pull", "-q", name]) else { return nil }
        return Measurement(milliseconds: time, peakMemory: ProcessCost.peakMemory(process))
    }
}
