import Engine

/// The pids controller: `pids.max`, the same in both versions.
enum PidsController {
    static func apply(
        _ pids: Int64?, at place: ContainerCgroup.Place?, _ report: inout LimitReport
    ) throws(EngineError) {
        guard let pids else { return }
        guard let place, ControlFile.exists(place.path("pids.max")) else {
            return pids > 0 ? try report.cannot("pids limit") : ()
        }
        try LimitWriter.write(pids > 0 ? String(pids) : "max", path: place.path("pids.max"), field: "pids limit")
    }
}
