import Dashboard
import Foundation
import Terminal
import Testing

@testable import SpyhopCommands

/// What docs/ tells of the configuration is what is read.
struct ConfigurationDocumentTests {
    private static let docs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs")

    private static func schema() throws -> [String: Any] {
        let data = try Data(contentsOf: docs.appending(path: "config.schema.json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private static func object(_ value: Any?, _ path: String...) throws -> [String: Any] {
        var value = value
        for key in path { value = try #require((value as? [String: Any])?[key], "\(key)") }
        return try #require(value as? [String: Any])
    }

    private static func words(_ value: Any?) throws -> Set<String> {
        Set(try #require(value as? [Any]).map { "\($0)" })
    }

    @Test func theSchemaKnowsTheKeysThatAreRead() throws {
        let properties = try Self.object(try Self.schema(), "properties")
        #expect(Set(properties.keys) == Set(ConfigurationFile.names))
        let command = try Self.object(properties, "commands", "items", "properties")
        #expect(Set(command.keys) == Set(ConfigurationReader.commandKeys))
        let input = try Self.object(command, "inputs", "items", "properties")
        #expect(Set(input.keys) == Set(ConfigurationReader.inputKeys))
    }

    @Test func theSchemaKnowsTheWordsThatAreRead() throws {
        let properties = try Self.object(try Self.schema(), "properties")
        func words(_ path: String...) throws -> Set<String> {
            var value: Any? = properties
            for key in path { value = (value as? [String: Any])?[key] }
            return try Self.words((value as? [String: Any])?["enum"])
        }
        #expect(try words("glyphs") == Set(GlyphChoice.allCases.map(\.rawValue)))
        #expect(try words("colors") == Set(ColorChoice.allCases.map(\.rawValue)))
        #expect(try words("timeFormat") == Set(TimeFormat.allCases.map(\.rawValue)))
        #expect(try words("confirm") == Set(ConfirmationChoice.allCases.map(\.rawValue)))
        #expect(try words("keys", "properties", "preset") == Set(KeyPreset.allCases.map(\.rawValue)))
        #expect(
            try words("commands", "items", "properties", "scope") == Set(CustomCommand.Scope.allCases.map(\.rawValue)))
        #expect(
            try words("commands", "items", "properties", "output") == Set(CustomCommand.Output.allCases.map(\.rawValue))
        )
        #expect(try words("highlights", "items", "properties", "style") == Set(Role.allCases.map(\.rawValue)))
    }

    @Test func theExampleIsRightAndShowsEveryKey() throws {
        let text = try String(contentsOf: Self.docs.appending(path: "configuration.md"), encoding: .utf8)
        let parts = text.components(separatedBy: "```")
        let example = try #require(parts.first { $0.hasPrefix("yaml\n") }).dropFirst("yaml\n".count)
        let file = ConfigurationFile(yaml: String(example), path: "example")
        #expect(file.problems.isEmpty, "\(file.problems)")
        let (_, problems) = KeyMap.make(
            preset: file.preset ?? .spyhop, changes: file.keys, commands: file.commands)
        #expect(problems.isEmpty, "\(problems.map(\.description))")
        for name in ConfigurationFile.names {
            #expect(example.contains("\n\(name):"), "the example lacks \(name)")
            #expect(text.contains("`\(name)`"), "the page does not tell of \(name)")
        }
    }
}
