import Harness
import LinuxSystem

extension TarBuilder {
    /// Writes the archive into a file.
    func write(to path: String) throws { try Files.writeAtomically(bytes, to: path) }
}
