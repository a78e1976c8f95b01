import Engine

/// The rdma controller: `rdma.max`, the same in both versions.
enum RDMAController {
    static func apply(
        _ limits: [String: CgroupResources.RDMA], at place: ContainerCgroup.Place?, _ report: inout LimitReport
    ) throws(EngineError) {
        for (device, limit) in limits.sorted(by: { $0.key < $1.key }) {
            guard !device.utf8.contains(where: { $0 <= 0x20 }) else {
                throw EngineError(.invalidArgument, "rdma: '\(device)' is not the name of a device")
            }
            let words =
                (limit.handles.map { ["hca_handle=\($0)"] } ?? []) + (limit.objects.map { ["hca_object=\($0)"] } ?? [])
            guard !words.isEmpty else { continue }
            try LimitWriter.write(
                ([device] + words).joined(separator: " "), to: "rdma.max", at: place, field: "rdma", &report)
        }
    }
}
