import Foundation
import Harness
import Testing

/// What others make of an image that was built here.
@Suite(.needsRoot, .serialized)
struct BuiltImageTests {
    /// An image with several kinds of layers: files, removals, a link, an odd mode.
    private func build(_ place: Workplace, _ name: String = "app", _ options: [String] = []) throws {
        let context = try place.context([
            "Dockerfile": """
            FROM busybox
            RUN mkdir /d && echo one > /d/one && echo two > /d/two && ln -s one /d/link && chmod 4755 /d/one
            RUN rm /d/two && rm -r /var
            COPY --chown=1000:2000 word /d/
            LABEL made=here
            HEALTHCHECK --interval=9s CMD true
            CMD ["cat", "/d/one", "/d/word"]
            """,
            "word": "word\n",
        ])
        let outcome = try place.build(options + ["-t", name, context])
        try #require(outcome.code == 0, "\(outcome.errors)")
    }

    @Test(.needsRegistry) func aBuiltImageIsPushedAndPulledBack() throws {
        try Workplace.with { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let name = "\(registry.address)/team/app:v1"
            try build(place, name, ["--push"])
            let identifier = try place.identifier(of: name)
            try place.succeed("rmi", name)
            try place.succeed("builder", "prune", "--all", "--force")
            try place.succeed("pull", name)
            #expect(try place.identifier(of: name) == identifier)
            #expect(try place.run("run", "--rm", name).output == "one\nword\n")
            #expect(try place.transfer("image", "verify").code == 0)
        }
    }

    @Test(.enabled(if: Skopeo.isInstalled, "needs skopeo")) func skopeoReadsIt() throws {
        try Workplace.with { (place) throws in
            try build(place, "app:latest", [])
            let copied = try Skopeo.copy(
                "oci:\(place.root):app:latest", "dir:\(place.directory)/out", scratch: place.directory)
            #expect(copied.code == 0, "\(copied)")
        }
    }

    @Test(.enabled(if: DockerDaemon.isInstalled, "needs dockerd and containerd")) func dockerLoadsAndRunsIt() throws {
        try Workplace.with { (place) throws in
            try build(place)
            let archive = place.directory + "/app.tar"
            try place.succeed("save", "-o", archive, "app")
            try DockerDaemon.with { (docker) throws in
                let loaded = try docker.run("load", "-i", archive)
                #expect(loaded.code == 0, "\(loaded)")
                #expect(try docker.run("run", "--rm", "--network", "none", "app").output == "one\nword\n")
                #expect(
                    try docker.inspect("app", "{{.Config.Labels.made}} {{.Config.Healthcheck.Interval}}") == "here 9s")
                let listed = try docker.run(
                    "run", "--rm", "--network", "none", "app", "sh", "-c",
                    "stat -c '%a %u:%g' /d/one /d/word; ls -d /var /d/two")
                #expect(listed.output == "4755 0:0\n644 1000:2000\n", "\(listed)")
            }
        }
    }

    @Test(.enabled(if: PodmanHome.isInstalled, "needs podman and conmon")) func podmanLoadsAndRunsIt() throws {
        try Workplace.with { (place) throws in
            try build(place)
            let archive = place.directory + "/app.oci"
            try place.succeed("save", "--format", "oci-archive", "-o", archive, "app")
            try PodmanHome.with { (podman) throws in
                let loaded = try podman.run("load", "-i", archive)
                #expect(loaded.code == 0, "\(loaded)")
                let name = try #require(
                    loaded.output.split(separator: " ").last.map { String($0).trimmingCharacters(in: .newlines) })
                #expect(try podman.runContainer("--rm", name).output == "one\nword\n")
            }
        }
    }
}
