import ArgumentParser
import Engine
import Testing

@testable import SpyhopCommands

struct TransferCommandTests {
    private static func parse<Command>(_ line: String, as type: Command.Type = Command.self) throws -> Command {
        let words = line.split(separator: " ").map(String.init)
        return try #require(try RootCommand.parseAsRoot(OptionWords.normalise(words)) as? Command)
    }

    private static func pulled(_ tag: String, isUpToDate: Bool = false) -> PulledImage {
        PulledImage(
            reference: "busybox:\(tag)", fullReference: "docker.io/library/busybox:\(tag)",
            id: ImageID(rawValue: "sha256:1"), digest: "sha256:2", isUpToDate: isUpToDate)
    }

    @Test func aPullEndsWithDockersLines() throws {
        let one = ImagePull(request: PullRequest(reference: "busybox"))
        #expect(
            try one.lastLines([Self.pulled("latest")])
                == "Digest: sha256:2\nStatus: Downloaded newer image for busybox:latest\n")
        #expect(
            try one.lastLines([Self.pulled("latest", isUpToDate: true)])
                == "Digest: sha256:2\nStatus: Image is up to date for busybox:latest\n")
        let all = ImagePull(request: PullRequest(reference: "busybox", allTags: true))
        #expect(
            try all.lastLines([Self.pulled("1", isUpToDate: true), Self.pulled("2")])
                == "1: digest: sha256:2\n2: digest: sha256:2\nStatus: Downloaded newer image for busybox\n")
    }

    @Test func aPushEndsWithDockersLine() {
        let pushed = PushedImage(reference: "localhost:5000/a:1", digest: "sha256:2", size: 527)
        #expect(PushCommand.line(pushed) == "1: digest: sha256:2 size: 527\n")
    }

    @Test(arguments: [
        ("busybox", true), ("busybox:1", false), ("localhost:5000/a", true), ("localhost:5000/a:b", false),
        ("a@sha256:1", false),
    ])
    func whetherATagWasSaidIsSeen(name: String, lacksTag: Bool) {
        #expect(ImageName.lacksTag(name) == lacksTag)
    }

    @Test func flagsAreDockers() throws {
        let pull: PullCommand = try Self.parse("pull -aq --platform linux/arm64 busybox alpine")
        #expect(pull.allTags && pull.quiet && pull.platform == "linux/arm64" && pull.names == ["busybox", "alpine"])
        #expect(try Self.parse("image pull --all-tags=false a", as: PullCommand.self).allTags == false)
        let push: PushCommand = try Self.parse("image push -a --quiet=true x")
        #expect(push.allTags && push.quiet && push.name == "x")
        let copy: ImageCopyCommand = try Self.parse("copy -q --all docker://a oci:b")
        #expect(copy.all && copy.quiet && copy.source == "docker://a" && copy.destination == "oci:b")
        let login: LoginCommand = try Self.parse("login -ume --password-stdin localhost:5000")
        #expect(login.username == "me" && login.passwordStdin && login.server == "localhost:5000")
        #expect(try Self.parse("logout", as: LogoutCommand.self).server == nil)
        let inspect: InspectCommand = try Self.parse("inspect --remote --platform arm64 -f {{.Id}} a")
        #expect(inspect.remote.remote && inspect.remote.platform == "arm64" && inspect.format == "{{.Id}}")
        #expect(try Self.parse("image inspect --remote a", as: ImageInspectCommand.self).remote.remote)
        let run: RunCommand = try Self.parse("run --pull always --platform linux/arm64 -q busybox")
        let demand = ImageDemand(policy: .always, platform: "linux/arm64", isQuiet: true)
        #expect(try run.container.demand() == demand)
        #expect(try Self.parse("create busybox", as: CreateCommand.self).container.demand() == ImageDemand())
    }

    @Test(arguments: [
        "pull", "push", "push a b", "copy a", "copy --all --platform x a b", "login -u a -p b --password-stdin",
        "login --password-stdin", "search", "tags",
    ])
    func whatMakesNoSenseStopsTheParser(line: String) {
        #expect(throws: (any Error).self) {
            try RootCommand.parseAsRoot(OptionWords.normalise(line.split(separator: " ").map(String.init)))
        }
    }

    @Test func aSearchAsksForWhatItsFiltersSay() throws {
        let search: SearchCommand = try Self.parse(
            "search --limit 5 -f stars=3 --filter=is-official=true --filter is-automated=0 --no-trunc web")
        #expect(
            try search.request()
                == RegistrySearch(term: "web", limit: 5, minimumStars: 3, isOfficial: true, isAutomated: false))
        for line in ["--limit 0", "--limit 101", "-f stars=x", "-f is-official=x", "-f name=x"] {
            let wrong: SearchCommand = try Self.parse("search \(line) web")
            #expect(throws: EngineError.self) { try wrong.request() }
        }
    }

    @Test func whatWasFoundReadsAsDockers() throws {
        let found = [
            FoundRepository(
                name: "nginx", description: "Official build of\n Nginx, with more to say than fits in here.",
                stars: 20000, isOfficial: true, isAutomated: false),
            FoundRepository(name: "a/b", description: "\u{1b}[1m", stars: 0, isOfficial: false, isAutomated: false),
        ]
        let format = try ListFormat(nil, defaultTable: FoundRow.defaultTable)
        let lines = try format.render(found.map { FoundRow.row($0, truncate: true) }, headings: FoundRow.headings)
        #expect(
            lines == """
                NAME      DESCRIPTION                                     STARS     OFFICIAL
                nginx     Official build of  Nginx, with more to say t…   20000     [OK]
                a/b       ?[1m                                            0         \n
                """)
    }

    @Test(
        arguments: [
            (nil, nil, "https://index.docker.io/v1/"), ("docker.io", nil, "https://index.docker.io/v1/"),
            ("https://index.docker.io/v1/", nil, "https://index.docker.io/v1/"),
            ("https://localhost:5000/v2/", "localhost:5000", "localhost:5000"), ("quay.io", "quay.io", "quay.io"),
        ] as [(String?, String?, String)])
    func serversAreHostsOrTheirAddresses(text: String?, host: String?, shown: String) {
        #expect(RegistryServer(text).host == host && RegistryServer(text).shown == shown)
    }

    @Test func aRemoteImageIsShownWithWhatOnlyItsRegistryKnows() throws {
        let details = ImageDetails(
            image: Image(
                id: ImageID(rawValue: "sha256:c"), tags: [], digest: "sha256:m", createdAt: nil, size: 12,
                architecture: "amd64", os: "linux", layerCount: 1),
            entrypoint: [], command: ["sh"], environment: [], workingDirectory: "/", user: "", stopSignal: nil,
            layers: ["sha256:d"], author: nil)
        let image = RemoteImage(
            reference: "localhost:5000/a:1", digest: "sha256:i", mediaType: "index",
            platforms: [
                .init(digest: "sha256:m", mediaType: "manifest", size: 3, platform: "linux/amd64", artifactType: nil)
            ],
            referrers: [.init(digest: "sha256:s", mediaType: "manifest", size: 4, platform: nil, artifactType: "sbom")],
            details: details, layers: [.init(digest: "sha256:l", size: 12, mediaType: "layer")])
        let template = try Template(
            "{{.Id}} {{.RepoTags}} {{.RepoDigests}} {{.Digest}} {{.Architecture}} {{.Size}} {{.Config.Cmd}} "
                + "{{(index .Layers 0).Size}} {{(index .Platforms 0).Platform}} {{(index .Referrers 0).ArtifactType}}")
        #expect(
            try template.render(RemoteImageObject.value(image))
                == "sha256:c [localhost:5000/a:1] [localhost:5000/a@sha256:i] sha256:i amd64 12 [sh] 12 linux/amd64 sbom"
        )
        #expect(RemoteImageObject.value(image).member("GraphDriver") == nil)
    }
}
