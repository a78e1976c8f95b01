@testable import Build
import Dockerfile
import Engine
import Glibc
import Harness
import Images
import LinuxSystem
import OCI

/// A context, a store and what copies make of them; gone with the test.
final class CopyBench {
    let path: String
    let store: ImageStore
    let change: StoreChange
    var memory: FileMemory?

    init() throws {
        path = try TemporaryDirectory.make("spyhop-copy")
        store = ImageStore(root: "\(path)/store")
        change = try store.beginChange()
        try Files.makeDirectories("\(path)/context")
    }

    deinit {
        change.finish()
        try? Files.removeTree(path)
    }

    /// Runs a shell script; throws what it says when it fails.
    @discardableResult
    func shell(_ script: String, in directory: String? = nil) throws -> String {
        let output = "\(path)/.output"
        let file = try OwnedDescriptor.open(output, O_RDWR | O_CREAT | O_TRUNC)
        let text = "cd \(directory ?? "\(path)/context")\n\(script)"
        let pid = try Spawn(
            path: "/bin/sh", arguments: ["sh", "-ec", text],
            environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "HOME=\(path)"],
            descriptors: [1: file.rawValue, 2: file.rawValue]
        ).start()
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let said = try Files.readText(output)
        guard status == 0 else { throw HarnessError("\(script): \(said)") }
        return said
    }

    /// Makes a layer of what a script does in an empty directory.
    func layer(_ script: String, on below: [BuiltLayer] = []) throws -> BuiltLayer {
        let draft = try change.makeDraft()
        do {
            let root = try draft.open(on: below)
            try shell(script, in: "/proc/\(getpid())/fd/\(root.rawValue)/")
        }
        return try change.commit(draft, epoch: nil)
    }

    func context(ignoring rules: String? = nil) throws -> FileOrigin {
        .directory(
            path: "\(path)/context", ignore: try rules.map { try IgnoreRules(Array($0.utf8)) }, memory: memory)
    }

    func job(
        _ patterns: String..., to destination: String, add: Bool = false, from origin: FileOrigin? = nil,
        owner: FileOwner? = nil, mode: String? = nil
    ) throws -> CopyJob {
        let origin = try origin ?? context()
        return CopyJob(
            store: store, sources: patterns.map { .files(origin, pattern: $0, unpack: add) }, destination: destination,
            owner: owner, mode: mode)
    }

    /// Carries out a job; the layer that it makes.
    func made(_ job: CopyJob, on layers: [BuiltLayer] = []) throws -> BuiltLayer {
        let draft = try change.makeDraft()
        try job.perform(on: layers, in: draft)
        return try change.commit(draft, epoch: nil)
    }

    /// What is in a layer: `MODE UID:GID PATH`, with a link's target or a file's content.
    func listing(_ layer: BuiltLayer) throws -> [String] {
        try shell(
            """
            find . -mindepth 1 | LC_ALL=C sort | while IFS= read -r f; do
              printf '%s %s' "$(stat -c '%a %u:%g' "$f")" "${f#./}"
              if [ -L "$f" ]; then printf ' -> %s' "$(readlink "$f")"
              elif [ -f "$f" ]; then printf ' %s' "$(tr '\\n' ' ' < "$f")"; fi
              echo
            done
            """, in: "\(store.layersDirectory)/\(layer.directory)"
        ).split(separator: "\n").map { $0.trimmingSuffix(" ") }
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        var text = self
        while text.last == character { text.removeLast() }
        return String(text)
    }
}
