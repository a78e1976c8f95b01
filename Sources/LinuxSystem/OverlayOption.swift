/// Options of the overlay file system, and of fuse-overlayfs(1), which reads them alike.
public enum OverlayOption {
    /// Layers, top first, without those that lie once more further up: the kernel refuses one directory twice, and of two that
    /// are alike the upper one decides everything.
    public static func distinct(_ layers: [String]) -> [String] {
        var seen: Set<String> = []
        return layers.filter { seen.insert($0).inserted }
    }

    /// A path within an option: layers are separated by colons, and options by commas.
    public static func escaped(_ path: String) -> String {
        guard path.contains(where: { $0 == ":" || $0 == "," || $0 == "\\" }) else { return path }
        return String(path.flatMap { $0 == ":" || $0 == "," || $0 == "\\" ? ["\\", $0] : [$0] })
    }
}
