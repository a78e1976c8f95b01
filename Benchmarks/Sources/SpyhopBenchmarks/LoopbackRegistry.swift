import Foundation

/// Debian's docker-registry on a port of 127.0.0.1, ended when it goes.
final class LoopbackRegistry {
    let address: String
    private let directory: String
    private let server: pid_t

    /// `nil` where docker-registry is not installed or does not come up.
    init?(in parent: String, port: Int) {
        guard Program.exists("docker-registry") else { return nil }
        address = "127.0.0.1:\(port)"
        directory = "\(parent)/registry-\(port)"
        try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let configuration = """
            version: 0.1
            log: {level: info, accesslog: {disabled: true}}
            storage: {filesystem: {rootdirectory: \(directory)/data}}
            http: {addr: "\(address)", secret: whale}
            """
        try? configuration.write(toFile: directory + "/config.yml", atomically: true, encoding: .utf8)
        let log = directory + "/log"
        guard
            let pid = Program.spawn(["docker-registry", "serve", directory + "/config.yml"], output: log)
        else { return nil }
        server = pid
        for _ in 0..<200 {
            let told = FileManager.default.contents(atPath: log) ?? Data()
            if String(decoding: told, as: UTF8.self).contains("listening on") { return }
            usleep(20_000)
        }
        return nil
    }

    deinit {
        kill(server, SIGKILL)
        _ = Program.wait(server)
        try? FileManager.default.removeItem(atPath: directory)
    }
}
