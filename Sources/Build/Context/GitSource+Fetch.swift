import Engine
import LinuxSystem

/// What the program git does for a build.
extension GitSource {
    /// The commit that the reference stands for, 40 hexadecimal digits (64 in a repository with SHA-256).
    func commit() async throws -> String {
        if let reference, Self.isCommit(reference) { return reference }
        let wanted = reference ?? "HEAD"
        let listed = try await git(["ls-remote", "--", repository, wanted, wanted + "^{}"], "ask for")
        var found: [String: String] = [:]
        for line in String(decoding: listed, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: "\t", maxSplits: 1).map(String.init)
            if words.count == 2 { found[words[1]] = words[0] }
        }
        // An annotated tag is an object of its own; behind `^{}` stands the commit.
        for name in ["\(wanted)^{}", "refs/tags/\(wanted)^{}", "refs/heads/\(wanted)", "refs/tags/\(wanted)", wanted] {
            if let commit = found[name], Self.isCommit(commit) { return commit }
        }
        throw EngineError(.notFound, "the repository \(printable(repository)) does not have \(printable(wanted))")
    }

    /// Checks `commit` out into the new directory `path`.
    func checkOut(_ commit: String, into path: String, keepsGitDirectory: Bool) async throws {
        guard Self.isCommit(commit) else {
            throw EngineError(.invalidArgument, "\(printable(commit)) is not a commit")
        }
        _ = try await git(["init", "-q", "--", path], "check out")
        do {
            _ = try await git(["-C", path, "fetch", "-q", "--depth=1", "--no-tags", "--", repository, commit], "fetch")
        } catch let error as EngineError where error.code == .unreachable {
            // Not every server gives a commit that no name leads to.
            let all = ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"]
            _ = try await git(["-C", path, "fetch", "-q", "--", repository] + all, "fetch")
        }
        _ = try await git(["-C", path, "-c", "advice.detachedHead=false", "checkout", "-q", commit], "check out")
        if Files.exists("\(path)/.gitmodules") {
            _ = try await git(["-C", path, "remote", "add", "origin", repository], "check out")
            _ = try await git(
                ["-C", path, "submodule", "update", "-q", "--init", "--recursive", "--depth=1"],
                "check out submodules of")
        }
        if !keepsGitDirectory {
            do throws(SystemError) { try Files.removeTree("\(path)/.git") } catch {
                throw EngineError(.system, "cannot clear the checkout of \(printable(repository))", cause: error)
            }
        }
    }

    private static func isCommit(_ text: String) -> Bool {
        [40, 64].contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// Seconds for one command.
    private static let deadline = Duration.seconds(600)

    private func git(_ arguments: [String], _ tried: String) async throws -> [UInt8] {
        guard !repository.hasPrefix("-"), reference?.hasPrefix("-") != true else {
            throw EngineError(.invalidArgument, "\(printable(repository)) is not a repository")
        }
        guard let program = InstalledProgram.find("git") else {
            throw EngineError(
                .unsupported, "cannot \(tried) the repository \(printable(repository)): the program git is not here",
                hint: "install git")
        }
        let isLocal = repository.hasPrefix("/") || repository.hasPrefix("file://")
        var environment = [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "HOME=/nonexistent",
            "GIT_TERMINAL_PROMPT=0", "GIT_CONFIG_NOSYSTEM=1",
            // A repository may name others as its submodules: none of them may be a path of this host.
            "GIT_ALLOW_PROTOCOL=" + (isLocal ? "file" : "http:https:git:ssh"),
            "GIT_SSH_COMMAND=ssh -o BatchMode=yes",
        ]
        if let agent { environment.append("SSH_AUTH_SOCK=\(agent)") }
        let outcome = try await ProgramRun(
            path: program, arguments: ["git", "-c", "safe.directory=*"] + arguments, environment: environment,
            limit: 16 << 20, deadline: Self.deadline
        ).finish()
        guard outcome.code == 0 else {
            let words = String(decoding: outcome.errors, as: UTF8.self).split(separator: "\n").last ?? "it says nothing"
            throw EngineError(
                .unreachable, "cannot \(tried) the repository \(printable(repository)): \(printable(words))")
        }
        return outcome.output
    }
}
