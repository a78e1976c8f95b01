import Engine
import Testing

struct ClampingTests {
    @Test(
        arguments: [
            (1, 2, 3), (.max, 1, .max), (.max, .max, .max), (.min, -1, .min), (.min, .max, -1), (0, .min, .min),
        ] as [(Int64, Int64, Int64)])
    func sumsStopAtTheLastNumber(left: Int64, right: Int64, sum: Int64) {
        #expect(left.addingClamped(right) == sum)
        #expect([left, right].sumClamped() == sum)
    }

    @Test(
        arguments: [
            (3, 2, 1), (.min, 1, .min), (.max, -1, .max), (0, .min, .max), (-1, .min, .max), (.max, .max, 0),
        ] as [(Int64, Int64, Int64)])
    func differencesStopAtTheLastNumber(left: Int64, right: Int64, difference: Int64) {
        #expect(left.subtractingClamped(right) == difference)
    }
}
