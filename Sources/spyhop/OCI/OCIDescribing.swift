import Engine
import LinuxSystem
import OCI
import Runtime

/// `features` and `spec`: what the runtime can do, and a configuration to begin with.
enum OCIDescribing {
    static let verbs = [
        OCIVerb("features", "", help: "print what the runtime can do as JSON", words: 0...0) {
            _, _ throws(EngineError) in
            try OCIOutput.write(BundleFeatures.features(version: Version.number), indented: true)
        },
        OCIVerb(
            "spec", "", help: "write a config.json to begin with",
            options: [
                OCIOption("bundle", "b", value: "dir", help: "where; the working directory unless named"),
                OCIOption("rootless", help: "for an ordinary user"),
            ], words: 0...0
        ) { context, arguments throws(EngineError) in
            let path = context.environment.absolute(arguments["bundle"] ?? ".") + "/config.json"
            guard !Files.exists(path) else {
                throw EngineError(.conflict, "there is a configuration already: \(path)")
            }
            let spec = BundleDefaults.spec(rootless: arguments.has("rootless"))
            let bytes = try SpecDocument.write(spec, indented: true) + [UInt8(ascii: "\n")]
            do throws(SystemError) { try Files.writeAtomically(bytes, to: path) } catch {
                throw EngineError(.system, "cannot write the configuration", cause: error)
            }
            return 0
        },
    ]
}
