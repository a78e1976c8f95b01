import Foundation

/// What one run of a program cost.
struct Measurement {
    /// Milliseconds from its start to its end.
    var milliseconds: Double
    /// MiB that it had in memory at its peak.
    var peakMemory: Double

    /// Runs a program to its end; `nil` when it fails.
    static func of(_ arguments: [String], environment: [String] = Program.environment) -> Measurement? {
        let start = DispatchTime.now().uptimeNanoseconds
        guard let pid = Program.spawn(arguments, environment: environment) else { return nil }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(pid, &status, 0, &usage) < 0 && errno == EINTR {}
        guard status == 0 else { return nil }
        return Measurement(
            milliseconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6,
            peakMemory: Double(usage.ru_maxrss) / 1024)
    }
}

/// The rounds of one contender.
struct Rounds {
    private var all: [Measurement] = []

    mutating func add(_ one: Measurement?) {
        if let one { all.append(one) }
    }

    /// The median of the times; `nil` when no round went well.
    var milliseconds: Double? { all.isEmpty ? nil : all.map(\.milliseconds).sorted()[all.count / 2] }
    /// The worst peak.
    var peakMemory: Double? { all.map(\.peakMemory).max() }
}
