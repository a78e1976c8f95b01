import Engine
import Testing

@testable import DockerEngine

/// What engines answer beside containers.
struct AnswerTests {
    private static func node(_ text: String) throws -> JSONNode { try JSONNode(Array(text.utf8)) }

    @Test func eventsOfBothEnginesAreRead() throws {
        let docker = try Self.node(
            #"{"Type":"container","Action":"exec_create: sh","Actor":{"ID":"a1","Attributes":{"name":"web"}},"time":5,"timeNano":5000000001}"#
        )
        #expect(EventReading.event(docker)?.action == "exec_create: sh")
        #expect(EventReading.event(docker)?.time.nanoseconds == 5_000_000_001)
        let podman = try Self.node(
            #"{"status":"remove","id":"a1","Type":"container","Action":"remove","Actor":{"ID":"a1"},"time":5}"#)
        #expect(EventReading.event(podman)?.action == "destroy")
        #expect(EventReading.event(podman)?.time.seconds == 5)
        let volume = try Self.node(
            #"{"Type":"volume","Action":"create","Actor":{"ID":"","Attributes":{"name":"data"}},"time":5}"#)
        #expect(EventReading.event(volume)?.actorID == "data")
        #expect(EventReading.event(try Self.node(#"{"Type":"daemon","Action":"reload","Actor":{"ID":"x"}}"#)) == nil)
        #expect(EventReading.event(.null) == nil)
    }

    @Test func aMomentIsSecondsWithNineDigits() {
        #expect(EventReading.seconds(Timestamp(nanoseconds: 5_000_000_001)) == "5.000000001")
        #expect(EventReading.seconds(Timestamp(nanoseconds: 0)) == "0.000000000")
    }

    @Test(arguments: ["docker", "podman"])
    func figuresAreCountedAsDockersCommandLineDoes(engine: String) throws {
        let sample = try #require(SampleReading.sample(try Recording.document("\(engine)-stats")))
        #expect(sample.cpu.total > 0)
        #expect(sample.memory.inUse > 0 && sample.memory.inUse <= sample.memory.current)
        #expect(sample.memory.limit == 64 << 20)
        #expect(sample.pids > 0)
        #expect(SampleReading.sample(.object([:])) == nil)
    }

    @Test func whatCanBeDroppedIsNotInUse() throws {
        let node = try Self.node(
            #"{"read":"2026-01-02T03:04:05Z","memory_stats":{"usage":100,"limit":9223372036854771712,"stats":{"inactive_file":30}}}"#
        )
        let sample = try #require(SampleReading.sample(node))
        #expect(sample.memory.inUse == 70)
        #expect(sample.memory.limit == nil)
    }

    @Test(arguments: ["docker", "podman"])
    func imagesAndNetworksAreRead(engine: String) throws {
        let image = try #require(ImageReading.details(try Recording.document("\(engine)-image")))
        #expect(image.image.id.rawValue.hasPrefix("sha256:"))
        #expect(image.layers.count == 1)
        #expect(image.image.architecture == "amd64")
        let networks = try Recording.document("\(engine)-networks").items.compactMap(NetworkReading.network)
        #expect(!networks.isEmpty)
        #expect(networks.allSatisfy { $0.isPredefined })
    }

    @Test(arguments: [
        ("Loaded image: a:1\n", ["a:1"]), ("Loaded image ID: sha256:00\n", ["sha256:00"]),
        ("Loaded image: a:1,b:2", ["a:1", "b:2"]), ("something else", []),
    ])
    func whatWasLoadedIsNamed(text: String, names: [String]) { #expect(DockerEngine.loaded(text) == names) }

    @Test(arguments: [
        ("Step 2/5 : RUN make", "[2/5] RUN make"), ("STEP 2/5: RUN make", "[2/5] RUN make"), ("Stepping : x", nil),
        ("Step : x", nil),
    ])
    func aStepsHeadingIsFound(line: String, heading: String?) { #expect(BuildReading.heading(line) == heading) }

    @Test func aFileKindIsGosOwn() throws {
        let directory = DockerEngine.facts(try Self.node(#"{"name":"d","size":4096,"mode":2147484141}"#))
        #expect(directory.isDirectory && directory.mode & 0o777 == 0o755)
        let link = DockerEngine.facts(try Self.node(#"{"name":"l","size":1,"mode":134218239,"linkTarget":"/x"}"#))
        #expect(link.isSymbolicLink && link.linkTarget == "/x")
        #expect(!DockerEngine.facts(.null).isDirectory)
    }

    @Test(arguments: [
        (404, #"{"message":"No such container: x"}"#, EngineError.Code.notFound),
        (409, #"{"message":"in use"}"#, .conflict),
        (400, #"{"cause":"bad","message":""}"#, .invalidArgument), (500, "plain words", .system), (500, "", .system),
        (
            500, #"{"message":"OCI runtime create failed: exec: \"x\": executable file not found in $PATH"}"#,
            .commandNotFound
        ),
        (400, #"{"message":"OCI runtime create failed: permission denied"}"#, .commandNotExecutable),
    ])
    func aRefusalHasItsKindAndItsWords(status: Int, body: String, code: EngineError.Code) {
        let error = DockerFailure.refusal(status, Array(body.utf8), "try", "engine")
        #expect(error.code == code)
        #expect(error.message.hasPrefix("cannot try: "))
    }

    @Test func foreignWordsKeepNoControlCharacters() {
        let error = DockerFailure.refusal(500, Array("{\"message\":\"a\\u001b[31mb\\nc\"}".utf8), "try", "engine")
        #expect(error.message == "cannot try: a[31mb c")
    }
}
