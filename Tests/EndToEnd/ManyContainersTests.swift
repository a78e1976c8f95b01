import Foundation
import Harness
import Testing

@Suite(.needsRoot)
struct ManyContainersTests {
    @Test func twoHundredContainersAreListedSampledAndScrolled() throws {
        try Workplace.with { (place) throws in
            let count = 200
            for index in 0..<count {
                let name = "n" + String(1000 + index).dropFirst()
                #expect(try place.run("run", "-d", "--name", name, "busybox", "sleep", "1000").code == 0)
            }
            #expect(try place.run("ps", "-q").lines.count == count)
            let rows = try place.run("stats", "--no-stream", "--format", "{{.Name}} {{.PIDs}}").lines
            #expect(rows.count == count)
            #expect(rows.allSatisfy { $0.hasSuffix(" 1") })
            let frame = try place.run("dashboard", "--once", "--size", "120x230", "--view", "containers")
            for name in ["n000", "n099", "n199"] { #expect(frame.output.contains(name)) }

            let terminal = try PseudoTerminal(
                [Workplace.spyhop], environment: place.environment + ["TERM=xterm-256color"])
            terminal.wait(forText: "200")
            terminal.wait(forText: "n000")
            terminal.type("G")
            terminal.wait(forText: "n199")
            terminal.type(String(repeating: "k", count: 100))
            terminal.wait(forText: "n099")
            terminal.type("g")
            terminal.wait(forText: "n000")
            terminal.type("q")
            #expect(terminal.waitForExit() == 0)
        }
    }
}
