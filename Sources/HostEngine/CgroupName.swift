/// What the name of a cgroup tells of a container in it. Pure: a path, and what it means.
///
/// The spellings: docker, containerd, CRI-O and podman make `PREFIX-ID.scope` through systemd and `PARENT/ID` without it;
/// Kubernetes puts pods beneath `kubepods`; LXC has `lxc.payload.NAME`; systemd-nspawn a service or a scope of its own.
struct CgroupName: Hashable {
    var origin: ContainerOrigin
    /// The container's identifier where the path has one: 64 hexadecimal digits; else its name.
    var id: String
    /// The pod's, in Kubernetes.
    var podUID: String?
    /// The program that runs a pod's container.
    var runtime: ContainerOrigin?

    /// The identifier is the engine's own.
    var hasIdentifier: Bool { Self.isIdentifier(id[...]) }

    /// - Parameter components: the path beneath the hierarchy's root, one name an element, the cgroup's own last.
    init?(_ components: [String]) {
        guard let last = components.last else { return nil }
        let parent = components.dropLast().last ?? ""
        let bare =
            last.hasSuffix(".scope") ? last.dropLast(6) : last.hasSuffix(".service") ? last.dropLast(8) : last[...]
        if let pod = Self.pod(components.dropLast()) {
            guard let (runtime, id) = Self.inPod(bare) else { return nil }
            (origin, self.id, podUID, self.runtime) = (.kubernetes, id, pod, runtime)
        } else if let (origin, id) = Self.prefixed(bare) ?? Self.child(bare, of: parent, components) {
            (self.origin, self.id) = (origin, id)
        } else if let (origin, id) = Self.machine(last, bare, parent) {
            (self.origin, self.id) = (origin, id)
        } else {
            return nil
        }
    }

    // MARK: - Spellings

    static func isIdentifier(_ text: Substring) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static let prefixes: [(String, ContainerOrigin)] = [
        ("docker-", .docker), ("libpod-", .podman), ("crio-", .crio), ("cri-containerd-", .containerd),
        ("nerdctl-", .containerd), ("spyhop-", .spyhop),
    ]

    private static func prefixed(_ name: Substring) -> (ContainerOrigin, String)? {
        for (prefix, origin) in prefixes where name.hasPrefix(prefix) {
            let id = name.dropFirst(prefix.count)
            // `libpod-conmon-ID` and `crio-conmon-ID` are their watchmen's.
            return isIdentifier(id) ? (origin, String(id)) : nil
        }
        return nil
    }

    private static func child(_ name: Substring, of parent: String, _ components: [String]) -> (
        ContainerOrigin, String
    )? {
        if isIdentifier(name) {
            switch parent {
            case "docker": return (.docker, String(name))
            case "spyhop": return (.spyhop, String(name))
            case "libpod_parent": return (.podman, String(name))
            // containerd's namespaces, and parents of somebody's own choice: whose it is its process tells.
            default: return (.containerd, String(name))
            }
        }
        if name.hasPrefix("lxc.payload.") { return (.lxc, String(name.dropFirst("lxc.payload.".count))) }
        if parent == "lxc.payload" || (parent == "lxc" && components.count == 2) { return (.lxc, String(name)) }
        return nil
    }

    private static func machine(_ last: String, _ bare: Substring, _ parent: String) -> (ContainerOrigin, String)? {
        if parent == "machine.slice" {
            if bare.hasPrefix("systemd-nspawn@") {
                return (.nspawn, unescaped(bare.dropFirst("systemd-nspawn@".count)))
            }
            if bare.hasPrefix("machine-"), !bare.hasPrefix("machine-qemu"), last.hasSuffix(".scope") {
                return (.nspawn, unescaped(bare.dropFirst("machine-".count)))
            }
        }
        let isSystem = parent == "system.slice" || (parent.hasPrefix("system-") && parent.hasSuffix(".slice"))
        guard isSystem, last.hasSuffix(".service") else { return nil }
        return (.service, unescaped(bare))
    }

    /// A pod's identifier from the directories above a container: `kubepods/burstable/podUID`,
    /// `kubepods-burstable-podUID.slice`, whose dashes systemd wants as underscores.
    private static func pod(_ above: ArraySlice<String>) -> String? {
        guard above.contains(where: { $0.hasPrefix("kubepods") }), let parent = above.last else { return nil }
        var name = parent[...]
        if name.hasSuffix(".slice") { name = name.dropLast(6) }
        guard let start = name.firstRange(of: "pod", after: "kubepods") else { return nil }
        let uid = name[start...].replacing("_", with: "-")
        return uid.utf8.count >= 32 ? String(uid) : nil
    }

    private static func inPod(_ name: Substring) -> (ContainerOrigin?, String)? {
        if isIdentifier(name) { return (nil, String(name)) }
        return prefixed(name).map { ($0.0, $0.1) }
    }

    /// systemd writes what is not allowed in a unit's name as `\xNN`.
    private static func unescaped(_ name: Substring) -> String {
        guard name.contains("\\") else { return String(name) }
        var bytes: [UInt8] = []
        var rest = Array(name.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "x"), rest.count >= 3,
                let value = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Substring {
    /// Where what stands behind the first `word` begins, passed over the beginning `skipped`.
    fileprivate func firstRange(of word: String, after skipped: String) -> Index? {
        let rest = hasPrefix(skipped) ? dropFirst(skipped.count) : self
        return rest.firstRange(of: word)?.upperBound
    }
}
