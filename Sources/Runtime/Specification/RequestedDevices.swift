import Cgroups
import Engine
import LinuxSystem
import OCI

/// The host's devices that a container was asked to be given, looked up: files to make and rules that allow them.
public struct RequestedDevices: Sendable, Hashable {
    /// Device files, by their paths in the container.
    public private(set) var nodes: [LinuxDevice] = []
    /// The host's path of each file whose own path in the container is another one.
    public private(set) var sources: [String: String] = [:]
    /// What is allowed beyond what every container may use.
    public private(set) var rules: [DeviceRule] = []

    /// The most files that a directory may stand for.
    private static let most = 4096

    /// No devices.
    public init() {}

    /// Looks the devices up.
    /// - Throws: `.invalidArgument` for a path that leads to no device, or a rule that is none.
    public init(_ options: SystemOptions?) throws(EngineError) {
        for device in options?.devices ?? [] { try add(device) }
        for text in options?.deviceRules ?? [] {
            guard let rule = DeviceRule(text: text) else {
                throw EngineError(.invalidArgument, "device rule '\(text)' is none", hint: "for instance 'c 1:3 rwm'")
            }
            rules.append(rule)
        }
    }

    private mutating func add(_ device: SystemOptions.Device) throws(EngineError) {
        let target = SpecBuilder.normalized(device.pathInContainer)
        guard device.pathOnHost.hasPrefix("/"), !device.pathOnHost.utf8.contains(0), !target.utf8.contains(0),
            target != "/", !target.split(separator: "/").contains("..")
        else {
            throw EngineError(
                .invalidArgument, "device \(device.pathOnHost): '\(device.pathInContainer)' is no place for a device")
        }
        let before = nodes.count
        do throws(SystemError) {
            guard let facts = try Files.status(device.pathOnHost, followLink: true) else {
                throw SystemError(2, "stat", device.pathOnHost)
            }
            if facts.isDirectory {
                try addAll(in: device.pathOnHost, at: target, access: device.access, depth: 0)
            } else {
                add(device.pathOnHost, facts, at: target, access: device.access)
            }
        } catch {
            throw EngineError(.invalidArgument, "cannot find device \(device.pathOnHost)", cause: error)
        }
        guard nodes.count > before else {
            throw EngineError(.invalidArgument, "\(device.pathOnHost) is no device", hint: "name a file in /dev")
        }
    }

    private mutating func addAll(
        in directory: String, at target: String, access: String, depth: Int
    ) throws(SystemError) {
        for entry in try Files.list(directory) where nodes.count < Self.most {
            // Links in a directory lead anywhere; docker leaves them out too.
            guard let facts = try Files.status("\(directory)/\(entry.name)") else { continue }
            if facts.isDirectory, depth < 8 {
                try addAll(
                    in: "\(directory)/\(entry.name)", at: "\(target)/\(entry.name)", access: access, depth: depth + 1)
            } else {
                add("\(directory)/\(entry.name)", facts, at: "\(target)/\(entry.name)", access: access)
            }
        }
    }

    private mutating func add(_ path: String, _ facts: FileStatus, at target: String, access: String) {
        let isBlock = facts.kind == .blockDevice
        guard isBlock || facts.kind == .characterDevice else { return }
        let major = DeviceNumber.major(facts.deviceNumber)
        let minor = DeviceNumber.minor(facts.deviceNumber)
        nodes.removeAll { $0.path == target }
        nodes.append(
            LinuxDevice(
                type: isBlock ? "b" : "c", path: target, major: Int64(major), minor: Int64(minor),
                fileMode: facts.mode & 0o7777, uid: facts.uid, gid: facts.gid))
        sources[target] = path == target ? nil : path
        rules.append(
            DeviceRule(
                isBlock ? .block : .character, major: UInt32(truncatingIfNeeded: major),
                minor: UInt32(truncatingIfNeeded: minor), access: access))
    }
}
