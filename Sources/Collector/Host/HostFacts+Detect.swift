import Cgroups
import Engine
import Glibc

extension HostFacts {
    /// Asks the kernel what this host is: uname(2), sysconf(3).
    public static func detect(_ hierarchies: CgroupHierarchies) -> HostFacts {
        var names = utsname()
        uname(&names)
        let pages = UInt64(max(0, sysconf(Int32(_SC_PHYS_PAGES))))
        let pageSize = UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
        return HostFacts(
            hostname: text(&names.nodename), kernel: text(&names.release),
            cpuCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), memoryTotal: pages &* pageSize,
            cgroupMode: hierarchies.mode.rawValue)
    }

    private static func text<Field>(_ field: inout Field) -> String {
        withUnsafeBytes(of: &field) { bytes in String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
