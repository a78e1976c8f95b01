import Engine
import Foundation

/// Answers as dockerd 20.10 and podman 4.3 have given them.
enum Recording {
    static func document(_ name: String) throws -> JSONNode {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Recorded/\(name).json")
        return try JSONNode(Array(try Data(contentsOf: path)))
    }

    /// The document with a member somewhere within replaced.
    static func changed(_ node: JSONNode, _ path: [String], to value: JSONNode?) -> JSONNode {
        guard let first = path.first, case .object(var members) = node else { return value ?? .null }
        if path.count == 1, value == nil {
            members[first] = nil
        } else {
            members[first] = changed(members[first] ?? .object([:]), Array(path.dropFirst()), to: value)
        }
        return .object(members)
    }
}
