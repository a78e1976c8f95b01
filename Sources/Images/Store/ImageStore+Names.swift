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
            index.setName(name, of: found.descriptors.first ?? found.image.descriptor)
        }
    }

    /// Removes a name, and the image with its last name, by docker's rules for `rmi`.
    ///
    /// By name: other names stay. By identifier: several names need `force`. An image that containers use is kept:
    /// without `force` that is a conflict; with it the names go and the image stays, dangling, until the containers
    /// are gone. `use` is asked while the index is locked.
    public func remove(
        _ reference: String, force: Bool, use: () throws(EngineError) -> ImageUse
    ) throws(EngineError) -> [ImageRemoval] {
        try prepare()
        let removals = try changeIndex { (index) throws(EngineError) in
            let removals = try remove(
                find(reference, in: index), named: reference, force: force, use: use(), from: &index)
            // Before the index tells nobody any more what is garbage: whoever is killed here has left a note.
            if removals.contains(where: \.isDeletion) { try? markCollectionDue() }
            return removals
        }
        if removals.contains(where: \.isDeletion) { try collectGarbage() }
        return removals
    }

    private func remove(
        _ found: Found, named text: String, force: Bool, use: ImageUse, from index: inout ImageIndex
    ) throws(EngineError) -> [ImageRemoval] {
        let id = found.image.id
        let names = found.descriptors.compactMap(\.reference)
        let untagged = untagging(found)
        if found.name != nil || found.repoDigest != nil, untagged.leavesSome {
            if let name = found.name { index.manifests.removeAll { $0.reference == name } }
            index.removeRepoDigests(untagged.repoDigests, of: Set(found.descriptors.map(\.digest)))
            return untagged.removals
        }
        let all = names.map(\.familiar) + found.repoDigests.map(familiar)
        let repositories = Set(all.compactMap { try? ImageReference($0).repository })
        if found.name == nil, found.repoDigest == nil, repositories.count > 1, !force {
            throw EngineError(
                .conflict,
                "cannot remove image \(id.short): it has several names: " + all.sorted().joined(separator: ", "),
                hint: "remove them one by one, or use --force")
        }
        let removals = all.map { ImageRemoval.untagged($0) }
        let isUsed = use.isUsed(id)
        if isUsed { try refuse(found, named: text, force: force && !removals.isEmpty, use: use) }
        index.manifests.removeAll { descriptor in found.descriptors.contains(descriptor) }
        guard isUsed else { return removals + [.deleted(id.rawValue)] }
        index.keep((found.descriptors.first ?? found.image.descriptor).withRepoDigests([]))
        return removals
    }

    /// What taking one name, or one repository digest, away does: the last name of a repository takes the digests
    /// with it.
    private func untagging(_ found: Found) -> (removals: [ImageRemoval], repoDigests: [String], leavesSome: Bool) {
        let left = found.descriptors.compactMap(\.reference).filter { $0 != found.name }
        var repoDigests = found.repoDigest.map { [$0] } ?? []
        if let name = found.name, !left.contains(where: { $0.repository == name.repository }) {
            repoDigests = found.repoDigests.filter { (try? ImageReference($0))?.repository == name.repository }
        }
        let removals = (found.name.map { [$0.familiar] } ?? []) + repoDigests.map(familiar)
        return (
            removals.map { .untagged($0) }, repoDigests, !left.isEmpty || repoDigests.count < found.repoDigests.count
        )
    }

    /// The short way to write a repository digest.
    func familiar(_ repoDigest: String) -> String { (try? ImageReference(repoDigest))?.familiar ?? repoDigest }

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

extension ImageRemoval {
    fileprivate var isDeletion: Bool { if case .deleted = self { true } else { false } }
}
