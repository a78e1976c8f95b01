import Engine

/// The hugetlb controller: a limit by size of page, in both versions, and where the kernel has it the same for what is
/// only reserved (Documentation/admin-guide/cgroup-v1/hugetlb.rst).
enum HugePagesController {
    static func apply(
        _ limits: [String: UInt64], at place: ContainerCgroup.Place?, _ report: inout LimitReport
    ) throws(EngineError) {
        let file = place?.isV2 == false ? "limit_in_bytes" : "max"
        for (size, limit) in limits.sorted(by: { $0.key < $1.key }) {
            let field = "hugepage limit of \(size)"
            guard !size.isEmpty, size.utf8.allSatisfy({ $0 != 0x2f && $0 != 0 }) else {
                throw EngineError(.invalidArgument, "\(field): this is not a size of pages", hint: "such as 2MB or 1GB")
            }
            guard let place, ControlFile.exists(place.path("hugetlb.\(size).\(file)")) else {
                try report.cannot(field, because: "this host has no pages of this size, or no hugetlb controller")
                continue
            }
            try LimitWriter.write(String(limit), path: place.path("hugetlb.\(size).\(file)"), field: field)
            let reserved = place.path("hugetlb.\(size).rsvd.\(file)")
            if ControlFile.exists(reserved) { try LimitWriter.write(String(limit), path: reserved, field: field) }
        }
    }
}
