import Dashboard
import Engine
import Testing

@testable import SpyhopCommands

/// The dashboard's form, read as `build` reads its options.
struct BuildFormReaderTests {
    private static let environment = ProcessEnvironment(
        lookup: { ["HOME": "/root", "TOKEN": "secret"][$0] }, workingDirectory: "/", isRoot: true)

    private func read(_ change: (inout BuildForm) -> Void) -> Result<BuildRequest, BuildForm.Refusal> {
        var form = BuildForm()
        change(&form)
        return BuildFormReader(environment: Self.environment).request(form)
    }

    private func reasons(_ change: (inout BuildForm) -> Void) -> [BuildForm.Field: String] {
        guard case .failure(let refusal) = read(change) else { return [:] }
        return refusal.reasons
    }

    @Test func anEmptyFormBuildsTheWorkingDirectory() throws {
        #expect(try read { _ in }.get() == BuildRequest(context: .directory("/")))
    }

    @Test func everyFieldLandsInTheRequest() throws {
        let request = try read { form in
            form.context = " etc "
            form.file = "etc/Dockerfile"
            form.tags = "shop:2 localhost:5000/shop"
            form.target = "builder"
            form.arguments = "A=1 'B=two words' TOKEN NOWHERE C=-x"
            form.noCache = true
        }.get()
        var expected = BuildRequest(context: .directory("/etc"))
        expected.file = .path("/etc/Dockerfile")
        expected.tags = ["docker.io/library/shop:2", "localhost:5000/shop:latest"]
        expected.target = "builder"
        expected.arguments = ["A": "1", "B": "two words", "TOKEN": "secret", "C": "-x"]
        expected.noCache = true
        #expect(request == expected)
    }

    @Test func aRemoteContextKeepsItsDockerfilesPath() throws {
        let request = try read { form in
            form.context = "https://git.example/shop.git#main"
            form.file = "sub/Dockerfile"
        }.get()
        #expect(request.context == .remote("https://git.example/shop.git#main"))
        #expect(request.file == .path("sub/Dockerfile"))
    }

    @Test func everyWrongFieldIsTold() {
        let reasons = reasons { form in
            form.context = "nowhere at all"
            form.file = "-"
            form.tags = "UPPER/Case:"
            form.arguments = "=1"
        }
        #expect(Set(reasons.keys) == [.context, .file, .tags, .arguments])
        #expect(reasons[.context]?.contains("is not there") == true)
    }

    @Test func aQuoteThatIsNotClosedIsToldAtItsField() {
        #expect(reasons { $0.arguments = "'A=1" }.keys.first == .arguments)
        #expect(reasons { $0.context = "-" }[.context]?.contains("standard input") == true)
    }

    @Test(
        arguments: [
            (["/bin/sh", "-c", "make"], ["/bin/sh"]),
            (["/bin/bash", "-o", "pipefail", "-c", "x"], ["/bin/bash", "-o", "pipefail"]),
            (["make"], ["/bin/sh"]), (["-c", "x"], ["/bin/sh"]), ([], ["/bin/sh"]),
        ] as [([String], [String])])
    func aStepIsEnteredWithItsOwnShell(command: [String], shell: [String]) {
        struct Step: FailedStep {
            var step = BuildStep(id: 1, name: "RUN")
            var command: [String]
            var exitCode: Int32 = 1
            func enter(_ command: [String], size: TerminalSize?) async throws -> any Session {
                throw EngineError(.unsupported, "nothing to enter")
            }
        }
        #expect(StepVisit.shell(of: Step(command: command)) == shell)
    }
}
