import Engine
import FoundationEssentials
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

/// A directory of one test, gone with the test.
final class Scratch {
    let path: String

    private static var prefix: String { "spyhop-images-\(getpid())-" }

    /// What a test has given up may end after it, and make a directory anew that was removed: the process clears them.
    private static let clearsAtExit: Void = {
        atexit {
            for entry in (try? Files.list("/tmp")) ?? [] where entry.name.hasPrefix(Scratch.prefix) {
                try? Files.removeTree("/tmp/\(entry.name)")
            }
        }
    }()

    init() throws {
        _ = Self.clearsAtExit
        path = "/tmp/\(Self.prefix)\(UInt64.random(in: 0 ... .max))"
        try Files.makeDirectories(path)
    }

    deinit { try? Files.removeTree(path) }

    var store: ImageStore { ImageStore(root: "\(path)/store") }

    /// Runs a program to its end; its standard output as text.
    @discardableResult
    func run(_ arguments: String...) throws -> String { try run(arguments) }

    /// Runs a program to its end; its standard output as text.
    @discardableResult
    func run(_ arguments: [String]) throws -> String {
        let output = "\(path)/.output"
        let file = try OwnedDescriptor.open(output, O_RDWR | O_CREAT | O_TRUNC)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, file.rawValue, 1)
        posix_spawn_file_actions_adddup2(&actions, file.rawValue, 2)
        let words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        let variables = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=\(path)"]
        let environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { for word in environment { free(word) } }
        var pid: pid_t = 0
        guard posix_spawnp(&pid, arguments[0], &actions, nil, words, environment) == 0 else {
            throw EngineError(.system, "cannot run \(arguments)")
        }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let text = try Files.readText(output)
        guard status == 0 else { throw EngineError(.system, "\(arguments.joined(separator: " ")) failed: \(text)") }
        return text
    }

    func write(_ text: String, to name: String) throws {
        let target = "\(path)/\(name)"
        try Files.makeDirectories(Files.directory(of: target))
        try Files.writeAtomically(Array(text.utf8), to: target)
    }

    func load(_ name: String, into store: ImageStore? = nil) throws -> [String] {
        let file = try OwnedDescriptor.open("\(path)/\(name)")
        return try (store ?? self.store).load(fromDescriptor: file.rawValue)
    }

    func save(_ references: [String], to name: String, from store: ImageStore? = nil) throws {
        let file = try OwnedDescriptor.open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC)
        try (store ?? self.store).save(references, toDescriptor: file.rawValue)
    }

    func sha256(_ name: String) throws -> String {
        String(try run("sha256sum", "\(path)/\(name)").prefix(64))
    }

    /// Makes a docker archive `name` of layers that are tar files beneath the scratch directory.
    func dockerArchive(
        _ name: String, layers: [String], diffIDs: [String]? = nil, tags: [String] = ["test:1"],
        config: String = #"{"Cmd":["/bin/true"],"Env":["A=b"]}"#
    ) throws {
        let digests = try diffIDs ?? layers.map { "sha256:" + (try sha256($0)) }
        let list = digests.map { "\"\($0)\"" }.joined(separator: ",")
        let platform = Platform.host
        try write(
            """
            {"architecture":"\(platform.architecture)","os":"linux","created":"2026-01-02T03:04:05Z",
            "config":\(config),"rootfs":{"type":"layers","diff_ids":[\(list)]}}
            """, to: "docker/config.json")
        var paths: [String] = []
        for (number, layer) in layers.enumerated() {
            try Files.makeDirectories("\(path)/docker/\(number)")
            try run("cp", "\(path)/\(layer)", "\(path)/docker/\(number)/layer.tar")
            paths.append("\"\(number)/layer.tar\"")
        }
        let names = tags.map { "\"\($0)\"" }.joined(separator: ",")
        try write(
            "[{\"Config\":\"config.json\",\"RepoTags\":[\(names)],\"Layers\":[\(paths.joined(separator: ","))]}]",
            to: "docker/manifest.json")
        try run("tar", "-C", "\(path)/docker", "-cf", "\(path)/\(name)", ".")
        try Files.removeTree("\(path)/docker")
    }

    /// Absolute path of an unpacked layer of an image, counted from the top.
    func layer(_ reference: String, _ number: Int = 0, in store: ImageStore? = nil) throws -> String {
        let image = try (store ?? self.store).resolve(reference)
        return "\(image.layersDirectory)/\(image.layers[number])"
    }

    /// All that is in the store but its locks and the empty frame.
    func remains(of store: ImageStore? = nil) throws -> [String] {
        let root = (store ?? self.store).root
        let text = try run(
            "find", root, "-mindepth", "1", "(", "-type", "f", "-o", "-path", "*/layers/*", ")", "-printf", "%P\\n")
        return text.split(separator: "\n").map(String.init).filter {
            !$0.hasSuffix(".lock") && $0 != "oci-layout" && $0 != "index.json"
        }
    }
}
