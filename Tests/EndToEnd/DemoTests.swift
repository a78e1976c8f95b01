import Foundation
import Harness
import Testing

@Suite(.needsRoot)
struct DemoTests {
    @Test func demoStartsFiveContainersShowsOneFrameAndCleansUp() throws {
        try Workplace.with(image: false) { (place) throws in
            let outcome = try place.run("demo", "--open")
            #expect(outcome.code == 0, "\(outcome.errors)")
            let names = try place.run("ps", "-a", "--format", "{{.Names}}").lines
            #expect(names.count == 5)
            for name in names { #expect(outcome.output.contains(name)) }
            #expect(try place.run("demo").code == 0)
            #expect(try place.run("ps", "-aq").lines.count == 5)
            #expect(try place.run("demo", "--stop").code == 0)
            #expect(try place.run("ps", "-aq").output == "")
            #expect(try place.run("images", "-q").output == "")
            #expect(!(try place.run("network", "ls", "--format", "{{.Name}}").lines.contains("spyhop-demo")))
            #expect(try place.run("volume", "ls", "-q").output == "")
        }
    }
}
