import Engine
import OCI

extension ImageStore {
    /// Gives the image that `reference` names a further name.
    public func tag(_ reference: String, as newReference: String) throws(EngineError) {
        let name = try ImageReference(newReference)
        guard name.digest == nil else {
            throw EngineError(
                .invalidArgument, "invalid image name \"\(newReference)\": a name to give cannot hold a digest")
        }
        try prepare()
        try changeIndex { (index) throws(EngineError) in
            let found = try find(reference, in: index)
            setName(name, of: found.descriptors.first ?? found.image.descriptor, in: &index)
        }
    }

    /// Removes a name, and the image with its last name, by docker's rules for `rmi`.
    ///
    /// By name: other names stay. By identifier: several names need `force`. An image that containers use is kept: without
    /// `force` that is a conflict; with it the names go and the image stays, dangling, until the containers are gone.
    /// `use` is asked while the index is locked.
    public func remove(
        _ reference: String, force: Bool, use: () throws(EngineError) -> ImageUse
    ) throws(EngineError) -> [ImageRemoval] {
        try prepare()
        let removals = try changeIndex { (index) throws(EngineError) in
            try remove(try find(reference, in: index), named: reference, force: force, use: use(), from: &index)
        }
        if removals.contains(where: { if case .deleted = $0 { true } else { false } }) { try collectGarbage() }
        return removals
    }

    private func remove(
        _ found: Found, named text: String, force: Bool, use: ImageUse, from index: inout ImageIndex
    ) throws(EngineError) -> [ImageRemoval] {
        let id = found.image.id
        let names = found.descriptors.compactMap(\.reference)
        if let name = found.name, names.count > 1 {
            index.manifests.removeAll { $0.reference == name }
            return [.untagged(name.familiar)]
        }
        if found.name == nil, Set(names.map(\.repository)).count > 1, !force {
            throw EngineError(
                .conflict,
                "cannot remove image \(id.short): it has several names: "
                    + names.map(\.familiar).sorted().joined(separator: ", "),
                hint: "remove them one by one, or use --force")
        }
        if use.isUsed(id) {
            try refuse(found, named: text, force: force && !names.isEmpty, use: use)
            index.manifests.removeAll { descriptor in found.descriptors.contains(descriptor) }
            keep(found.descriptors.first ?? found.image.descriptor, in: &index)
            return names.map { .untagged($0.familiar) }
        }
        index.manifests.removeAll { descriptor in found.descriptors.contains(descriptor) }
        return names.map { .untagged($0.familiar) } + [.deleted(id.rawValue)]
    }

    private func refuse(_ found: Found, named text: String, force: Bool, use: ImageUse) throws(EngineError) {
        let id = found.image.id
        if let running = use.running[id], let container = running.first {
            guard found.name != nil, force else {
                throw EngineError(
                    .conflict, "cannot remove image \(printable(text)): container \(container) runs from it",
                    hint: "stop and remove the container first")
            }
        } else if let container = use.stopped[id]?.first, !force {
            throw EngineError(
                .conflict, "cannot remove image \(printable(text)): container \(container) was made from it",
                hint: "remove the container first, or use --force to take the name away")
        }
    }
}
