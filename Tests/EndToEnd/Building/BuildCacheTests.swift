import Foundation
import Harness
import Testing

/// What a build takes from an earlier one, and what it must not.
@Suite(.needsRoot, .serialized)
struct BuildCacheTests {
    private static let dockerfile = """
        FROM busybox
        ARG VERSION=1
        RUN echo first > /first
        COPY dir /dir
        RUN ls -l /dir > /listing
        RUN echo $VERSION > /version

        """

    private func context(_ place: Workplace) throws -> String {
        try place.context([
            "Dockerfile": Self.dockerfile, "dir/a": "a", "dir/b": "b", "other": "x", ".dockerignore": "dir/ignored\n",
        ])
    }

    @Test func aSecondBuildDoesNothingAndMakesTheSameImage() throws {
        try Workplace.with { (place) throws in
            let context = try context(place)
            try place.built("-t", "one", context)
            let log = try place.built("-t", "two", context)
            #expect(log.done.filter { !$0.contains("FROM") } == [], "\(log)")
            for step in ["RUN echo first", "COPY dir", "RUN ls", "> /version"] {
                #expect(log.state(of: step) == .cached, "\(step): \(log)")
            }
            #expect(try place.identifier(of: "one") == place.identifier(of: "two"))
        }
    }

    @Test func whatDoesNotChangeTheResultDoesNotMiss() throws {
        try Workplace.with { (place) throws in
            let context = try context(place)
            try place.built("-t", "app", context)
            try place.write(["dir/ignored": "new", "other": "changed"], in: context)
            #expect(utimes(context + "/dir/a", [timeval(tv_sec: 1, tv_usec: 0), timeval(tv_sec: 1, tv_usec: 0)]) == 0)
            try (Self.dockerfile + "# a comment\nLABEL late=1\n").write(
                toFile: context + "/Dockerfile", atomically: true, encoding: .utf8)
            let log = try place.built("-t", "app", "--build-arg", "HTTP_PROXY=http://127.0.0.1:9", context)
            #expect(log.done.filter { !$0.contains("FROM") } == [], "\(log)")
        }
    }

    @Test(arguments: ["content", "mode", "owner", "name", "kind"])
    func aChangedFileMissesFromItsCopyOn(_ change: String) throws {
        try Workplace.with { (place) throws in
            let context = try context(place)
            try place.built("-t", "app", context)
            let file = context + "/dir/a"
            switch change {
            case "content":
                // Same size, same times: only the change time and the bytes tell.
                var facts = stat()
                #expect(stat(file, &facts) == 0)
                try Data("A".utf8).write(to: URL(filePath: file))
                let times = [timeval(tv_sec: facts.st_mtim.tv_sec, tv_usec: facts.st_mtim.tv_nsec / 1000)]
                #expect(utimes(file, times + times) == 0)
            case "mode": #expect(chmod(file, 0o755) == 0)
            case "owner":
                // COPY gives files to root, whoever has them here: not a change.
                #expect(chown(file, 5, 5) == 0)
            case "name": #expect(rename(file, context + "/dir/c") == 0)
            default:
                #expect(unlink(file) == 0)
                #expect(symlink("b", file) == 0)
            }
            let log = try place.built("-t", "app", context)
            let missed: BuildLog.State = change == "owner" ? .cached : .done
            #expect(log.state(of: "RUN echo first") == .cached, "\(log)")
            #expect(log.state(of: "COPY dir") == missed, "\(log)")
            #expect(log.state(of: "RUN ls") == missed, "\(log)")
        }
    }

