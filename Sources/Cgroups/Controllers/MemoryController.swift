import Engine

/// The memory controller: `memory.max` and its neighbours, or version 1's `memory.limit_in_bytes`.
enum MemoryController {
    static func apply(
        _ memory: CgroupResources.Memory, at place: ContainerCgroup.Place?, _ report: inout LimitReport
    ) throws(EngineError) {
        if (memory.kernel ?? 0) > 0 {
            report.note("kernel memory: kernels no longer limit it by itself, it counts as memory")
        }
        let isV1 = place?.isV2 == false
        if memory.limit != nil || memory.swap != nil || memory.reservation != nil {
            if let place, ControlFile.exists(place.path(isV1 ? "memory.limit_in_bytes" : "memory.max")) {
                if isV1 { try setV1(memory, at: place, &report) } else { try setV2(memory, at: place, &report) }
            } else if [memory.limit, memory.swap, memory.reservation].contains(where: { ($0 ?? 0) > 0 }) {
                // Lifting a limit where there is none needs no controller.
                try report.cannot("memory")
            }
        }
        try setRest(memory, at: place, isV1: isV1, &report)
    }

    /// What only version 1 has.
    private static func setRest(
        _ memory: CgroupResources.Memory, at place: ContainerCgroup.Place?, isV1: Bool, _ report: inout LimitReport
    ) throws(EngineError) {
        let gone = "cgroups of version 2 have no such setting"
        if let swappiness = memory.swappiness {
            if isV1 {
                try LimitWriter.write(
                    String(swappiness), to: "memory.swappiness", at: place, field: "memory swappiness", &report)
            } else {
                try report.cannot("memory swappiness", because: gone)
            }
        }
        if let isOff = memory.disableOOMKiller {
            let file = place?.path("memory.oom_control") ?? ""
            if isV1, isOff || ControlFile.text(file)?.hasPrefix("oom_kill_disable 1") == true {
                try LimitWriter.write(
                    isOff ? "1" : "0", to: "memory.oom_control", at: place, field: "oom killer", &report)
            } else if isOff, !isV1 {
                try report.cannot("oom killer", because: gone)
            }
        }
        if let bytes = memory.kernelTCP, bytes != 0 {
            if isV1 {
                try LimitWriter.write(
                    String(bytes), to: "memory.kmem.tcp.limit_in_bytes", at: place, field: "kernel TCP memory", &report)
            } else if bytes > 0 {
                report.note("kernel TCP memory: \(gone), it counts as memory")
            }
        }
    }

    private static func setV2(
        _ memory: CgroupResources.Memory, at place: ContainerCgroup.Place, _ report: inout LimitReport
    ) throws(EngineError) {
        if memory.checkBeforeUpdate == true, let limit = memory.limit, limit > 0,
            let usage = ControlFile.number(place.path("memory.current")), usage > limit
        {
            throw EngineError(
                .conflict, "memory: \(usage) bytes are in use, more than the limit of \(limit)",
                hint: "processes would be killed at once; leave checkBeforeUpdate out for that")
        }
        if let swap = try swapAlone(memory, limit: memory.limit ?? ControlFile.number(place.path("memory.max"))) {
            if ControlFile.exists(place.path("memory.swap.max")) {
                try LimitWriter.write(swap, path: place.path("memory.swap.max"), field: "memory swap")
            } else if swap != "max" && swap != "0" {
                try report.cannot("memory swap", because: "this host has no swap accounting")
            }
        }
        if let limit = memory.limit {
            try LimitWriter.write(limit > 0 ? String(limit) : "max", path: place.path("memory.max"), field: "memory")
        }
        if let reservation = memory.reservation {
            try LimitWriter.write(
                String(max(0, reservation)), path: place.path("memory.low"), field: "memory reservation")
        }
    }

    /// `memory.swap.max` counts swap alone, where everybody else says memory and swap together.
    private static func swapAlone(
        _ memory: CgroupResources.Memory, limit: Int64?
    ) throws(EngineError) -> String? {
        guard let total = memory.swap else { return nil }
        if total < 0 { return "max" }
        guard let limit, limit >= 0 else {
            throw EngineError(
                .invalidArgument, "memory swap: a limit needs a memory limit beside it", hint: "give memory too")
        }
        guard total >= limit else {
            throw EngineError(
                .invalidArgument, "memory swap: \(total) bytes is less than the memory limit of \(limit)",
                hint: "it limits memory and swap together")
        }
        return String(total - limit)
    }

    private static func setV1(
        _ memory: CgroupResources.Memory, at place: ContainerCgroup.Place, _ report: inout LimitReport
    ) throws(EngineError) {
        let hasSwap = ControlFile.exists(place.path("memory.memsw.limit_in_bytes"))
        let setMemory = { () throws(EngineError) -> Void in
            guard let limit = memory.limit else { return }
            try LimitWriter.write(
                String(limit > 0 ? limit : -1), path: place.path("memory.limit_in_bytes"), field: "memory")
        }
        let setTotal = { () throws(EngineError) -> Void in
            guard hasSwap, let total = memory.swap else { return }
            try LimitWriter.write(
                String(total), path: place.path("memory.memsw.limit_in_bytes"), field: "memory swap")
        }
        // The kernel holds memory <= memsw at every moment, so the outer limit goes first when it grows.
        let current = ControlFile.number(place.path("memory.memsw.limit_in_bytes")) ?? 0
        if let total = memory.swap, total < 0 || total > current {
            try setTotal()
            try setMemory()
        } else {
            try setMemory()
            try setTotal()
        }
        if !hasSwap, let total = memory.swap, total > max(0, memory.limit ?? 0) {
            try report.cannot("memory swap", because: "this host has no swap accounting")
        }
        if let reservation = memory.reservation {
            try LimitWriter.write(
                String(reservation > 0 ? reservation : -1), path: place.path("memory.soft_limit_in_bytes"),
                field: "memory reservation")
        }
    }
}
