import Engine
import LinuxSystem

/// What engines have written down of their containers, where it can be read.
struct EngineFiles {
    /// What is known of a container from its engine's files.
    struct Facts: Hashable {
        var name: String?
        var image: String?
        var imageID: String?
        var createdAt: Timestamp?
        var labels: [String: String] = [:]
        var logPath: String?
        var hostname: String?
    }

    var root = ""

    func facts(_ name: CgroupName, _ process: ProcessFacts) -> Facts {
        switch name.origin {
        case .docker: docker(name.id, process)
        case .podman: podman(name.id, process)
        case .kubernetes: kubernetes(name.id)
        case .containerd, .crio: podFree(name, process)
        default: Facts()
        }
    }

    /// A container of somebody's own cgroup parent may be docker's as well: its files tell.
    private func podFree(_ name: CgroupName, _ process: ProcessFacts) -> Facts {
        let facts = docker(name.id, process)
        return facts.name == nil ? kubernetes(name.id) : facts
    }

    private func document(_ path: String) -> JSONNode? {
        guard let bytes = try? Files.read(root + path, limit: 16 << 20) else { return nil }
        return try? JSONNode(bytes)
    }

    // MARK: - docker

    /// `containers/ID/config.v2.json` beneath the data directory, which the place of its layers tells.
    private func docker(_ id: String, _ process: ProcessFacts) -> Facts {
        for data in Self.dataDirectories(process.upperDirectory, "/overlay2/", "/var/lib/docker") {
            let directory = "\(data)/containers/\(id)"
            guard let node = document("\(directory)/config.v2.json") else { continue }
            let name = node["Name"]?.words.map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
            return Facts(
                name: name, image: node["Config"]?["Image"]?.words, imageID: node["Image"]?.words,
                createdAt: node["Created"]?.moment, labels: node["Config"]?["Labels"]?.texts ?? [:],
                logPath: node["LogPath"]?.words ?? "\(directory)/\(id)-json.log",
                hostname: node["Config"]?["Hostname"]?.words)
        }
        return Facts()
    }

    static func dataDirectories(_ upper: String?, _ mark: String, _ usual: String) -> [String] {
        guard let upper, let range = upper.firstRange(of: mark) else { return [usual] }
        let found = String(upper[..<range.lowerBound])
        return found == usual ? [usual] : [found, usual]
    }

    // MARK: - podman

    /// `overlay-containers/containers.json` beneath the storage, and the log in the container's own directory.
    private func podman(_ id: String, _ process: ProcessFacts) -> Facts {
        for storage in Self.dataDirectories(process.upperDirectory, "/overlay/", "/var/lib/containers/storage") {
            guard let list = document("\(storage)/overlay-containers/containers.json"),
                let entry = list.items.first(where: { $0["id"]?.string == id })
            else { continue }
            let metadata = (entry["metadata"]?.string).flatMap { try? JSONNode(Array($0.utf8)) }
            let log = "\(storage)/overlay-containers/\(id)/userdata/ctr.log"
            return Facts(
                name: entry["names"]?.strings.first, image: metadata?["image-name"]?.words,
                imageID: entry["image"]?.words, createdAt: entry["created"]?.moment,
                logPath: Files.exists(root + log) ? log : nil)
        }
        return Facts()
    }

    // MARK: - Kubernetes

    /// kubelet links the logs as `POD_NAMESPACE_CONTAINER-ID.log`.
    private func kubernetes(_ id: String) -> Facts {
        guard let entries = try? Files.list("\(root)/var/log/containers"),
            let entry = entries.first(where: { $0.name.hasSuffix("-\(id).log") })
        else { return Facts() }
        let parts = entry.name.dropLast(id.count + 5).split(separator: "_", maxSplits: 2)
        var facts = Facts(logPath: "/var/log/containers/\(entry.name)")
        if parts.count == 3 {
            facts.name = "\(parts[0])/\(parts[2])"
            facts.labels = [
                "io.kubernetes.pod.name": String(parts[0]), "io.kubernetes.pod.namespace": String(parts[1]),
                "io.kubernetes.container.name": String(parts[2]),
            ]
        }
        return facts
    }
}
