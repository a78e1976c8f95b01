import Engine

/// What the person asked for: `--cap-add`, `--cap-drop`, `--privileged`.
struct CapabilityRequest {
    var add: [String]
    var drop: [String]
    var privileged: Bool

    /// The capabilities that come of it, in the kernel's order, by docker's rules (moby, oci/caps/utils.go,
    /// TweakCapabilities): privileged gets all; dropping ALL leaves only what is added; adding ALL leaves all but what is
    /// dropped; otherwise the default set loses the dropped ones and then gains the added ones.
    /// - Parameter available: bits that this host can hand on; what it lacks is left out of ALL, and refused by name.
    func resolved(available: UInt64) throws(EngineError) -> [Capability] {
        let all = Set(Capability.allCases.filter { available & $0.bit != 0 })
        if privileged { return ordered(all) }
        let added = try parse(add, option: "--cap-add")
        let dropped = try parse(drop, option: "--cap-drop")
        let result: Set<Capability>
        switch (added, dropped) {
        case (.all, .all): result = all
        case (.all, .some(let dropped)): result = all.subtracting(dropped)
        case (.some(let added), .all): result = added
        case (.some(let added), .some(let dropped)):
            result = Set(Capability.standard).intersection(all).subtracting(dropped).union(added)
        }
        if let missing = ordered(result.subtracting(all)).first {
            throw EngineError(
                .unsupported, "cannot add capability \(missing.name): this process does not have it itself",
                hint: "leave it out of --cap-add")
        }
        return ordered(result)
    }

    private enum Names {
        case all
        case some(Set<Capability>)
    }

    private func parse(_ names: [String], option: String) throws(EngineError) -> Names {
        var found: Set<Capability> = []
        for name in names {
            if name.uppercased() == "ALL" { return .all }
            guard let capability = Capability(named: name) else {
                throw EngineError(
                    .invalidArgument, "unknown capability '\(name)'",
                    hint: "\(option) takes names as in capabilities(7), such as NET_ADMIN, or ALL")
            }
            found.insert(capability)
        }
        return .some(found)
    }

    private func ordered(_ set: Set<Capability>) -> [Capability] { set.sorted { $0.rawValue < $1.rawValue } }
}
