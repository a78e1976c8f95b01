import Engine

/// The memory controller: `memory.max` and its neighbours, or version 1's `memory.limit_in_bytes`.
enum MemoryController {
    static func apply(_ limits: ResourceLimits, at place: ContainerCgroup.Place?) throws(EngineError) -> [String] {
        guard limits.memory != nil || limits.memorySwap != nil || limits.memoryReservation != nil else { return [] }
        guard let place, ControlFile.exists(place.path(place.isV2 ? "memory.max" : "memory.limit_in_bytes")) else {
            // Lifting a limit where there is none needs no controller.
            let values = [limits.memory, limits.memorySwap, limits.memoryReservation]
            return values.contains { ($0 ?? 0) > 0 } ? [LimitWriter.missing("memory")] : []
        }
        return try place.isV2 ? applyV2(limits, at: place) : applyV1(limits, at: place)
    }

    /// Memory and swap together, with docker's default: as much swap as memory. -1 is unlimited.
    static func totalWithSwap(_ limits: ResourceLimits) -> Int64? {
        if let swap = limits.memorySwap, swap != 0 { return swap }
        guard let memory = limits.memory else { return nil }
        guard memory > 0 else { return -1 }
        let (double, overflow) = memory.multipliedReportingOverflow(by: 2)
        return overflow ? -1 : double
    }

    private static func applyV2(
        _ limits: ResourceLimits, at place: ContainerCgroup.Place
    ) throws(EngineError) -> [String] {
        var warnings: [String] = []
        if let total = totalWithSwap(limits) {
            // memory.swap.max counts swap alone.
            let swap = total < 0 ? "max" : String(total - min(total, max(0, limits.memory ?? 0)))
            if ControlFile.exists(place.path("memory.swap.max")) {
                warnings += try LimitWriter.write(swap, to: "memory.swap.max", at: place, field: "memory swap")
            } else if limits.memorySwap != nil && total > 0 {
                warnings.append(LimitWriter.missing("memory swap"))
            }
        }
        if let memory = limits.memory {
            warnings += try LimitWriter.write(
                memory > 0 ? String(memory) : "max", to: "memory.max", at: place, field: "memory")
        }
        if let reservation = limits.memoryReservation {
            warnings += try LimitWriter.write(
                String(max(0, reservation)), to: "memory.low", at: place, field: "memory reservation")
        }
        return warnings
    }

    private static func applyV1(
        _ limits: ResourceLimits, at place: ContainerCgroup.Place
    ) throws(EngineError) -> [String] {
        var warnings: [String] = []
        let hasSwap = ControlFile.exists(place.path("memory.memsw.limit_in_bytes"))
        let total = hasSwap ? totalWithSwap(limits) : nil
        let setMemory = { () throws(EngineError) -> Void in
            guard let memory = limits.memory else { return }
            _ = try LimitWriter.write(
                String(memory > 0 ? memory : -1), to: "memory.limit_in_bytes", at: place, field: "memory")
        }
        let setTotal = { () throws(EngineError) -> Void in
            guard let total else { return }
            _ = try LimitWriter.write(
                String(total), to: "memory.memsw.limit_in_bytes", at: place, field: "memory swap")
        }
        // The kernel holds memory <= memsw at every moment, so the outer limit goes first when it grows.
        let current = ControlFile.number(place.path("memory.memsw.limit_in_bytes")) ?? 0
        if let total, total < 0 || total > current {
            try setTotal()
            try setMemory()
        } else {
            try setMemory()
            try setTotal()
        }
        if !hasSwap && (limits.memorySwap ?? 0) > 0 { warnings.append(LimitWriter.missing("memory swap")) }
        if let reservation = limits.memoryReservation {
            warnings += try LimitWriter.write(
                String(reservation > 0 ? reservation : -1), to: "memory.soft_limit_in_bytes", at: place,
                field: "memory reservation")
        }
        return warnings
    }
}
