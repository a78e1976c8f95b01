import Foundation
import Harness

extension Workplace {
    /// docker's file in the test's home.
    var dockerConfiguration: String { directory + "/.docker/config.json" }

    func writeDockerConfiguration(_ json: String) throws {
        try FileManager.default.createDirectory(
            atPath: directory + "/.docker", withIntermediateDirectories: true)
        try json.write(toFile: dockerConfiguration, atomically: true, encoding: .utf8)
    }

    /// As after a login with `USER:PASSWORD`.
    func writeDockerConfiguration(login: String, at registry: String) throws {
        let auth = Data(login.utf8).base64EncodedString()
        try writeDockerConfiguration(#"{"auths":{"\#(registry)":{"auth":"\#(auth)"}}}"#)
    }

    /// An executable shell script. cp(1) writes it, so that no other test's child has it open for writing when it is run.
    func writeScript(_ path: String, _ text: String) throws {
        try "#!/bin/sh\n\(text)\n".write(toFile: path + ".text", atomically: true, encoding: .utf8)
        let copied = try Command.run(["/bin/cp", path + ".text", path], scratch: directory)
        guard copied.code == 0, chmod(path, 0o755) == 0 else { throw HarnessError("no script: \(copied.errors)") }
    }

    /// Names an authority for a registry, where docker and skopeo look as well.
    func trust(_ authority: String, for registry: String) throws {
        let folder = directory + "/config/spyhop/certs.d/\(registry)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: authority, toPath: folder + "/ca.crt")
    }

    /// A file's permission bits.
    func mode(of path: String) throws -> mode_t {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw HarnessError("no \(path)") }
        return facts.st_mode & 0o7777
    }
}
