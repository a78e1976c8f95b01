import Engine

/// The pids controller: `pids.max`, the same in both versions.
enum PidsController {
    static func apply(_ limits: ResourceLimits, at place: ContainerCgroup.Place?) throws(EngineError) -> [String] {
        guard let pids = limits.pids else { return [] }
        guard let place, ControlFile.exists(place.path("pids.max")) else {
            return pids > 0 ? [LimitWriter.missing("pids limit")] : []
        }
        return try LimitWriter.write(pids > 0 ? String(pids) : "max", to: "pids.max", at: place, field: "pids limit")
    }
}
