import Engine
import LinuxSystem

extension ConfigurationFile {
    /// Where the file is: `SPYHOP_CONFIG`, else in `$XDG_CONFIG_HOME/spyhop`, else in `~/.config/spyhop`.
    static func path(_ environment: ProcessEnvironment) -> String? {
        if let path = environment.value("SPYHOP_CONFIG") { return environment.absolute(path) }
        return directory(environment).map { $0 + "/config.yaml" }
    }

    /// The directory of configuration and themes.
    static func directory(_ environment: ProcessEnvironment) -> String? {
        if let home = environment.value("XDG_CONFIG_HOME") { return home + "/spyhop" }
        return environment.value("HOME").map { $0 + "/.config/spyhop" }
    }

    /// The file's content; nothing configured where there is no file.
    static func load(_ environment: ProcessEnvironment) -> ConfigurationFile {
        guard let path = path(environment), Files.exists(path) else { return ConfigurationFile() }
        do { return ConfigurationFile(yaml: try environment.readText(path), path: path) } catch {
            var file = ConfigurationFile()
            file.problems = ["\(error)"]
            file.registryProblems = file.problems
            return file
        }
    }
}
