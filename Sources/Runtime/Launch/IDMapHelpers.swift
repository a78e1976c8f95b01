import Engine
import Glibc
import LinuxSystem
import OCI

/// Who is to write the maps of a user namespace.
enum IDMapHelpers {
    /// - Throws: `.unsupported` when more than the caller's own identifiers are wanted and newuidmap(1) is not there.
    static func mapping(for spec: Spec) throws(EngineError) -> BundlePlan.Mapping {
        guard geteuid() != 0, NamespaceWishes(spec).makesUser else { return .direct }
        let users = spec.linux?.uidMappings ?? []
        let groups = spec.linux?.gidMappings ?? []
        if isOwn(users, geteuid()), isOwn(groups, getegid()) { return .own }
        guard let uid = InstalledProgram.find("newuidmap"), let gid = InstalledProgram.find("newgidmap") else {
            throw EngineError(
                .unsupported, "linux.uidMappings: an ordinary user needs newuidmap and newgidmap to map other users",
                hint: "apt-get install uidmap, and give the user ranges in /etc/subuid and /etc/subgid")
        }
        return .helpers(uid: uid, gid: gid)
    }

    private static func isOwn(_ mappings: [LinuxIDMapping], _ own: UInt32) -> Bool {
        mappings.count == 1 && mappings.allSatisfy { $0.size == 1 && $0.hostID == own }
    }
}
