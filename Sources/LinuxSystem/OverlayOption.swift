/// Options of the overlay file system, and of fuse-overlayfs(1), which reads them alike.
public enum OverlayOption {
    /// A path within an option: layers are separated by colons, and options by commas.
    public static func escaped(_ path: String) -> String {
        guard path.contains(where: { $0 == ":" || $0 == "," || $0 == "\\" }) else { return path }
        return String(path.flatMap { $0 == ":" || $0 == "," || $0 == "\\" ? ["\\", $0] : [$0] })
    }
}
