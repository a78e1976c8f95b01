import Engine
import LinuxSystem

extension ContainerRuntime {
    /// Gives the monitors of a running container other attributes for the events to come, as a new name needs it.
    /// - Throws: `.system` when `directory`, the container's state directory, cannot be written to.
    public static func setEventAttributes(_ attributes: [String: String], directory: String) throws(EngineError) {
        let path = directory + "/event-fields"
        do throws(SystemError) {
            try Files.writeAtomically(Array(EventFields.json(attributes).utf8), to: path, mode: 0o640)
        } catch {
            throw EngineError(.system, "cannot tell the container's monitor of a change", cause: error)
        }
    }
}
