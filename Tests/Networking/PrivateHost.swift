import CLinux
import Engine
import Foundation
import Harness
import LinuxSystem

@testable import Networking

/// A network namespace that a test takes for its host, and what a test does with one.
final class PrivateHost {
    let space: NetworkSpace
    let home: NetworkHome
    let directory: String

    init() throws {
        let space = try NetworkSpace()
        self.space = space
        home = NetworkHome(namespace: try OwnedDescriptor.open(space.path))
        directory = "/tmp/spyhop-network-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// What a program says within the namespace.
    func output(_ arguments: String...) throws -> String { try output(arguments) }

    func output(_ arguments: [String]) throws -> String {
        try space.inside {
            let outcome = try Command.run(arguments, scratch: directory, seconds: 20)
            guard outcome.code == 0 else { throw HarnessError("\(arguments): \(outcome.errors)") }
            return outcome.output
        }
    }

    /// A file as it is seen from within, without white space around.
    func read(_ path: String) throws -> String {
        try space.inside { Command.text(path).trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    /// Writes a file as it is seen from within.
    func write(_ text: String, to path: String) throws { try space.inside { try Files.write(text, to: path) } }

    /// The namespace as a descriptor.
    func namespace() throws -> OwnedDescriptor { try .open(space.path) }

    /// Does what the monitor does with a container's link: makes the pair, one end in `container`.
    func link(_ plan: LinkPlan, to container: PrivateHost) throws {
        let other = try OwnedDescriptor.open(container.space.path)
        var outer = plan.outer
        for offset in plan.patches {
            withUnsafeBytes(of: other.rawValue) { outer.replaceSubrange(offset..<offset + 4, with: $0) }
        }
        try home.socket(.route).send(outer)
        try container.home.socket(.route).send(plan.inner)
        try home.socket(.route).send(plan.settling)
    }
}

extension NetworkID {
    static func test(_ digit: Character) -> NetworkID { NetworkID(rawValue: String(repeating: digit, count: 64)) }
}

extension ContainerID {
    static func test(_ digit: Character) -> ContainerID { ContainerID(rawValue: String(repeating: digit, count: 64)) }
}

extension NetworkSpec {
    /// A complete request with these subnets.
    static func test(_ subnets: String..., name: String = "web", isInternal: Bool = false) throws -> NetworkSpec {
        var spec = NetworkSpec(name: name)
        spec.isInternal = isInternal
        spec.subnets = subnets.compactMap { IPPrefix($0) }.map { Subnet(prefix: $0) }
        spec.ipv6 = spec.subnets.contains { !$0.prefix.address.isIPv4 }
        return try spec.completed(others: [], host: [])
    }
}
