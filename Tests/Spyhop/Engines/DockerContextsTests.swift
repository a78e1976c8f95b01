import Engine
import Foundation
import LinuxSystem
import Testing

@testable import SpyhopCommands

struct DockerContextsTests {
    private func withDirectory(_ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "/spyhop-contexts-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test func aContextIsKeptWhereDockerLooksForIt() throws {
        try withDirectory { path in
            let contexts = DockerContexts(directory: path)
            try "pem".write(toFile: path + "/my-ca", atomically: true, encoding: .utf8)
            try contexts.create(
                "far", host: "tcp://h:2376", description: "far away", skipsVerification: true,
                certificates: ["ca.pem": path + "/my-ca"])
            let found = try contexts.context("far")
            #expect(found.host == "tcp://h:2376" && found.description == "far away" && found.skipsVerification)
            #expect(Files.exists((found.tlsDirectory ?? "") + "/ca.pem"))
            #expect(throws: EngineError.self) {
                try contexts.create("far", host: "x", description: "", skipsVerification: false, certificates: [:])
            }
            try contexts.remove(found)
            #expect(contexts.all().contexts.isEmpty)
        }
    }

    @Test func aDamagedOneIsToldByItsFileAndHidesNoOther() throws {
        try withDirectory { path in
            let contexts = DockerContexts(directory: path)
            try contexts.create("good", host: "unix:///x", description: "", skipsVerification: false, certificates: [:])
            try FileManager.default.createDirectory(
                atPath: path + "/contexts/meta/bad", withIntermediateDirectories: true)
            try "{".write(toFile: path + "/contexts/meta/bad/meta.json", atomically: true, encoding: .utf8)
            let (known, damages) = contexts.all()
            #expect(known.map(\.name) == ["good"])
            #expect(damages.map(\.path) == [path + "/contexts/meta/bad/meta.json"])
            let error = try #require(throws: EngineError.self) { try contexts.context("none") }
            #expect(error.code == .notFound && error.hint?.contains("good") == true)
        }
    }

    @Test func dockersChoiceIsReadFromItsConfiguration() throws {
        try withDirectory { path in
            let contexts = DockerContexts(directory: path)
            #expect(contexts.current == nil)
            try #"{"currentContext":"far","auths":{}}"#.write(
                toFile: path + "/config.json", atomically: true, encoding: .utf8)
            #expect(contexts.current == "far")
        }
    }
}
