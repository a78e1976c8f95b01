import Build
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

/// COPY and ADD from all their origins.
@Suite(.enabled(if: geteuid() == 0, "joining layers needs root"))
struct BuilderCopyTests {
    @Test func aLinkedCopyDoesNotDependOnWhatIsBelow() async throws {
        let bench = try BuildBench()
        try bench.write("1", to: "a")
        try await bench.build("FROM scratch\nRUN one\nCOPY --link a /a\nCOPY a /b")
        try await bench.build("FROM scratch\nRUN two\nCOPY --link a /a\nCOPY a /b")
        #expect(bench.state("COPY --link a /a") == .cached)
        guard case .done = bench.state("COPY a /b") else {
            Issue.record("the plain copy was not made anew")
            return
        }
    }

    @Test func namedContextsStandInForImagesAndGiveFiles() async throws {
        let bench = try BuildBench()
        try bench.addBase("real")
        try Files.makeDirectories("\(bench.path)/other")
        try Files.writeAtomically(Array("other".utf8), to: "\(bench.path)/other/f")
        let services = FakeServices()
        let image = try await bench.build(
            "FROM pretended\nCOPY --from=files f /f\nCOPY --from=another /etc/passwd /p", FakeExecutor(), services
        ) {
            $0.namedContexts = [
                "pretended": "docker-image://real", "files": "\(bench.path)/other", "another": "docker-image://real",
            ]
        }
        #expect(services.asked == ["real"])
        #expect(try bench.read("f", of: image) == "other")
        #expect(try bench.read("p", of: image)?.contains("bob") == true)
    }

    @Test func aDirectoryCanBeABase() async throws {
        let bench = try BuildBench()
        let image = try await bench.build("FROM rootfs\nCMD [\"x\"]") {
            $0.namedContexts = ["rootfs": "\(bench.path)/root"]
        }
        #expect(try bench.read("etc/passwd", of: image)?.contains("bob") == true)
        #expect(try bench.configuration(image).config?.command == ["x"])
    }

    @Test func hereDocumentsAreFilesWithTheirVariablesReplaced() async throws {
        let bench = try BuildBench()
        let image = try await bench.build(
            """
            FROM scratch
            ARG NAME=Ada
            COPY <<greeting.txt <<"raw.txt" /docs/
            hello $NAME
            greeting.txt
            hello $NAME
            raw.txt
            """)
        #expect(try bench.read("docs/greeting.txt", of: image) == "hello Ada\n")
        #expect(try bench.read("docs/raw.txt", of: image) == "hello $NAME\n")
        #expect(
            try bench.configuration(image).history?.last?.createdBy == "COPY <<greeting.txt <<raw.txt /docs/")
    }

    @Test func whatWasCopiedFromAStageIsFoundAgainByItsContent() async throws {
        let bench = try BuildBench()
        let executor = FakeExecutor { command, _ in
            try FakeExecutor.write("same", to: "result", in: command)
            try FakeExecutor.write(command.arguments.last ?? "", to: "differs", in: command)
            return 0
        }
        let text = "FROM scratch AS b\nRUN COMMAND\nFROM scratch\nCOPY --from=b /result /r\nRUN after"
        try await bench.build(text, executor)
        try await bench.build(text.replacing("COMMAND", with: "other"), executor)
        #expect(bench.state("COPY --from=b /result /r") == .cached)
        #expect(bench.state("RUN after") == .cached)
    }

    @Test func aChecksumThatDoesNotFitStopsTheBuild() async throws {
        let bench = try BuildBench()
        let services = FakeServices(pages: ["http://h/f": "page"])
        let zeros = String(repeating: "0", count: 64)
        let error = await #expect(throws: EngineError.self) {
            try await bench.build(
                "FROM scratch\nADD --checksum=sha256:\(zeros) http://h/f /", FakeExecutor(), services)
        }
        #expect(error?.message.contains("digest mismatch") == true)
        let refused = await #expect(throws: EngineError.self) {
            try await bench.build("FROM scratch\nCOPY http://h/f /", FakeExecutor(), services)
        }
        #expect(refused?.message.contains("source can't be a URL for COPY") == true)
    }
}
