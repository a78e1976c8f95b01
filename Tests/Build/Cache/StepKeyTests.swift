import OCI
import Testing

@testable import Build

struct StepKeyTests {
    private func digest(_ pieces: [String]) -> Digest {
        var key = StepKey("run")
        for piece in pieces { key.add(piece) }
        return key.digest
    }

    @Test func piecesDoNotRunIntoEachOther() {
        #expect(digest(["ab", "c"]) != digest(["a", "bc"]))
        #expect(digest([""]) != digest([]))
    }

    @Test func aListIsNotItsElements() {
        var list = StepKey("run")
        list.add(["a"])
        list.add(["b"])
        var other = StepKey("run")
        other.add(["a", "b"])
        #expect(list.digest != other.digest)
    }

    @Test func nothingIsNotEmpty() {
        var nothing = StepKey("run")
        nothing.add(String?.none)
        var empty = StepKey("run")
        empty.add(String?.some(""))
        #expect(nothing.digest != empty.digest)
    }
}
