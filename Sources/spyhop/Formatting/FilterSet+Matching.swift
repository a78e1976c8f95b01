import Engine

extension FilterSet {
    /// The filters of `ps`.
    static let containerKeys: Set<String> = [
        "id", "name", "label", "status", "ancestor", "exited", "network", "before", "since", "volume", "health",
        "publish", "expose", "is-task",
    ]

    /// The filters of `images`.
    static let imageKeys: Set<String> = ["dangling", "label", "reference", "before", "since"]

    /// The filters of `events`.
    static let eventKeys: Set<String> = ["type", "container", "image", "network", "volume", "event", "label"]

    /// Checks values that must be of a kind, so that a typing error does not read as "nothing found".
    func checkContainerValues() throws {
        let states: Set<String> = ["created", "running", "paused", "restarting", "removing", "exited", "dead"]
        for status in values["status"] ?? [] where !states.contains(status) {
            throw EngineError(
                .invalidArgument, "there is no container status \"\(status)\"",
                hint: "a status is \(states.sorted().joined(separator: ", "))")
        }
        for code in values["exited"] ?? [] where Int32(code) == nil {
            throw EngineError(.invalidArgument, "filter exited=\(code) wants an exit code")
        }
        try checkPortValues()
        let health: Set<String> = ["none", "starting", "healthy", "unhealthy"]
        for value in values["health"] ?? [] where !health.contains(value) {
            throw EngineError(
                .invalidArgument, "there is no health \"\(value)\"",
                hint: "health is \(health.sorted().joined(separator: ", "))")
        }
    }

    /// Whether a container passes; `all` is needed for `before` and `since`.
    func matches(_ container: Container, among all: [Container]) -> Bool {
        allows("id") { container.id.rawValue.hasPrefix($0) }
            && allows("name") { NamePattern($0).matches(container.name) }
            && allows("status") { container.state.name == $0 }
            && allows("network") { Self.isOn($0, container) }
            && allows("volume") { Self.mounts($0, in: container) }
            && allows("health") { $0 == container.health?.rawValue ?? "none" }
            && matchesPorts(container)
            // Nothing belongs to a service.
            && allows("is-task") { OptionWords.truth($0) == false }
            && allows("ancestor") { Self.isAncestor($0, of: container) }
            && allows("exited") { code in
                if case .exited(let exit) = container.state { String(exit.code) == code } else { false }
            }
            && allows("before") { name in
                Self.find(name, in: all).map { container.createdAt < $0.createdAt } ?? false
            }
            && allows("since") { name in
                Self.find(name, in: all).map { $0.createdAt < container.createdAt } ?? false
            }
            && allowsLabels(container.labels)
    }

    private static func mounts(_ path: String, in container: Container) -> Bool {
        container.mounts.contains { $0.target == path || MountInspection.name($0) == path }
    }

    private static func find(_ reference: String, in containers: [Container]) -> Container? {
        containers.first { $0.name == reference || (!reference.isEmpty && $0.id.rawValue.hasPrefix(reference)) }
    }

    private static func isAncestor(_ image: String, of container: Container) -> Bool {
        let digits = container.imageID.digest.dropFirst("sha256:".count)
        return container.image == image || container.image == "\(image):latest"
            || "\(container.image):latest" == image || container.imageID.digest == image
            || (image.count >= 4 && digits.hasPrefix(image))
    }

    /// Checks the values of an image's filters against the images that there are.
    func checkImageValues(_ all: [Image]) throws {
        for value in values["dangling"] ?? [] where OptionWords.truth(value) == nil {
            throw EngineError(.invalidArgument, "filter dangling=\(value) wants true or false")
        }
        for name in (values["before"] ?? []) + (values["since"] ?? []) where Self.find(name, in: all) == nil {
            throw EngineError(.notFound, "no such image: \(name)", hint: "spyhop images lists what there is")
        }
    }

    /// Whether a name of an image is what `wanted` means: the whole name, its repository, or a pattern of either.
    static func names(_ wanted: String, _ tag: String) -> Bool {
        let repository = ImageRow.split(tag).0
        return tag == wanted || repository == wanted || Glob.matches(wanted, tag) || Glob.matches(wanted, repository)
    }

    /// Whether an image passes; `all` is needed for `before` and `since`.
    func matches(_ image: Image, among all: [Image]) -> Bool {
        allows("dangling") { OptionWords.truth($0) == image.tags.isEmpty }
            && allows("reference") { wanted in image.tags.contains { Self.names(wanted, $0) } }
            && allows("before") { name in Self.isOrdered(image, Self.find(name, in: all)) }
            && allows("since") { name in Self.isOrdered(Self.find(name, in: all), image) }
            && allowsLabels(image.labels)
    }

    private static func find(_ reference: String, in images: [Image]) -> Image? {
        images.first {
            $0.tags.contains(reference) || $0.tags.contains("\(reference):latest") || $0.id.short == reference
                || $0.id.rawValue == reference
        }
    }

    private static func isOrdered(_ earlier: Image?, _ later: Image?) -> Bool {
        guard let earlier = earlier?.createdAt, let later = later?.createdAt else { return false }
        return earlier < later
    }

    /// Docker's actions that say more behind a colon are found without it.
    private func isAction(_ name: String, before action: String) -> Bool {
        ["health_status", "exec_create", "exec_start"].contains(name) && action.hasPrefix(name + ":")
    }

    /// Whether an event passes.
    func matches(_ event: Event) -> Bool {
        allows("type") { event.type.rawValue == $0 }
            && allows("event") { event.action == $0 || isAction($0, before: event.action) }
            && allows("container") { wanted in
                event.type == .container
                    && (event.attributes["name"] == wanted || (!wanted.isEmpty && event.actorID.hasPrefix(wanted)))
            }
            && allows("network") { wanted in
                event.type == .network
                    && (event.attributes["name"] == wanted || (!wanted.isEmpty && event.actorID.hasPrefix(wanted)))
            }
            && allows("volume") { $0 == event.actorID && event.type == .volume }
            && allows("image") { wanted in
                let names = [event.attributes["image"], event.type == .image ? event.attributes["name"] : nil]
                return names.contains(wanted) || names.contains("\(wanted):latest")
                    || (event.type == .image && event.actorID == wanted)
            }
            && allowsLabels(event.attributes)
    }
}
