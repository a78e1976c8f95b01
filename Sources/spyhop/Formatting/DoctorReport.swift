import Doctor
import Engine

/// Shows findings.
enum DoctorReport {
    /// A table, the ways to mend things below it, and the sum in a sentence.
    static func table(_ findings: [Finding], canRun: Bool) -> String {
        // Paths and the kernel's words could hold anything.
        let rows = findings.map { "\($0.name)\t\($0.verdict.rawValue)\t\(GoText.harmless($0.detail))\t\($0.purpose)" }
        var text = TextTable.render(["CHECK\tSTATE\tSEEN\tFOR"] + rows)
        let remedies = findings.compactMap { finding in
            finding.remedy.map { "  \(finding.name): \(GoText.harmless($0))\n" }
        }
        if !remedies.isEmpty { text += "\nHow to get what is lacking:\n" + remedies.joined() }
        return text + "\n" + sum(findings, canRun: canRun) + "\n"
    }

    /// `json`: one document; a template: a line for each finding.
    static func render(_ findings: [Finding], canRun: Bool, format: String) throws -> String {
        let values = findings.map(value)
        guard format != "json" else {
            let document: JSONValue = ["CanRun": .bool(canRun), "Findings": .array(values)]
            return try Template("{{json .}}").render(document) + "\n"
        }
        let template = try Template(format)
        return try values.map { try template.render($0) + "\n" }.joined()
    }

    private static func value(_ finding: Finding) -> JSONValue {
        [
            "Name": .string(finding.name), "State": .string(finding.verdict.rawValue),
            "Seen": .string(finding.detail), "For": .string(finding.purpose),
            "Remedy": .string(finding.remedy ?? ""), "Basic": .bool(finding.isBasic),
        ]
    }

    private static func sum(_ findings: [Finding], canRun: Bool) -> String {
        let limited = findings.count { $0.verdict == .limited }
        let missing = findings.count { $0.verdict == .missing }
        guard canRun else { return "Containers cannot run here: \(missing) missing, \(limited) limited." }
        return limited + missing == 0
            ? "Containers run here, with everything." : "Containers run here: \(missing) missing, \(limited) limited."
    }
}
