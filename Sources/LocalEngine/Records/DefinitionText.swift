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
        return text.finished
    }

    /// What is rarely there is left to the encoder.
    private static func encoded(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    private static func list(_ items: [String]) -> String {
        var text = "["
        for (index, item) in items.enumerated() {
            if index > 0 { text += "," }
            text += JSONText.quoted(item)
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
