import Engine
import OCI

/// The configurations of two images held against each other, key by key as they spell them.
enum SettingComparison {
    /// The settings that are not the same, by name.
    static func differences(
        _ first: ImageConfiguration, _ second: ImageConfiguration
    ) -> [ImageDifference.SettingDifference] {
        let (old, new) = (settings(first), settings(second))
        return Set(old.keys).union(new.keys).sorted().compactMap { name in
            old[name] == new[name] ? nil : .init(name: name, old: old[name], new: new[name])
        }
    }

    /// What an image says, by `Cmd`, `Env PATH`, `Label version`; what it leaves out is not there.
    static func settings(_ configuration: ImageConfiguration) -> [String: String] {
        var settings: [String: String] = [:]
        settings["Architecture"] = said(configuration.architecture)
        settings["Os"] = said(configuration.os)
        settings["Variant"] = said(configuration.variant)
        guard let defaults = configuration.config else { return settings }
        for variable in defaults.environment ?? [] {
            let parts = variable.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            settings["Env \(parts[0])"] = parts.count > 1 ? String(parts[1]) : ""
        }
        for (key, value) in defaults.labels ?? [:] { settings["Label \(key)"] = value }
        for port in (defaults.exposedPorts ?? [:]).keys { settings["ExposedPort \(port)"] = "" }
        for path in (defaults.volumes ?? [:]).keys { settings["Volume \(path)"] = "" }
        settings["Cmd"] = words(defaults.command)
        settings["Entrypoint"] = words(defaults.entrypoint)
        settings["User"] = said(defaults.user)
        settings["WorkingDir"] = said(defaults.workingDirectory)
        settings["StopSignal"] = said(defaults.stopSignal)
        settings["Healthcheck"] = defaults.healthcheck.flatMap(health)
        return settings
    }

    private static func said(_ text: String?) -> String? { text?.isEmpty == false ? text : nil }

    /// As JSON, which tells `["a b"]` from `["a", "b"]`.
    private static func words(_ words: [String]?) -> String? {
        guard let words, !words.isEmpty else { return nil }
        return "[" + words.map(JSONText.quoted).joined(separator: ",") + "]"
    }

    private static func health(_ check: HealthConfiguration) -> String? {
        var parts = [words(check.test)].compactMap { $0 }
        let spans = [
            ("interval", check.interval), ("timeout", check.timeout), ("start-period", check.startPeriod),
            ("start-interval", check.startInterval),
        ]
        for case (let name, let value?) in spans where value != 0 {
            parts.append("\(name)=\(GoDuration.text(value))")
        }
        if let retries = check.retries, retries != 0 { parts.append("retries=\(retries)") }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
