import CMonitorWire
import Engine
import Testing

@testable import Runtime

@Suite struct HealthReportTests {
    private static func file(
        state: sph_health_state = SPH_HEALTH_HEALTHY, count: UInt32 = 1, length: UInt32 = 4, output: String = "fine"
    ) -> [UInt8] {
        var head = sph_health()
        head.magic = SPH_HEALTH_MAGIC
        head.version = SPH_WIRE_VERSION
        head.state = state.rawValue
        head.failing_streak = 2
        head.count = count
        var result = sph_health_result()
        result.started_at = 5
        result.finished_at = 7
        result.exit_code = -1
        result.length = length
        return withUnsafeBytes(of: head) { Array($0) } + withUnsafeBytes(of: result) { Array($0) } + Array(output.utf8)
    }

    @Test func whatAMonitorWritesIsRead() throws {
        let report = try #require(HealthReport(Self.file()))
        #expect(report.status == .healthy && report.failingStreak == 2)
        let result = HealthReport.Result(
            startedAt: Timestamp(nanoseconds: 5), finishedAt: Timestamp(nanoseconds: 7), exitCode: -1, output: "fine")
        #expect(report.log == [result])
    }

    @Test func whatIsCutOrFalseIsNone() {
        let whole = Self.file()
        for count in 0..<whole.count { #expect(HealthReport(Array(whole.prefix(count))) == nil) }
        #expect(HealthReport(Self.file(length: .max)) == nil)
        #expect(HealthReport(Self.file(count: 6)) == nil)
        #expect(HealthReport(Self.file(count: .max)) == nil)
        #expect(HealthReport(Self.file(state: SPH_HEALTH_NONE)) == nil)
        #expect(HealthReport(Self.file(state: sph_health_state(9))) == nil)
        #expect(HealthReport([UInt8](repeating: 1, count: 200)) == nil)
    }

    @Test func bytesThatAreNoTextAreReplaced() throws {
        var bytes = Self.file(output: "")
        bytes += [0xff, 0xfe, 0x41, 0x42]
        #expect(try #require(HealthReport(bytes)).log.first?.output.hasSuffix("AB") == true)
    }
}
