import Dockerfile
import Testing

struct SourceRangeTests {
    @Test func aRangeTellsTheLinesThatItTouches() {
        let range = SourceRange(start: SourcePosition(line: 3, column: 1), end: SourcePosition(line: 5, column: 2))
        #expect(range.lines == 3...5)
    }
}
