import LinuxSystem

/// Another container and its network namespace.
final class JoinedNetwork: Sendable {
    let owner: ContainerRecord
    let namespace: OwnedDescriptor

    init(owner: ContainerRecord, namespace: consuming OwnedDescriptor) {
        self.owner = owner
        self.namespace = namespace
    }
}
