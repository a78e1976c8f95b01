import Engine
import FoundationEssentials

/// A definition as JSON text, spelled as `Codable` spells it, for `JSONDecoder` reads it again.
///
/// Written by hand because every `run` writes one: for each type that is encoded for the first time the runtime searches
/// all conformances in the program, which together takes as long as half the container's mounts. Tests hold the text to
/// the types' members, one by one.
enum DefinitionText {
    static func write(_ definition: ContainerDefinition) throws -> String {
        var text = ObjectText()
        text.add("spec", try spec(definition.spec))
        text.add("environment", list(definition.environment))
        text.add("workingDirectory", JSONText.quoted(definition.workingDirectory))
        text.add("user", JSONText.quoted(definition.user))
        text.add("hostname", JSONText.quoted(definition.hostname))
        text.add("stopSignal", definition.stopSignal.description)
        text.add("stopTimeout", definition.stopTimeout.description)
        text.add("layers", list(definition.layers))
        text.add("healthCheck", try definition.healthCheck.map(encoded))
        return text.finished
    }

    private static func spec(_ spec: ContainerSpec) throws -> String {
        var text = ObjectText()
        text.add("image", JSONText.quoted(spec.image))
        text.add("name", spec.name.map(JSONText.quoted))
        text.add("command", list(spec.command))
        text.add("entrypoint", spec.entrypoint.map(list))
        text.add("environment", list(spec.environment))
        text.add("workingDirectory", spec.workingDirectory.map(JSONText.quoted))
        text.add("user", spec.user.map(JSONText.quoted))
        text.add("hostname", spec.hostname.map(JSONText.quoted))
        text.add("domainname", spec.domainname.map(JSONText.quoted))
        text.add("labels", table(spec.labels))
        text.add("tty", spec.tty.description)
        text.add("openStdin", spec.openStdin.description)
        text.add("autoRemove", spec.autoRemove.description)
        text.add("mounts", spec.mounts.isEmpty ? "[]" : try encoded(spec.mounts))
        text.add("readOnlyRoot", spec.readOnlyRoot.description)
        text.add("limits", spec.limits == ResourceLimits() ? "{}" : try encoded(spec.limits))
        text.add("restartPolicy", spec.restartPolicy == .no ? #"{"no":{}}"# : try encoded(spec.restartPolicy))
        text.add("stopSignal", spec.stopSignal?.description)
        text.add("stopTimeout", spec.stopTimeout?.description)
        text.add("capAdd", list(spec.capAdd))
        text.add("capDrop", list(spec.capDrop))
        text.add("privileged", spec.privileged.description)
        text.add("noNewPrivileges", spec.noNewPrivileges.description)
        text.add("seccomp", spec.seccomp == .standard ? #"{"standard":{}}"# : try encoded(spec.seccomp))
        text.add("useInit", spec.useInit.description)
        text.add("networkMode", JSONText.quoted(spec.networkMode.rawValue))
        let rotation = spec.logRotation
        text.add("logRotation", #"{"maximumSize":\#(rotation.maximumSize),"maximumFiles":\#(rotation.maximumFiles)}"#)
        text.add("healthCheck", try spec.healthCheck.map(encoded))
        text.add("groupAdd", spec.groupAdd.map(list))
        text.add("system", try spec.system.map(encoded))
        text.add("network", spec.network.map(network))
        text.add("volumesFrom", spec.volumesFrom.map { list($0) })
        return text.finished
    }

    private static func network(_ options: NetworkOptions) -> String {
        var text = ObjectText()
        text.add("attachments", list(options.attachments, attachment))
        text.add("ports", list(options.ports, mapping))
        text.add("publishesAll", options.publishesAll.description)
        text.add("exposed", list(options.exposed, port))
        text.add("dns", list(options.dns.map(\.description)))
        text.add("dnsSearch", list(options.dnsSearch))
        text.add("dnsOptions", list(options.dnsOptions))
        text.add("extraHosts", list(options.extraHosts))
        return text.finished
    }

    private static func attachment(_ attachment: NetworkAttachment) -> String {
        var text = ObjectText()
        text.add("network", JSONText.quoted(attachment.network))
        text.add("ipv4", attachment.ipv4.map { JSONText.quoted($0.description) })
        text.add("ipv6", attachment.ipv6.map { JSONText.quoted($0.description) })
        text.add("macAddress", attachment.macAddress.map { JSONText.quoted($0.description) })
        text.add("aliases", list(attachment.aliases))
        return text.finished
    }

    private static func mapping(_ mapping: PortMapping) -> String {
        var text = ObjectText()
        text.add("hostAddress", mapping.hostAddress.map { JSONText.quoted($0.description) })
        text.add("hostPorts", mapping.hostPorts.map { "[\($0.lowerBound),\($0.upperBound)]" })
        text.add("container", port(mapping.container))
        return text.finished
    }

    private static func port(_ port: ExposedPort) -> String {
        #"{"number":\#(port.number),"transport":"\#(port.transport.rawValue)"}"#
    }

    /// What is rarely there is left to the encoder.
    private static func encoded(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    private static func list(_ items: [String]) -> String { list(items, JSONText.quoted) }

    private static func list<Item>(_ items: [Item], _ spell: (Item) -> String) -> String {
        var text = "["
        for (index, item) in items.enumerated() {
            if index > 0 { text += "," }
            text += spell(item)
        }
        return text + "]"
    }

    private static func table(_ table: [String: String]) -> String {
        var text = ObjectText()
        for (key, value) in table { text.add(key, JSONText.quoted(value)) }
        return text.finished
    }

    /// An object's members, one after another; `nil` is left out.
    private struct ObjectText {
        private var text = "{"

        mutating func add(_ key: String, _ value: String?) {
            guard let value else { return }
            if text.utf8.count > 1 { text += "," }
            text += JSONText.quoted(key)
            text += ":"
            text += value
        }

        var finished: String { text + "}" }
    }
}
