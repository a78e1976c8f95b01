import Engine
import Testing

struct EngineReferenceTests {
    @Test func anEngineStandsBeforeTwoColons() {
        let reference = EngineReference("docker::web")
        #expect(reference.engine == "docker")
        #expect(reference.reference == "web")
        #expect(EngineReference(EngineReference.text("a:1", of: "podman")).reference == "a:1")
    }

    @Test(arguments: ["web", "localhost:5000/a:1", "a:1", "::web", ":", "", "[::1]:5000/a", "a/b::c"])
    func whatNamesNoEngineIsAReferenceAsItStands(_ text: String) {
        #expect(EngineReference(text).engine == nil)
        #expect(EngineReference(text).reference == text)
    }
}
