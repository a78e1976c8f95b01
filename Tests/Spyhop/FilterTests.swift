import ArgumentParser
import Engine
import Testing

@testable import SpyhopCommands

struct FilterTests {
    private static let all = [
        RowTests.container(
            "web-1", state: .running(pid: 1, startedAt: Timestamp(seconds: 0)), labels: ["role": "web"], digit: "1"),
        RowTests.container(
            "db", state: .exited(.init(code: 3, finishedAt: Timestamp(seconds: 0))), image: "postgres:16", age: 90,
            labels: ["role": "db", "keep": ""], digit: "2"),
        RowTests.container("web-2", age: 120, digit: "3"),
    ]

    @Test(arguments: [
        ([], "web-1 db web-2"), (["name=web"], "web-1 web-2"), (["name=^web-1$"], "web-1"), (["name=/db"], "db"),
        (["id=2"], "db"), (["status=running"], "web-1"), (["status=running", "status=created"], "web-1 web-2"),
        (["label=role"], "web-1 db"), (["label=role=db"], "db"), (["label=role", "label=keep"], "db"),
        (["ancestor=postgres:16"], "db"), (["ancestor=busybox:latest"], "web-1 web-2"),
        (["ancestor=bbbb"], "web-1 db web-2"),
        (["exited=3"], "db"), (["exited=0"], ""), (["before=db"], "web-2"), (["since=db"], "web-1"),
        (["health=none"], "web-1 db web-2"), (["health=healthy"], ""), (["publish=80"], ""), (["expose=80"], ""),
        (["is-task=false"], "web-1 db web-2"), (["is-task=true"], ""), (["volume=/data"], ""),
        (["network=host"], ""), (["name=web", "status=created"], "web-2"),
    ])
    func containersPassAsInDocker(options: [String], names: String) throws {
        let filters = try FilterSet(options, allowed: FilterSet.containerKeys)
        try filters.checkContainerValues()
        let passing = Self.all.filter { filters.matches($0, among: Self.all) }.map(\.name)
        #expect(passing.joined(separator: " ") == names)
    }

    @Test(arguments: ["bogus=1", "name", "status=asleep", "exited=x", "health=fine"])
    func aBadFilterIsTold(option: String) {
        #expect(throws: EngineError.self) {
            try FilterSet([option], allowed: FilterSet.containerKeys).checkContainerValues()
        }
    }

    @Test func imagesPassByNameAndDanglingness() throws {
        func image(_ tags: [String]) -> Image {
            Image(
                id: ImageID(rawValue: "sha256:1"), tags: tags, digest: "", createdAt: nil, size: 1,
                architecture: "amd64", os: "linux", layerCount: 1)
        }
        let images = [image(["busybox:latest"]), image([]), image(["lib/busybox:1"])]
        func passing(_ option: String) throws -> [[String]] {
            let filters = try FilterSet([option], allowed: FilterSet.imageKeys)
            return images.filter { filters.matches($0, among: images) }.map(\.tags)
        }
        #expect(try passing("dangling=true") == [[]])
        #expect(try passing("reference=busy*") == [["busybox:latest"]])
        #expect(try passing("reference=lib/*:1") == [["lib/busybox:1"]])
        #expect(try passing("reference=busybox") == [["busybox:latest"]])
    }

    @Test func eventsPassByTheirAttributes() throws {
        let event = Event(
            time: Timestamp(seconds: 0), type: .container, action: "die", actorID: "abc",
            attributes: ["name": "web", "image": "busybox:latest", "role": "x"])
        for option in ["type=container", "event=die", "container=web", "container=ab", "image=busybox", "label=role=x"]
        {
            #expect(try FilterSet([option], allowed: FilterSet.eventKeys).matches(event), "\(option)")
        }
        for option in ["type=image", "event=start", "container=we", "image=alpine", "label=role=y"] {
            #expect(try !FilterSet([option], allowed: FilterSet.eventKeys).matches(event), "\(option)")
        }
    }

    @Test(arguments: [
        ([], "web-1"), (["-a"], "web-1 db web-2"), (["-l"], "web-1"), (["-n", "2"], "web-1 db"), (["-n2"], "web-1 db"),
        (["-n", "-1"], "web-1"), (["--filter", "status=exited"], "db"), (["-f", "exited=3"], "db"),
        (["-aq", "--no-trunc"], "web-1 db web-2"),
    ])
    func psShowsWhatDockerShows(arguments: [String], names: String) throws {
        let options = try ContainerListOptions.parse(arguments)
        let filters = try FilterSet(options.filter, allowed: FilterSet.containerKeys)
        #expect(options.select(Self.all, filters).map(\.name).joined(separator: " ") == names)
    }
}
