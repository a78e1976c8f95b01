/// What a token allows (distribution's token specification, "Resource scope").
enum TokenScope {
    /// Reading a repository.
    static func pull(_ repository: String) -> String { "repository:\(repository):pull" }
    /// Reading and writing it.
    static func push(_ repository: String) -> String { "repository:\(repository):pull,push" }
    /// The list of all repositories.
    static let catalog = "registry:catalog:*"

    /// What is wanted and what a challenge asks for beyond it, each once. A scope that covers another one replaces it.
    static func union(_ wanted: [String], _ asked: String?) -> [String] {
        var all: [String] = []
        for scope in wanted + (asked ?? "").split(separator: " ").map(String.init) {
            guard scope.utf8.count <= 1024, all.count < 16 else { continue }
            if all.contains(where: { covers($0, scope) }) { continue }
            all.removeAll { covers(scope, $0) }
            all.append(scope)
        }
        return all
    }

    private static func covers(_ scope: String, _ other: String) -> Bool {
        guard let (resource, actions) = split(scope), let (otherResource, otherActions) = split(other) else {
            return scope == other
        }
        return resource == otherResource && otherActions.isSubset(of: actions)
    }

    private static func split(_ scope: String) -> (Substring, Set<Substring>)? {
        guard let colon = scope.lastIndex(of: ":") else { return nil }
        return (scope[..<colon], Set(scope[scope.index(after: colon)...].split(separator: ",")))
    }
}
