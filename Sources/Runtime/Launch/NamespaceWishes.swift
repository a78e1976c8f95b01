import OCI

/// Which namespaces a configuration makes anew and which it joins.
struct NamespaceWishes: Hashable {
    /// CLONE_NEW* flags of those that are made.
    private(set) var made: UInt64 = 0
    /// Those that are there already.
    private(set) var joined: [LinuxNamespace] = []
    /// User 0 of the user namespace is somebody.
    let mapsRoot: Bool

    init(_ spec: Spec) {
        for namespace in spec.linux?.namespaces ?? [] {
            if namespace.path?.isEmpty ?? true {
                made |= Namespaces.flag(namespace.type)
            } else {
                joined.append(namespace)
            }
        }
        mapsRoot = (spec.linux?.uidMappings ?? []).contains { $0.containerID == 0 }
    }

    var makesUser: Bool { made & Namespaces.user != 0 }
    var joinsUser: Bool { joined.contains { $0.type == .user } }
    var joinsMounts: Bool { joined.contains { $0.type == .mount } }
    /// The process is in another user namespace than its monitor was.
    var changesUser: Bool { makesUser || joinsUser }
    /// The mounts are the container's own. In others' nothing is pivoted, for that would take their root from them.
    var ownsMounts: Bool { made & Namespaces.mount != 0 }
    /// For clone3; the cgroup namespace is made once the cgroups are joined, the time namespace once it has its offsets.
    var cloned: UInt64 { made & ~(Namespaces.cgroup | Namespaces.time) }
}
