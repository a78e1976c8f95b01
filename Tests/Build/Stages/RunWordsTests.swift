import Dockerfile
import Testing

@testable import Build

struct RunWordsTests {
    private func words(_ text: String) throws -> (arguments: [String], script: (path: String, content: String)?) {
        let dockerfile = try Dockerfile.parse(Array("FROM scratch\n\(text)\n".utf8), name: "Dockerfile")
        guard case .run(let run) = dockerfile.stages[0].instructions[0].kind else { return ([], nil) }
        return run.words(shell: ["/bin/sh", "-c"])
    }

    @Test func aShellFormIsHandedToTheShellAndAnExecFormIsNot() throws {
        #expect(try words("RUN make  all").arguments == ["/bin/sh", "-c", "make  all"])
        #expect(try words("RUN [\"make\", \"all\"]").arguments == ["make", "all"])
    }

    @Test func aLonelyHereDocumentIsTheShellsText() throws {
        #expect(try words("RUN <<EOF\none\ntwo\nEOF").arguments == ["/bin/sh", "-c", "one\ntwo\n"])
    }

    @Test func aLonelyHereDocumentWithAnInterpreterIsAProgram() throws {
        let (arguments, script) = try words("RUN <<EOF\n#!/usr/bin/python3\nprint(1)\nEOF")
        #expect(arguments == ["/bin/sh", "-c", "/dev/pipes/EOF"])
        #expect(script?.content == "#!/usr/bin/python3\nprint(1)\n")
    }

    @Test func hereDocumentsBesideACommandAreLeftToTheShell() throws {
        #expect(
            try words("RUN cat <<ONE - <<TWO\n1\nONE\n2\nTWO").arguments == [
                "/bin/sh", "-c", "cat <<ONE - <<TWO\n1\nONE\n2\nTWO",
            ])
    }
}