    @Test func anArgumentMissesWhereItCounts() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": """
                FROM busybox
                RUN echo before > /before
                ARG VERSION=1
                COPY . /all
                RUN echo $VERSION > /version
                """
            ])
            try place.built("-t", "app", context)
            let log = try place.built("-t", "app", "--build-arg", "VERSION=2", context)
            #expect(log.state(of: "RUN echo before") == .cached, "\(log)")
            #expect(log.state(of: "COPY . /all") == .cached, "\(log)")
            #expect(log.state(of: "/version") == .done, "\(log)")
            #expect(try place.output(of: "app", "cat", "/version") == "2\n")
            let back = try place.built("-t", "app", context)
            #expect(back.state(of: "/version") == .cached, "\(back)")
        }
    }

    @Test func theCacheIsLeftAsideWhenAskedTo() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": """
                FROM busybox AS one
                RUN echo one > /one
                FROM busybox AS two
                RUN echo two > /two
                FROM busybox
                COPY --from=one /one /
                COPY --from=two /two /
                """
            ])
            try place.built("-t", "app", context)
            let filtered = try place.built("-t", "app", "--no-cache-filter", "two", context)
            #expect(filtered.state(of: "RUN echo one") == .cached, "\(filtered)")
            #expect(filtered.state(of: "RUN echo two") == .done, "\(filtered)")
            let none = try place.built("-t", "app", "--no-cache", context)
            #expect(none.state(of: "RUN echo one") == .done, "\(none)")
            #expect(none.state(of: "RUN echo two") == .done, "\(none)")
        }
    }

    @Test func theCacheOutlivesItsImageAndGoesWhenItIsPruned() throws {
        try Workplace.with { (place) throws in
            let context = try context(place)
            try place.built("-t", "app", context)
            try place.succeed("rmi", "app")
            try place.succeed("image", "prune", "--force")
            #expect(try place.built("-t", "app", context).state(of: "RUN ls") == .cached)
            #expect(try !place.run("builder", "du").output.isEmpty)
            try place.succeed("rmi", "app")
            try place.succeed("builder", "prune", "--all", "--force")
            #expect(try place.built("-t", "app", context).state(of: "RUN ls") == .done)
        }
    }

    @Test func aDamagedCacheIsNotUsed() throws {
        try Workplace.with { (place) throws in
            let context = try context(place)
            try place.built("-t", "app", context)
            try place.succeed("rmi", "app")
            let layers = try FileManager.default.contentsOfDirectory(atPath: place.root + "/layers")
            for layer in layers where access("\(place.root)/layers/\(layer)/listing", F_OK) == 0 {
                try FileManager.default.removeItem(atPath: "\(place.root)/layers/\(layer)")
            }
            try place.built("-t", "app", context)
            #expect(try place.output(of: "app", "cat", "/version") == "1\n")
            #expect(try place.output(of: "app", "grep", "-c", "a", "/listing").hasPrefix("exit") == false)
        }
    }

    @Test func stepsComeFromADirectoryThatAnotherStoreHasWritten() throws {
        try Workplace.with { (other) throws in
            let cache = other.directory + "/cache"
            let context = try context(other)
            try other.built("-t", "app", "--cache-to", "type=local,dest=\(cache),mode=max", context)
            let identifier = try other.identifier(of: "app")
            let base = other.directory + "/base.tar"
            try other.succeed("save", "-o", base, "busybox")
            try Workplace.with(image: false) { (place) throws in
                try place.succeed("load", "-i", base)
                let log = try place.built("-t", "app", "--cache-from", "type=local,src=\(cache)", context)
                for step in ["RUN echo first", "COPY dir", "RUN ls", "> /version"] {
                    #expect(log.state(of: step) == .cached, "\(step): \(log)")
                }
                #expect(try place.identifier(of: "app") == identifier)
                #expect(try place.output(of: "app", "cat", "/first") == "first\n")
            }
        }
    }

    @Test(.needsRegistry) func stepsComeFromARegistry() throws {
        try Workplace.with { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let cache = "type=registry,ref=\(registry.address)/cache:app"
            let context = try place.context([
                "Dockerfile": """
                FROM busybox AS maker
                RUN echo made > /made
                FROM busybox
                COPY --from=maker /made /made
                RUN cat /made > /again
                """
            ])
            try place.built("-t", "app", "--cache-to", cache + ",mode=max", context)
            try place.succeed("rmi", "app")
            try place.succeed("builder", "prune", "--all", "--force")
            let log = try place.built("-t", "app", "--cache-from", cache, context)
            for step in ["RUN cat /made", "COPY --from=maker"] {
                #expect(log.state(of: step) == .cached, "\(step): \(log)")
            }
            #expect(try place.output(of: "app", "cat", "/again") == "made\n")
            try place.write(["extra": "x"], in: context)
            let missing = try place.build(
                "-t", "app", "--cache-from", "type=registry,ref=\(registry.address)/none:such", context)
            #expect(missing.code == 0, "a cache that is not there is no reason to fail: \(missing.errors)")
        }
    }
}
