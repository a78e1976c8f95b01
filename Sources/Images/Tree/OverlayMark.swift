import LinuxSystem

/// overlayfs's own extended attributes (kernel, filesystems/overlayfs): `trusted.overlay.` for root, `user.overlay.` in a
/// user namespace, whose root may not touch the trusted ones.
enum OverlayMark {
    /// On a directory, with the value `y`: nothing of the layers below is seen in it.
    static let opaque = UserNamespace.isInitial ? "trusted.overlay.opaque" : "user.overlay.opaque"

    /// Whether the attribute is overlayfs's bookkeeping and none of the file's own. Both kinds are: a layer that root
    /// unpacks may later be asked for by a user.
    static func isOne(_ attribute: String) -> Bool {
        attribute.hasPrefix("trusted.overlay.") || attribute.hasPrefix("user.overlay.")
    }
}
