/// A cgroup controller, by the name that the kernel gives it (Documentation/admin-guide/cgroup-v2.rst and
/// cgroup-v1/).
public enum Controller: String, Sendable, Hashable, CaseIterable {
    case cpu
    /// Version 1 only: CPU time used; on version 2 `cpu.stat` is always there.
    case cpuacct
    case cpuset
    case memory
    case pids
    /// Version 2's block I/O.
    case io
    /// Version 1's block I/O.
    case blkio
    /// Version 1 only: on version 2 a BPF program decides.
    case devices
    /// Version 1 only: on version 2 `cgroup.freeze` is always there.
    case freezer
    /// Huge pages.
    case hugetlb
    case rdma
    /// Version 2 only: what the host counts besides.
    case misc
    /// Version 1 only: the class of packets.
    case netCls = "net_cls"
    /// Version 1 only: the priority of traffic by interface.
    case netPrio = "net_prio"
    /// Version 1 only: on version 2 perf finds cgroups by itself.
    case perfEvent = "perf_event"

    /// The controllers of version 2 that containers are given when they are to be had.
    static let wantedOnV2: [Controller] = [.cpu, .memory, .pids, .io, .cpuset]
    /// The controllers of version 2 that are passed on beside those where they can be; no better place is looked for.
    static let welcomeOnV2: [Controller] = [.hugetlb, .rdma, .misc]
}
