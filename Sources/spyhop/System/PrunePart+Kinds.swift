import Engine

extension PrunePart {
    /// Containers that do not run.
    static func containers(_ usage: DiskUsage, _ fits: (Container) -> Bool) -> PrunePart {
        let items = usage.containers.filter { !UsageRow.isActive($0.container) && fits($0.container) }.map { entry in
            let container = entry.container
            return Item(
                name: container.id.rawValue, label: "\(container.name) (\(container.image))", bytes: entry.written)
        }
        return PrunePart(title: "Deleted Containers", items: items) { engine, item in
            try await engine.remove(item.name, force: false)
            return [item.name]
        }
    }

    /// Networks that no container is on or wants, but for the containers that go themselves.
    static func networks(
        _ context: CommandContext, without containers: Set<String>, _ fits: (Network) -> Bool
    ) async throws -> PrunePart {
        let engine = try context.engine
        let staying = try await engine.containers().filter { !containers.contains($0.id.rawValue) }
        let wanted = Set(staying.flatMap(\.networks))
        let all = try await engine.networks()
        let isMerged = Set(all.map(\.engine)).count > 1
        let items = all.filter { network in
            !network.isPredefined && network.endpoints.isEmpty && !wanted.contains(network.name) && fits(network)
        }.map { Item(name: $0.reference, label: isMerged ? $0.reference : $0.name, bytes: nil) }
        return PrunePart(title: "Deleted Networks", items: items) { engine, item in
            try await engine.removeNetwork(item.name)
            return [item.label]
        }
    }

    /// Images without a name, or with `all` those without a container; with `leftovers` what unfinished pulls have
    /// brought too.
    static func images(
        _ usage: DiskUsage, without containers: Set<String> = [], all: Bool, leftovers: Bool, _ fits: (Image) -> Bool
    ) -> PrunePart {
        let used = Set(
            usage.containers.filter { !containers.contains($0.container.id.rawValue) }.map(\.container.imageID))
        let entries = usage.images.filter { entry in
            !used.contains(entry.image.id) && (all || entry.image.tags.isEmpty) && fits(entry.image)
        }
        let items = entries.map { entry in
            let name = entry.image.tags.first ?? entry.image.id.short
            return Item(name: entry.image.reference, label: name, bytes: entry.unique)
        }
        let names = Dictionary(
            entries.map { entry in
                let image = entry.image
                return (image.reference, (image.tags + image.repoDigests).map(image.reference(named:)))
            }
        ) { $1 }
        // What all of them share goes with the last of them.
        let total = entries.count == usage.images.count ? usage.layers : nil
        return PrunePart(
            title: "Deleted Images", items: items, total: total, sharesBytes: true,
            finish: { engine in leftovers ? try await engine.removeUnusedContent() : 0 },
            remove: { engine, item in
                var lines: [String] = []
                let references = names[item.name] ?? []
                for reference in references.isEmpty ? [item.name] : references {
                    do {
                        lines += try await engine.removeImage(reference, force: false).map(RemoveImageCommand.line)
                    } catch let error as EngineError where error.code == .notFound && !lines.isEmpty {
                        // The last name of a repository has taken its digests with it.
                    }
                }
                return lines
            })
    }

    /// Volumes that no container mounts, but for the containers that go themselves.
    static func volumes(
        _ all: [Volume], without names: Set<String> = [], named: Bool, _ fits: (Volume) -> Bool
    ) -> PrunePart {
        let isMerged = Set(all.map(\.engine)).count > 1
        let items = all.filter { volume in
            volume.users.allSatisfy(names.contains) && (named || volume.isAnonymous) && fits(volume)
        }.map { Item(name: $0.reference, label: isMerged ? $0.reference : $0.name, bytes: $0.size ?? 0) }
        return PrunePart(title: "Deleted Volumes", items: items) { engine, item in
            try await engine.removeVolume(item.name, force: false)
            return [item.label]
        }
    }

    /// As `volume prune` has it.
    static func volumes(_ context: CommandContext, named: Bool, _ filters: FilterSet) async throws -> PrunePart {
        volumes(try await context.engine.volumes(sizes: true), named: named) { volume in
            filters.allowsLabels(volume.labels) && !filters.forbidsLabels(volume.labels)
        }
    }
}
