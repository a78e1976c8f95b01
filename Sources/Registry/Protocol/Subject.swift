import OCI

/// What a request is about, for sentences.
struct Subject: Sendable {
    /// As people know it: `docker.io`.
    let registry: String
    /// `pull`, `push`, `search`, `login`.
    let verb: String
    /// The repository the short way; empty when it is about a whole registry.
    let repository: String
    /// What is not there when it is not found: `manifest for busybox:1.0`.
    let thing: String

    /// Whether something is written.
    var isPush: Bool { verb == "push" }

    static func manifest(_ reference: ImageReference, verb: String = "pull") -> Subject {
        Subject(
            registry: reference.domain, verb: verb, repository: reference.repository,
            thing: "manifest for \(reference.familiar)")
    }

    static func blob(_ digest: String, of repository: ImageReference, verb: String = "pull") -> Subject {
        Subject(
            registry: repository.domain, verb: verb, repository: repository.repository,
            thing: "blob \(shown(digest, limit: 100)) of \(repository.repository)")
    }

    static func repository(_ repository: ImageReference) -> Subject {
        Subject(
            registry: repository.domain, verb: "pull", repository: repository.repository,
            thing: "repository \(repository.repository)")
    }

    static func registry(_ registry: String, verb: String) -> Subject {
        Subject(registry: registry, verb: verb, repository: "", thing: "\(verb) of \(registry)")
    }

    /// What is tried with a server: `pull busybox from docker.io`, `pull lab.example/app`.
    func tried(_ server: String) -> String {
        if repository.isEmpty { return verb == "login" ? "log in to \(server)" : "\(verb) \(server)" }
        // Names of other registries than Docker Hub begin with theirs.
        if repository.hasPrefix("\(server)/") { return "\(verb) \(repository)" }
        return "\(verb) \(repository) \(isPush ? "to" : "from") \(server)"
    }

    /// The command that would help.
    var login: String { registry == "docker.io" ? "spyhop login" : "spyhop login \(registry)" }
}
