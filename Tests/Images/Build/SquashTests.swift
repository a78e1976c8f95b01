import Engine
import Glibc
@testable import Images
import LinuxSystem
import OCI
import Testing

@Suite(.enabled(if: geteuid() == 0, "layers keep owners and whiteouts, which needs root"))
struct SquashTests {
    private let bench: LayerBench

    init() throws { bench = try LayerBench() }

    /// Layers by their scripts, each on all before it.
    private func stack(_ scripts: [String]) throws -> [BuiltLayer] {
        var layers: [BuiltLayer] = []
        for script in scripts { layers.append(try bench.layer(script, on: layers)) }
        return layers
    }

    @Test(arguments: [
        ["echo 1 > a; mkdir d; echo 2 > d/b", "rm a; echo 3 > d/c", "echo 4 > a"],
        ["mkdir -p d/e; echo 1 > d/e/f; echo 2 > d/g", "rm -r d", "mkdir d; echo 3 > d/h"],
        ["mkdir -p d/e; echo 1 > d/e/f", "rm -r d; mkdir d; echo 2 > d/x", "rm d/x; echo 3 > d/y"],
        ["echo 1 > f", "rm f; mkdir f; echo 2 > f/g", "rm -r f; ln -s nowhere f"],
        ["mkdir d; echo 1 > d/a", "rm -r d; echo file > d", "rm d; mkdir d; echo 2 > d/b"],
        ["echo 1 > a; ln a b", "chown 1:2 a; chmod 4755 b", "mkfifo p; mknod n c 1 3"],
        ["echo 1 > below", "echo 2 > t; mkdir -p u/v; echo 3 > u/v/w", "rm t; rm -r u"],
    ]) func oneLayerDoesWhatAllOfThemDo(scripts: [String]) throws {
        let layers = try stack(scripts)
        let expected = try bench.joined(layers)
        let (below, added) = (Array(layers[..<1]), Array(layers[1...]))
        let squashed = try bench.change.squash(added, on: below, epoch: nil)
        #expect(try bench.joined(below + [squashed]) == expected)
        #expect(try bench.faults([squashed]) == [])
        let all = try bench.change.squash(layers, on: [], epoch: nil)
        #expect(try bench.joined([all]) == expected)
        // Nothing is below, so nothing is marked as removed.
        #expect(try !bench.scratch.run("tar", "-tf", bench.archive(all)).contains(".wh.f"))
    }

    @Test func whatIsMadeAndRemovedLeavesNoMark() throws {
        let layers = try stack([
            "echo 1 > below", "echo 2 > t; mkdir -p u/v; echo 3 > u/v/w", "rm t; rm -r u; rm below",
        ])
        let squashed = try bench.change.squash(Array(layers[1...]), on: Array(layers[..<1]), epoch: nil)
        #expect(try bench.scratch.run("tar", "-tf", bench.archive(squashed)) == ".wh.below\n")
    }

    @Test func aSingleLayerStaysAsItIs() throws {
        let layer = try bench.layer("echo 1 > a")
        #expect(try bench.change.squash([layer], on: [], epoch: nil) == layer)
        #expect(try bench.change.squash([], on: [layer], epoch: nil).size == 0)
    }
}
