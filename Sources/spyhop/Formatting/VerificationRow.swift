import Engine

/// What checking an image has found as a line of `image verify`.
enum VerificationRow {
    static let defaultTable = "{{.Image}}\t{{.ID}}\t{{.Checked}}\t{{.Status}}"

    /// The headings by field.
    static let headings: JSONValue = [
        "Image": "IMAGE", "ID": "IMAGE ID", "Checked": "CHECKED", "Status": "STATUS", "Faults": "FAULTS",
    ]

    static func row(_ result: ImageVerification) -> ListRow {
        ListRow(value: [
            "Image": .string(GoText.harmless(result.name)),
            "ID": .string(result.id.short),
            "Checked": .integer(Int64(result.checked)),
            "Status": .string(status(result)),
            "Faults": .array(
                result.faults.map { fault in
                    [
                        "Description": .string(fault.description), "Digest": .string(fault.digest),
                        "Repaired": .bool(fault.isRepaired), "Failure": .string(fault.failure ?? ""),
                    ]
                }),
        ])
    }

    private static func status(_ result: ImageVerification) -> String {
        let left = result.faults.filter { !$0.isRepaired }.count
        if left > 0 { return "damaged (\(left))" }
        return result.faults.isEmpty ? "ok" : "repaired (\(result.faults.count))"
    }

    /// A sentence for each thing that is, or was, wrong.
    static func faultLines(_ result: ImageVerification) -> [String] {
        result.faults.map { fault in
            let outcome = fault.isRepaired ? "repaired" : fault.failure.map { "not repaired: \($0)" } ?? "damaged"
            return "\(result.name): \(fault.description) (\(fault.digest)): \(outcome)"
        }
    }
}
