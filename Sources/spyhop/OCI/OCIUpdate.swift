import Engine
import Glibc
import LinuxSystem
import OCI
import Runtime

/// `update`: other limits for a container that is there.
enum OCIUpdate {
    static let verb = OCIVerb(
        "update", "<container-id>", help: "change a container's limits",
        options: [
            OCIOption(
                "resources", "r", value: "file", help: "limits as the specification writes them; - is standard input"),
            OCIOption("memory", value: "bytes", help: "the most memory; a unit may follow"),
            OCIOption("memory-reservation", value: "bytes", help: "what is left to it under pressure"),
            OCIOption("memory-swap", value: "bytes", help: "memory and swap together; -1 is unlimited"),
            OCIOption("kernel-memory", value: "bytes", help: "accepted, and of no effect"),
            OCIOption("kernel-memory-tcp", value: "bytes", help: "buffers of TCP (cgroup v1)"),
            OCIOption("cpu-period", value: "usec", help: "length of a period"),
            OCIOption("cpu-quota", value: "usec", help: "processor time in each period"),
            OCIOption("cpu-burst", value: "usec", help: "processor time that may be saved up"),
            OCIOption("cpu-share", value: "shares", help: "relative weight"),
            OCIOption("cpu-rt-period", value: "usec", help: "length of a real-time period"),
            OCIOption("cpu-rt-runtime", value: "usec", help: "real-time processor time in each period"),
            OCIOption("cpu-idle", value: "0|1", help: "run only when nothing else would"),
            OCIOption("cpuset-cpus", value: "list", help: "processors it may use"),
            OCIOption("cpuset-mems", value: "list", help: "memory nodes it may use"),
            OCIOption("blkio-weight", value: "weight", help: "10 to 1000"),
            OCIOption("pids-limit", value: "n", help: "the most processes; -1 is unlimited"),
            OCIOption("l3-cache-schema", value: "schema", help: "not supported"),
            OCIOption("mem-bw-schema", value: "schema", help: "not supported"),
        ]
    ) { context, arguments throws(EngineError) in
        let resources = try resources(arguments, context)
        try context.runtime().update(arguments.words[0], resources)
        return 0
    }

    private static func resources(
        _ arguments: OCIArguments, _ context: OCIContext
    ) throws(EngineError) -> LinuxResources {
        guard let file = arguments["resources"] else { return try OCIResourceOptions.resources(arguments) }
        let bytes: [UInt8]
        let path = file == "-" ? "standard input" : context.environment.absolute(file)
        do throws(SystemError) {
            bytes =
                file == "-"
                ? try standardInput().readAll(limit: 16 << 20) : try Files.read(path, limit: 16 << 20)
        } catch { throw EngineError(.notFound, "cannot read the limits", cause: error) }
        return try SpecDocument.read(LinuxResources.self, from: bytes, name: path)
    }

    private static func standardInput() throws(SystemError) -> OwnedDescriptor {
        let copy = fcntl(0, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw SystemError.last("dup") }
        return OwnedDescriptor(owning: copy)
    }
}

/// Limits from single options.
enum OCIResourceOptions {
    static func resources(_ arguments: OCIArguments) throws(EngineError) -> LinuxResources {
        for name in ["l3-cache-schema", "mem-bw-schema"] where arguments[name] != nil {
            throw EngineError(.unsupported, "--\(name) is not supported")
        }
        var resources = LinuxResources()
        let memory = LinuxResources.Memory(
            limit: try bytes(arguments, "memory"), reservation: try bytes(arguments, "memory-reservation"),
            swap: try bytes(arguments, "memory-swap"), kernelTCP: try bytes(arguments, "kernel-memory-tcp"))
        if memory != LinuxResources.Memory() { resources.memory = memory }
        let cpu = LinuxResources.CPU(
            shares: try arguments.number("cpu-share"), quota: try arguments.number("cpu-quota"),
            burst: try arguments.number("cpu-burst"), period: try arguments.number("cpu-period"),
            realtimeRuntime: try arguments.number("cpu-rt-runtime"),
            realtimePeriod: try arguments.number("cpu-rt-period"), cpus: arguments["cpuset-cpus"],
            mems: arguments["cpuset-mems"], idle: try arguments.number("cpu-idle"))
        if cpu != LinuxResources.CPU() { resources.cpu = cpu }
        if let limit: Int64 = try arguments.number("pids-limit") { resources.pids = .init(limit: limit) }
        if let weight: UInt16 = try arguments.number("blkio-weight"), weight != 0 {
            resources.blockIO = .init(weight: weight)
        }
        return resources
    }

    private static func bytes(_ arguments: OCIArguments, _ name: String) throws(EngineError) -> Int64? {
        guard let text = arguments[name] else { return nil }
        if text == "-1" { return -1 }
        do { return try ByteSize.bytes(text, for: "--\(name)") } catch {
            throw EngineError(.invalidArgument, "--\(name) '\(text)' is not a number of bytes")
        }
    }
}
