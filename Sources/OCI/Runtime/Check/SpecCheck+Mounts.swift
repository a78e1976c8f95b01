extension SpecCheck {
    mutating func look(at mount: Mount, _ at: String) {
        if mount.destination.isEmpty {
            problem(at + ".destination", "required, but empty")
        } else if !mount.destination.hasPrefix("/") {
            warning(at + ".destination", "'\(mount.destination)' is not an absolute path; taken from the root")
        }
        expectText(mount.destination, at + ".destination")
        expectText(mount.source ?? "", at + ".source")
        for (index, option) in (mount.options ?? []).enumerated() {
            expectText(option, "\(at).options[\(index)]")
        }
        if mount.isBind, mount.source?.isEmpty != false { problem(at + ".source", "a bind mount wants one") }
        if !mount.isBind, mount.type?.isEmpty != false, !Self.changesOnly(mount) {
            problem(at + ".type", "required where the options say neither bind nor rbind")
        }
        lookAtMappings(of: mount, at)
    }

    /// Mounts that change what is there, and bring no file system of their own.
    private static func changesOnly(_ mount: Mount) -> Bool {
        (mount.options ?? []).contains { $0 == "remount" || SpecWords.propagations.contains($0) }
    }

    private mutating func lookAtMappings(of mount: Mount, _ at: String) {
        let users = mount.uidMappings ?? []
        let groups = mount.gidMappings ?? []
        if users.isEmpty, !groups.isEmpty { problem(at + ".uidMappings", "required beside gidMappings, but missing") }
        if groups.isEmpty, !users.isEmpty { problem(at + ".gidMappings", "required beside uidMappings, but missing") }
        lookAtMappings(users, at + ".uidMappings")
        lookAtMappings(groups, at + ".gidMappings")
    }
}
